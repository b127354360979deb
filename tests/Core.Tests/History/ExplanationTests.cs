using Seats.Core.History;

namespace Seats.Core.Tests.History;

/// <summary>Histories in words: from the entries that concern them, and no others.</summary>
public sealed class ExplanationTests
{
    [Fact]
    public async Task Seat_TellsWhoHadIt_FromTheFirstDayOn()
    {
        var scene = Busy();
        Assert.Equal(
            ["EVENT_CREATED", "SEATS_HELD", "HOLD_EXTENDED", "HOLD_CHANGED", "HOLD_CHANGED", "HOLDS_EXPIRED", "INVITATION_MADE", "INVITATION_CONFIRMED",
             "EVENT_PAUSED", "EVENT_RESUMED", "INVITATION_CANCELLED", "PLACES_OFFERED"],
            (await TellAsync(scene, place: "1/1")).Select(item => item.What));
    }

    [Fact]
    public async Task Invitation_TellsItsLife_AndNothingOfOthers()
    {
        var told = await TellAsync(Busy(), invitation: 1);
        Assert.Equal(["INVITATION_MADE", "INVITATION_CONFIRMED", "EVENT_PAUSED", "EVENT_RESUMED", "INVITATION_CANCELLED"], told.Select(item => item.What));
    }

    [Fact]
    public async Task History_IsTheSame_WhetherTheJournalIsReadWholeOrOnlyWhatConcernsIt()
    {
        var scene = Busy();
        foreach (var locale in new[] { "en", "fr" })
        {
            foreach (var seat in new[] { "1/1", "1/2", "1/3" })
                Assert.Equal(await TellAsync(scene, place: seat, locale: locale, whole: true), await TellAsync(scene, place: seat, locale: locale));
            foreach (var invitation in scene.State.Invitations.Select(invitation => invitation.Number))
                Assert.Equal(
                    await TellAsync(scene, invitation: invitation, locale: locale, whole: true), await TellAsync(scene, invitation: invitation, locale: locale));
        }
    }

    [Fact]
    public async Task Rush_ThatDoesNotConcernTheSeat_IsNotRead()
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 100 });
        scene.Hold(Scene.John, "1/1");
        for (var round = 0; round < 200; round++)
        {
            scene.Hold(Scene.Jane, "3/7");
            scene.When(Scene.Jane, new ReleaseSeats(null, null), Decider.Decide);
        }
        var journal = EntriesInMemory.Of(scene);
        await TellAsync(scene, place: "1/1", journal: journal);
        Assert.InRange(journal.EntriesRead, 2, 6);
    }

    [Fact]
    public async Task EntryThatCannotBeRead_IsSaidToBeSo_AndTheRestIsTold()
    {
        var scene = Busy();
        var journal = EntriesInMemory.Of(scene);
        var at = journal.Entries.FindIndex(entry => entry.Kinds == "EventPaused");
        journal.Entries[at] = journal.Entries[at] with { Facts = "[{"u8.ToArray() };
        var told = await TellAsync(scene, place: "1/1", journal: journal);
        Assert.Equal("This entry cannot be told.", Assert.Single(told, item => item.What == "UNREADABLE").Text);
        Assert.Equal("PLACES_OFFERED", told[^1].What);
    }

    [Fact]
    public async Task SentenceThatCannotBeMade_IsSaidToBeSo_AndTheRestIsTold()
    {
        var scene = Busy();
        var journal = EntriesInMemory.Of(scene);
        var at = journal.Entries.FindIndex(entry => entry.Kinds.Contains("PlacesOffered", StringComparison.Ordinal));
        var facts = FactCodec.Decode(journal.Entries[at].Facts.Span);
        // An end that no calendar has, once the time of the pause is given back.
        var broken = facts
            .Select(fact => fact is PlacesOffered offered ? offered with { Until = DateTimeOffset.MaxValue } : fact).ToArray();
        journal.Entries[at] = journal.Entries[at] with { Facts = FactCodec.Encode(broken) };
        var told = await TellAsync(scene, place: "1/1", journal: journal);
        Assert.Equal(("PLACES_OFFERED", "This entry cannot be told."), (told[^1].What, told[^1].Text));
        Assert.DoesNotContain(told.SkipLast(1), item => item.Text == "This entry cannot be told.");
    }

    /// <summary>A seat that was held, swapped away and back, lapsed, registered, paused, given back and offered; two people in line.</summary>
    private static Scene Busy()
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 3 });
        scene.Hold(Scene.John, "1/1");
        scene.After(TimeSpan.FromMinutes(1)).When(Scene.John, new ExtendHold(1), Decider.Decide);
        scene.When(Scene.John, new ChangeHold(1, ["1/2"]), Decider.Decide);
        scene.When(Scene.John, new ChangeHold(1, ["1/1", "1/2"]), Decider.Decide);
        scene.After(TimeSpan.FromHours(1)).Settle();
        scene.Register(Scene.Jane, PlaceWish.Named("1/1"));
        scene.Register(Scene.John, PlaceWish.Named("1/2", "1/3"));
        scene.Join(Scene.Jim);
        scene.Join(new Requester("amy", "amy@example.com", false), 2);
        scene.When(Scene.Owner, new PauseEvent(), Decider.Decide);
        scene.After(TimeSpan.FromHours(1)).When(Scene.Owner, new ResumeEvent(), Decider.Decide);
        scene.Cancel(Scene.Jane, 1);
        return scene;
    }

    private static async Task<IReadOnlyList<ExplainItem>> TellAsync(
        Scene scene, string? place = null, int? invitation = null, string locale = "en", bool whole = false, EntriesInMemory? journal = null)
    {
        var (history, refusal) = Explanations.Begin(scene.State, Scene.Owner, place, invitation, locale);
        Assert.Null(refusal);
        journal ??= EntriesInMemory.Of(scene);
        journal.IgnoresClauses = whole;
        await history!.ReadAsync(journal.ReadAsync, scene.State.Version);
        return history.Tell().Items;
    }
}
