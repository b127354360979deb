using Seats.Core.History;
using Seats.Core.Tests.History;

namespace Seats.Core.Tests;

/// <summary>The history of an entry in line, in words: how often others went first, whether or not a fact names it.</summary>
public sealed class OvertakenTests
{
    private static readonly Requester Amy = new("amy", "amy@example.com", false);
    private static readonly Requester Late = new("late", "late@example.com", false);

    [Theory]
    [InlineData("en", "Passed over for a smaller party: what came free was too little for this one ({0} of at most 10 times).")]
    [InlineData("fr", "Un groupe plus petit est passé devant : les places libérées ne suffisaient pas ({0} fois sur 10 au plus).")]
    public async Task Entry_ThatOthersOvertook_IsToldEachTime(string locale, string sentence)
    {
        var scene = LargePartiesBeforeSmallOnes();
        foreach (var (who, number) in new[] { (Scene.Jane, 5), (Amy, 6) })
            Assert.Equal(
                [string.Format(null, sentence, 1), string.Format(null, sentence, 2)],
                (await TellAsync(scene, who, number, locale)).Where(item => item.What == "PLACES_OFFERED").Select(item => item.Text));
    }

    [Fact]
    public async Task Entry_ThatWaitsForOtherPlaces_OrStandsBehind_IsToldNothing()
    {
        var scene = Scene.WithPlan(Scene.Rows("front", "gold", 2), Scene.Rows("back", "silver", 2));
        for (var place = 0; place < 4; place++) scene.Register(Scene.John, PlaceWish.Any(1));
        scene.Join(Scene.Jane, 2, false, "silver");
        scene.Join(Scene.Jim);
        scene.Join(Amy);
        scene.Cancel(Scene.John, 1);
        Assert.Equal(InvitationStatus.Pending, scene.Read(6)!.Status);
        Assert.Equal(["WAITLIST_JOINED"], (await TellAsync(scene, Scene.Jane, 5, "en")).Select(item => item.What));
        Assert.Equal(["WAITLIST_JOINED"], (await TellAsync(scene, Amy, 7, "en")).Select(item => item.What));
    }

    [Fact]
    public async Task Cancellation_IsToldToEverybodyWhoseClaimWasAlive()
    {
        var scene = LargePartiesBeforeSmallOnes();
        scene.Cancel(Scene.John, 3);
        scene.When(Scene.Owner, new CancelEvent("The singer is ill.", null), Decider.Decide);
        Assert.Equal("The event was cancelled. Reason: The singer is ill.", (await TellAsync(scene, Amy, 6, "en"))[^1].Text);
        Assert.Equal("EVENT_CANCELLED", (await TellAsync(scene, Scene.John, 4, "en"))[^1].What);
        Assert.Equal("INVITATION_CANCELLED", (await TellAsync(scene, Scene.John, 3, "en"))[^1].What);
    }

    [Theory]
    [InlineData("en", "Too few places are free for this party", "Not enough places came free in time", "The time of offers was over")]
    [InlineData("fr", "Trop peu de places sont libres pour ce groupe", "Les places libérées à temps ne suffisaient pas", "Le temps des propositions")]
    public async Task Party_IsToldWhyTheLineStandsStill(string locale, params string[] sentences)
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 2 });
        scene.Register(Scene.John, PlaceWish.Any(1));
        scene.Join(Scene.Jane, 2);
        scene.After(TimeSpan.FromHours(1)).Settle();
        scene.After(TimeSpan.FromDays(30)).Settle();
        var told = (await TellAsync(scene, Scene.Jane, 2, locale)).Where(item => item.What != "REMINDER_DUE").ToList();
        Assert.Equal(["WAITLIST_JOINED", "PLACES_KEPT", "KEEPING_ENDED", "OFFERS_ENDED"], told.Select(item => item.What));
        Assert.All(sentences.Zip(told.Skip(1)), pair => Assert.StartsWith(pair.First, pair.Second.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Overtakes_AreToldAnew_OncePlacesWereKeptInVain_ToAllWhoWaitForTheSame()
    {
        var scene = LargePartiesBeforeSmallOnes();
        scene.Confirm(Scene.Jim, 7);
        scene.Confirm(Late, 8);
        scene.Cancel(Scene.John, 3);
        scene.After(TimeSpan.FromHours(1)).Join(new Requester("jack", "jack@example.com", false));
        Assert.Equal(InvitationStatus.Pending, scene.Read(9)!.Status);
        foreach (var (who, number) in new[] { (Scene.Jane, 5), (Amy, 6) })
            Assert.Contains("(1 of at most 10 times)", (await TellAsync(scene, who, number, "en"))[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EntryThatLeftThePlan_IsToldSo()
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 3 });
        scene.Register(Scene.John, PlaceWish.Any(1));
        scene.Join(Scene.Jane, 3);
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { Capacity = 2 }, null), Decider.Decide);
        Assert.Equal("The seating plan has no such places any more; the entry in the line ended.", (await TellAsync(scene, Scene.Jane, 2, "en"))[^1].Text);
    }

    /// <summary>Two parties of three wait first, then two single persons, who are offered the first two places that come free.</summary>
    private static Scene LargePartiesBeforeSmallOnes()
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 4 });
        for (var place = 0; place < 4; place++) scene.Register(Scene.John, PlaceWish.Any(1));
        scene.Join(Scene.Jane, 3);
        scene.Join(Amy, 3);
        scene.Join(Scene.Jim);
        scene.Join(Late);
        scene.Cancel(Scene.John, 1);
        scene.Cancel(Scene.John, 2);
        Assert.Equal([5], Assert.Single(scene.LastFacts.OfType<PlacesOffered>()).Overtaken);
        return scene;
    }

    private static async Task<IReadOnlyList<ExplainItem>> TellAsync(Scene scene, Requester who, int invitation, string locale)
    {
        var (explanation, refusal) = Explanations.Begin(scene.State, who, null, invitation, locale);
        Assert.Null(refusal);
        await explanation!.ReadAsync(EntriesInMemory.Of(scene).ReadAsync, scene.State.Version);
        return explanation.Tell().Items;
    }
}
