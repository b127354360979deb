namespace Seats.Core.Tests;

public sealed class HoldTests
{
    [Fact]
    public void Change_MakesAHoldSmaller_AlsoAboveALimitThatWasLowered()
    {
        var scene = Scene.WithEvent();
        scene.Hold(Scene.John, "1/1", "1/2", "1/3", "1/4");
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { PlacesPerPerson = 2 }, null), Decider.Decide);
        Assert.Equal(3, scene.When(Scene.John, new ChangeHold(1, ["1/1", "1/2", "1/3"]), Decider.Decide)!.Seats.Count);
        scene.When(Scene.John, new ChangeHold(1, ["1/1", "1/2", "1/3", "1/4"]), Decider.Decide);
        scene.ThenRefused(RefusalStatus.LimitPlaces);
    }

    [Fact]
    public void Hold_OfNamedSeats_LocksThemUntilTheDeadline()
    {
        var scene = Scene.WithEvent();
        var hold = scene.Hold(Scene.John, "1/5", "main/1/6")!;
        Assert.Equal(["main/1/5", "main/1/6"], hold.Seats);
        Assert.Equal(Scene.Start.AddMinutes(10), hold.Until);
        Assert.Equal(Scene.Start.AddMinutes(30), hold.UntilAtMost);
        Assert.Equal("FFFFHHFFFF", scene.Row());
    }

    [Fact]
    public void Hold_OfSeatsPartlyTaken_TakesNothingAndNamesConflictsAndAlternatives()
    {
        var scene = Scene.WithEvent();
        scene.Hold(Scene.John, "1/5");
        scene.Hold(Scene.Jane, "1/4", "1/5");
        scene.ThenRefused(RefusalStatus.SeatsTaken);
        Assert.Equal([new SeatConflict("main/1/5", 'H')], scene.Refusal!.Conflicts);
        Assert.Contains(scene.Refusal.Alternatives, choice => choice.SequenceEqual(["main/1/3", "main/1/4"]));
        Assert.Equal("FFFFHFFFFF", scene.Row());
    }

    [Theory]
    [InlineData("1/11")]
    [InlineData("1/0")]
    [InlineData("3/1")]
    [InlineData("other/1/1")]
    [InlineData("nonsense")]
    public void Hold_OfAPlaceThatDoesNotExist_IsRefused(string seat) =>
        Assert.Equal(RefusalStatus.SeatsUnknown, Refused(scene => scene.Hold(Scene.John, seat)));

    [Fact]
    public void Hold_OfTheSameSeatTwice_IsInvalid() =>
        Assert.Equal(RefusalStatus.Invalid, Refused(scene => scene.Hold(Scene.John, "1/1", "1/1")));

    [Fact]
    public void Hold_OfMoreThanOnePersonMayHave_NamesTheLimit()
    {
        var scene = Scene.WithEvent(settings => settings with { PlacesPerPerson = 3 });
        scene.HoldAny(Scene.John, 2);
        scene.HoldAny(Scene.John, 2);
        scene.ThenRefused(RefusalStatus.LimitPlaces);
        Assert.Equal((3, 2), (scene.Refusal!.Limit, scene.Refusal.Mine));
    }

    [Fact]
    public void Hold_Lapsed_IsInertEvenIfNoTimerFired()
    {
        var scene = Scene.WithEvent();
        scene.Hold(Scene.John, "1/5");
        scene.After(TimeSpan.FromMinutes(10));
        Assert.NotNull(scene.Hold(Scene.Jane, "1/5"));
        Assert.IsType<HoldsExpired>(scene.Journal[^2].Facts[0]);
    }

    [Fact]
    public void Hold_OneMomentBeforeItsDeadline_StillStands()
    {
        var scene = Scene.WithEvent();
        scene.Hold(Scene.John, "1/5");
        scene.After(TimeSpan.FromMinutes(10) - TimeSpan.FromMicroseconds(1));
        scene.Hold(Scene.Jane, "1/5");
        scene.ThenRefused(RefusalStatus.SeatsTaken);
    }

    [Fact]
    public void Extend_GivesTheFullTimeAgainUpToTheHardCap()
    {
        var scene = Scene.WithEvent();
        scene.Hold(Scene.John, "1/5");
        scene.After(TimeSpan.FromMinutes(5));
        Assert.Equal(Scene.Start.AddMinutes(15), scene.When(Scene.John, new ExtendHold(1), Decider.Decide)!.Until);
        scene.After(TimeSpan.FromMinutes(9)).When(Scene.John, new ExtendHold(1), Decider.Decide);
        scene.After(TimeSpan.FromMinutes(9));
        Assert.Equal(Scene.Start.AddMinutes(30), scene.When(Scene.John, new ExtendHold(1), Decider.Decide)!.Until);
        scene.After(TimeSpan.FromMinutes(8)).When(Scene.John, new ExtendHold(1), Decider.Decide);
        scene.ThenRefused(RefusalStatus.HoldExpired);
    }

    [Fact]
    public void Swap_TakesTheNewSetAllOrNothing()
    {
        var scene = Scene.WithEvent();
        scene.Hold(Scene.John, "1/5", "1/6");
        scene.Hold(Scene.Jane, "1/8");
        scene.When(Scene.John, new ChangeHold(1, ["1/6", "1/8"]), Decider.Decide);
        scene.ThenRefused(RefusalStatus.SeatsTaken);
        Assert.Equal("FFFFHHFHFF", scene.Row());
        Assert.Equal(["main/1/6", "main/1/7"], scene.When(Scene.John, new ChangeHold(1, ["1/6", "1/7"]), Decider.Decide)!.Seats);
        Assert.Equal("FFFFFHHHFF", scene.Row());
    }

    [Fact]
    public void Release_Twice_FindsTheHoldEnded()
    {
        var scene = Scene.WithEvent();
        scene.Hold(Scene.John, "1/5", "1/6");
        Assert.Equal(["main/1/6"], scene.When(Scene.John, new ReleaseSeats(1, ["1/6"]), Decider.Decide)!.Seats);
        Assert.Equal(["main/1/5"], scene.When(Scene.John, new ReleaseSeats(1, null), Decider.Decide)!.Seats);
        scene.When(Scene.John, new ReleaseSeats(1, null), Decider.Decide);
        scene.ThenRefused(RefusalStatus.HoldExpired);
    }

    [Fact]
    public void Release_OfEverythingWithNothingHeld_IsFine()
    {
        var scene = Scene.WithEvent();
        Assert.Empty(scene.When(Scene.John, new ReleaseSeats(null, null), Decider.Decide)!.Seats);
    }

    [Fact]
    public void Hold_OfAStranger_IsNotFound()
    {
        var scene = Scene.WithEvent();
        scene.Hold(Scene.John, "1/5");
        scene.When(Scene.Jane, new ExtendHold(1), Decider.Decide);
        scene.ThenRefused(RefusalStatus.NotFound);
        Assert.NotNull(scene.When(Scene.Owner, new ReleaseSeats(1, null), Decider.Decide));
    }

    [Fact]
    public void Hold_WhilePaused_KeepsItsTime()
    {
        var scene = Scene.WithEvent();
        scene.Hold(Scene.John, "1/5");
        scene.After(TimeSpan.FromMinutes(4)).When(Scene.Owner, new PauseEvent(), Decider.Decide);
        scene.Hold(Scene.Jane, "1/7");
        scene.ThenRefused(RefusalStatus.EventPaused);
        scene.After(TimeSpan.FromHours(5)).When(Scene.Owner, new ResumeEvent(), Decider.Decide);
        var hold = Questions.Holds(scene.State, Scene.John, 0, 10, scene.Now);
        Assert.Equal(scene.Now.AddMinutes(6), hold.Answer!(scene.State, 0, scene.Now).Holds[0].Until);
        scene.After(TimeSpan.FromMinutes(6)).Settle();
        Assert.Equal(0, scene.Counts.Held);
    }

    [Fact]
    public void Hold_OutsideTheSalesWindow_IsRefused()
    {
        var early = Scene.WithEvent(settings => settings with { SalesFrom = Scene.Start.AddHours(1) });
        early.HoldAny(Scene.John, 1);
        Assert.Equal(Scene.Start.AddHours(1), early.ThenRefused(RefusalStatus.EventNotOnSale).Refusal!.At);
        early.After(TimeSpan.FromHours(1));
        Assert.NotNull(early.HoldAny(Scene.John, 1));
        early.After(TimeSpan.FromDays(30)).HoldAny(Scene.Jane, 1);
        early.ThenRefused(RefusalStatus.EventSalesOver);
        early.After(TimeSpan.FromHours(3)).HoldAny(Scene.Jane, 1);
        early.ThenRefused(RefusalStatus.EventOver);
    }

    [Fact]
    public void Hold_OfMoreThanIsFree_IsRefusedAsFull()
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 3 });
        scene.HoldAny(Scene.John, 2);
        scene.HoldAny(Scene.Jane, 2, together: false);
        scene.ThenRefused(RefusalStatus.EventFull);
    }

    private static RefusalStatus? Refused(Action<Scene> when)
    {
        var scene = Scene.WithEvent();
        when(scene);
        return scene.Refusal?.Status;
    }
}
