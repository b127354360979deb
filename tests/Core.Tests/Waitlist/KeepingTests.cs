namespace Seats.Core.Tests;

/// <summary>What a line that stands still keeps from others: what somebody in it could still get, and not for ever.</summary>
public sealed class KeepingTests
{
    private static readonly Requester Late = new("late", "late@example.com", false);
    private static readonly TimeSpan KeepTime = TimeSpan.FromMinutes(30);

    [Fact]
    public void PartyTogether_KeepsNothing_WhereNoRowCanHoldItAnyMore()
    {
        var scene = TwoTakenInEachOfTenRows(confirm: true);
        scene.Join(Scene.Jane, 10, together: true);
        Assert.Equal(InvitationStatus.Waitlist, scene.Read(scene.State.LastInvitation)!.Status);
        Assert.NotNull(scene.Hold(Late, "main/1/10"));
        for (var row = 0; row < 9; row++) Assert.NotNull(scene.HoldAny(Late, 8));
    }

    [Fact]
    public void PartyTogether_KeepsTheRowsItCouldStillGet_ForABoundedTime()
    {
        var scene = TwoTakenInEachOfTenRows(confirm: false);
        scene.Join(Scene.Jane, 10, together: true);
        Assert.Equal(scene.Now + KeepTime, Assert.Single(scene.LastFacts.OfType<PlacesKept>()).Until);
        scene.HoldAny(Late, 1);
        scene.ThenRefused(RefusalStatus.EventHasLine);
        scene.Hold(Late, "main/1/10");
        scene.ThenRefused(RefusalStatus.EventHasLine);
        // The rest of a row where somebody has come to stay is for everybody.
        scene.Confirm(Scene.John, 1);
        Assert.Equal("main/1/5", scene.HoldAny(Late, 1)!.Seats[0]);
        scene.After(KeepTime).Settle();
        Assert.IsType<KeepingEnded>(Assert.Single(scene.LastFacts));
        Assert.NotNull(scene.HoldAny(Late, 8));
        Assert.Equal(InvitationStatus.Waitlist, scene.Read(11)!.Status);
    }

    [Fact]
    public void PartyTogether_LeavesAShortRunOfARowToOthers()
    {
        var scene = Scene.WithPlan(Scene.Rows("main", "standard", 12));
        scene.Register(Scene.John, PlaceWish.Named("1/4"));
        scene.Hold(Scene.Jim, "1/5");
        scene.Join(Scene.Jane, 8, together: true);
        Assert.Equal(["main/1/1", "main/1/2", "main/1/3"], scene.HoldAny(Late, 3)!.Seats);
        scene.Hold(Late, "1/12");
        scene.ThenRefused(RefusalStatus.EventHasLine);
        scene.When(Scene.Jim, new ReleaseSeats(null, null), Decider.Decide);
        Assert.Equal(8, scene.Read(2)!.Seats.Count);
    }

    [Fact]
    public void Stranger_WhoCouldSitTogetherOnlyOnKeptPlaces_IsToldOfTheLine()
    {
        var scene = Scene.WithPlan(Scene.Rows("main", "standard", 2, 4));
        scene.Hold(Scene.Jim, "2/1");
        scene.Join(Scene.Jane, 4, together: true);
        scene.HoldAny(Late, 3);
        scene.ThenRefused(RefusalStatus.EventHasLine);
        Assert.Equal(2, scene.HoldAny(Late, 2)!.Seats.Count);
    }

    [Fact]
    public void KeepTime_StandsStillWhileSalesArePaused()
    {
        var scene = OneFree(party: 2);
        scene.After(TimeSpan.FromMinutes(20)).When(Scene.Owner, new PauseEvent(), Decider.Decide);
        scene.After(TimeSpan.FromHours(5)).When(Scene.Owner, new ResumeEvent(), Decider.Decide);
        scene.HoldAny(Late, 1);
        scene.ThenRefused(RefusalStatus.EventHasLine);
        Assert.NotNull(scene.After(TimeSpan.FromMinutes(10)).HoldAny(Late, 1));
    }

