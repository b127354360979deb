namespace Seats.Core.Tests;

/// <summary>Whoever waits when the plan changes waits for something that is there, or is told that it is not.</summary>
public sealed class PlanChangeTests
{
    private static readonly Requester Late = new("late", "late@example.com", false);

    [Fact]
    public void RenamedCategory_IsWaitedForUnderItsNewName()
    {
        var scene = WithLine();
        Rearrange(scene, Scene.Rows("front", "premium", 2), Scene.Rows("back", "silver", 2));
        Assert.Equal(["premium"], scene.State.FindInvitation(3)!.Wish!.Categories);
        scene.Cancel(Scene.John, 1);
        Assert.Equal((InvitationStatus.Pending, "front/1/1"), (scene.Read(3)!.Status, scene.Read(3)!.Seats.Single()));
    }

    [Fact]
    public void RenamedCategory_StaysClosedToStrangers()
    {
        var scene = WithLine(wish: 2);
        scene.Cancel(Scene.John, 1);
        Rearrange(scene, Scene.Rows("front", "premium", 2), Scene.Rows("back", "silver", 2));
        scene.Hold(Late, "front/1/1");
        scene.ThenRefused(RefusalStatus.EventHasLine);
    }

    [Fact]
    public void CategoryThatIsSplit_IsWaitedForInAllItsParts()
    {
        var scene = GoldOnBothSides();
        Rearrange(scene, Scene.Rows("left", "premium", 1), Scene.Rows("right", "vip", 1));
        Assert.Equal(["premium", "vip"], scene.State.FindInvitation(3)!.Wish!.Categories);
    }

    [Fact]
    public void CategoryThatIsKeptElsewhere_IsWaitedForThere()
    {
        var scene = GoldOnBothSides();
        Rearrange(scene, Scene.Rows("left", "premium", 1), Scene.Rows("right", "gold", 1));
        Assert.Equal(["gold"], scene.State.FindInvitation(3)!.Wish!.Categories);
    }

    [Fact]
    public void EntriesThatComeToWaitForTheSame_KeepTheirOrderAndTheirOvertakes()
    {
        var scene = Scene.WithPlan(Scene.Rows("front", "gold", 2), Scene.Rows("back", "silver", 2));
        foreach (var seat in new[] { "front/1/1", "front/1/2", "back/1/1", "back/1/2" }) scene.Register(Scene.John, PlaceWish.Named(seat));
        scene.Join(Scene.Jane, 2, false, "silver");
        scene.Join(Scene.Jim, 2, false, "gold");
        scene.Join(Late, 1, false, "gold");
        scene.Cancel(Scene.John, 1);
        Assert.Equal([6], Assert.Single(scene.LastFacts.OfType<PlacesOffered>()).Overtaken);
        Rearrange(scene, Scene.Rows("front", "gold", 2), Scene.Rows("back", "gold", 2));
        var kind = Assert.Single(scene.State.Waitlist.Kinds);
        Assert.Equal((5, 2, 1), (kind.First, kind.Count, kind.Overtakes));
        Assert.Equal([5, 6], scene.State.Waitlist.After(0));
        Assert.Equal(SnapshotCodec.Encode(scene.State), SnapshotCodec.Encode(SnapshotCodec.Decode(1, SnapshotCodec.Encode(scene.State))!));
    }

    [Fact]
    public void CategoryThatIsGone_EndsWhoWaitsForNothingElse()
    {
        var scene = WithLine();
        scene.Join(Scene.Jim, 1, false, "gold", "silver");
        Rearrange(scene, Scene.Rows("stalls", "bronze", 2), Scene.Rows("back", "silver", 2));
        scene.ThenRefused(RefusalStatus.SeatingTaken);
        scene.Cancel(Scene.John, 1);
        scene.Cancel(Scene.John, 2);
        foreach (var number in new[] { 3, 4 }) scene.Cancel(Scene.Owner, number);
        scene = Scene.WithPlan(Scene.Rows("front", "gold", 2), Scene.Rows("back", "silver", 2));
        foreach (var seat in new[] { "back/1/1", "back/1/2" }) scene.Register(Scene.John, PlaceWish.Named(seat));
        scene.When(Scene.Owner, new BlockSeats(["front/1/1", "front/1/2"], null), Decider.Decide);
        scene.Join(Scene.Jane, 1, false, "gold");
        scene.Join(Scene.Jim, 1, false, "gold", "silver");
        Rearrange(scene, Scene.Rows("stalls", "bronze", 2), Scene.Rows("back", "silver", 2));
        Assert.Equal([3], Assert.Single(scene.LastFacts.OfType<WaitlistEntriesEnded>()).Invitations);
        Assert.Equal(InvitationStatus.Cancelled, scene.Read(3)!.Status);
        Assert.Equal(["silver"], scene.State.FindInvitation(4)!.Wish!.Categories);
        Assert.NotNull(scene.Hold(Late, "stalls/1/1"));
    }