    [Fact]
    public void Party_ThatKeptInVain_KeepsItsTurn()
    {
        var scene = OneFree(party: 2);
        scene.After(KeepTime).Settle();
        scene.Cancel(Scene.John, 2);
        Assert.Equal(2, scene.Read(3)!.Seats.Count);
    }

    [Fact]
    public void Party_ThatKeptInVain_BlocksAgainOnceItWasOvertakenAsOftenAsTheEventAllows()
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 6, OvertakesAtMost = 1 });
        for (var number = 1; number <= 6; number++) scene.Register(Scene.John, PlaceWish.Any(1));
        scene.Join(Scene.Jane, 6);
        for (var number = 0; number < 5; number++) scene.Join(Person(number));
        scene.Cancel(Scene.John, 1);
        Assert.Equal(InvitationStatus.Pending, scene.Read(8)!.Status);
        scene.Cancel(Scene.John, 2);
        Assert.IsType<PlacesKept>(scene.LastFacts[^1]);
        Assert.Equal(InvitationStatus.Waitlist, scene.Read(9)!.Status);
        scene.Confirm(Person(0), 8);
        scene.After(KeepTime).Settle();
        // One goes first again; then the party blocks once more.
        Assert.Equal(InvitationStatus.Pending, scene.Read(9)!.Status);
        scene.Cancel(Scene.John, 3);
        Assert.Equal(InvitationStatus.Waitlist, scene.Read(10)!.Status);
        Assert.Equal(scene.Now + KeepTime, Assert.IsType<PlacesKept>(scene.LastFacts[^1]).Until);
    }

    [Fact]
    public void PartyThatMayNotBeOvertaken_LeavesThoseBehindWhatItCouldNotGet()
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 20, OvertakesAtMost = 0 });
        scene.HoldAny(Scene.Jim, 10);
        scene.Register(Scene.John, PlaceWish.Named("2/5"));
        scene.Join(Scene.Jane, 9, together: true);
        Assert.StartsWith("main/2/", scene.Join(Late)!.Seats.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void OfferTime_ThatIsShorter_BoundsTheTimeToKeep()
    {
        var scene = OneFree(party: 2, offerSeconds: 60);
        Assert.NotNull(scene.After(TimeSpan.FromMinutes(1)).HoldAny(Late, 1));
    }

    [Fact]
    public void Row_WhereSomebodyConfirms_GoesToThoseBehindTheParty()
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 10, OvertakesAtMost = 0 });
        scene.Register(Scene.John, PlaceWish.Named("1/1"), confirm: false);
        scene.Join(Scene.Jane, 10, together: true);
        Assert.Equal(InvitationStatus.Waitlist, scene.Join(Late)!.Status);
        scene.Confirm(Scene.John, 1);
        Assert.Equal(InvitationStatus.Pending, scene.Read(3)!.Status);
    }

    private static Requester Person(int number) => new($"person-{number}", $"person-{number}@example.com", false);

    /// <summary>Two places sold, one of them given back, and a party too large for it in line.</summary>
    private static Scene OneFree(int party, int offerSeconds = 3_600)
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 2, OfferSeconds = offerSeconds });
        scene.Register(Scene.John, PlaceWish.Any(1));
        scene.Register(Scene.John, PlaceWish.Any(1));
        scene.Join(Scene.Jane, party);
        scene.Cancel(Scene.John, 1);
        return scene;
    }

    private static Scene TwoTakenInEachOfTenRows(bool confirm)
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 100, PlacesPerPerson = 100, HoldSeconds = 3_600, HoldSecondsAtMost = 3_600, OfferSeconds = 1_800 });
        for (var row = 1; row <= 10; row++) scene.Register(Scene.John, PlaceWish.Named($"main/{row}/1", $"main/{row}/2"), confirm);
        return scene;
    }
}