    [Fact]
    public void PartyLargerThanTheEventHasBecome_Ends_AndThoseBehindAreServed()
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 8, OvertakesAtMost = 0 });
        scene.Register(Scene.John, PlaceWish.Any(1));
        scene.Join(Scene.Jane, 8);
        scene.Join(Scene.Jim);
        Assert.Equal(InvitationStatus.Waitlist, scene.Read(3)!.Status);
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { Capacity = 7 }, null), Decider.Decide);
        Assert.Equal(InvitationStatus.Cancelled, scene.Read(2)!.Status);
        Assert.Equal(InvitationStatus.Pending, scene.Read(3)!.Status);
        Assert.Equal(0, scene.State.People.Find(Scene.Jane)!.Waiting);
    }

    [Fact]
    public void PartyTogether_ThatNoRowOfTheNewPlanCanHold_Ends()
    {
        var scene = Scene.WithPlan(Scene.Rows("main", "standard", 4), Scene.Rows("side", "standard", 2));
        scene.Register(Scene.John, PlaceWish.Named("side/1/1"));
        scene.When(Scene.Owner, new BlockSeats(["main/1/2"], null), Decider.Decide);
        scene.Join(Scene.Jane, 3, together: true);
        Rearrange(scene, Scene.Rows("main", "standard", 2, 2), Scene.Rows("side", "standard", 2));
        Assert.Equal(InvitationStatus.Cancelled, scene.Read(2)!.Status);
    }

    [Fact]
    public void ManyEntriesThatEnd_ComeInPortions()
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 8, OvertakesAtMost = 0 }, new Portions(Promotions: 2, Places: 100, Lapses: 2));
        scene.Register(Scene.John, PlaceWish.Any(1));
        for (var number = 0; number < 5; number++) scene.Join(new Requester($"person-{number}", $"person-{number}@example.com", false), 8);
        scene.Join(Scene.Jim);
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { Capacity = 7 }, null), Decider.Decide);
        Assert.Equal([2, 3], Assert.Single(scene.LastFacts.OfType<WaitlistEntriesEnded>()).Invitations);
        Assert.Equal(2, scene.Drain());
        Assert.Equal(InvitationStatus.Pending, scene.Read(7)!.Status);
    }

    /// <summary>Both gold seats sold, and somebody who waits for gold.</summary>
    private static Scene WithLine(int wish = 1)
    {
        var scene = Scene.WithPlan(Scene.Rows("front", "gold", 2), Scene.Rows("back", "silver", 2));
        scene.Register(Scene.John, PlaceWish.Named("front/1/1"));
        scene.Register(Scene.John, PlaceWish.Named("front/1/2"));
        scene.Join(Scene.Jane, wish, false, "gold");
        return scene;
    }

    /// <summary>Two sections of one category, sold, and somebody who waits for it.</summary>
    private static Scene GoldOnBothSides()
    {
        var scene = Scene.WithPlan(Scene.Rows("left", "gold", 1), Scene.Rows("right", "gold", 1));
        scene.Register(Scene.John, PlaceWish.Named("left/1/1"));
        scene.Register(Scene.John, PlaceWish.Named("right/1/1"));
        scene.Join(Scene.Jane, 1, false, "gold");
        return scene;
    }

    private static void Rearrange(Scene scene, params SectionPlan[] sections) =>
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { Plan = new SeatingPlan(sections) }, null), Decider.Decide);
}
