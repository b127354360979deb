namespace Seats.Core.Tests;

public sealed class EventTests
{
    [Theory]
    [InlineData(1, 10, "1:1")]
    [InlineData(100, 10, "10:10")]
    [InlineData(101, 11, "10:2")]
    [InlineData(100_000, 317, "316:145")]
    public void Create_WithACapacity_MakesRowsOfTheDocumentedWidth(int capacity, int width, string lastRow)
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = capacity });
        var rows = scene.State.Places.Layout.Sections.Single().Rows;
        Assert.Equal(Math.Min(width, capacity), rows[0].Seats);
        Assert.Equal(lastRow, $"{rows.Count}:{rows[^1].Seats}");
        Assert.Equal(capacity, scene.Counts.Total);
    }

    [Fact]
    public void Create_General_MakesOneArea()
    {
        var scene = Scene.WithEvent(settings => settings with { Seating = SeatingKind.General });
        Assert.True(scene.State.Places.Layout.Sections.Single().IsArea);
    }

    [Fact]
    public void Create_WithBrokenRules_NamesThemAll()
    {
        var scene = new Scene();
        scene.When(Scene.Owner, new CreateEvent(new EventSettings { Title = " ", StartsAt = Scene.Start.AddDays(-1), Capacity = 100_001, HoldSeconds = 29 }), Decider.Decide);
        scene.ThenRefused(RefusalStatus.Invalid);
        Assert.Equal(["title", "eventDate", "maxCapacity", "holdSeconds"], scene.Refusal!.Violations.Select(violation => violation.Member));
        Assert.Equal(0, scene.State.Version);
    }

    [Theory]
    [InlineData("a\u202eb")]
    [InlineData("a\u2028b")]
    [InlineData("a\u2066b")]
    public void TextThatTurnsOthersAround_IsRefused_AndWhatAnEarlierProgramTookMayStay(string title)
    {
        var scene = new Scene();
        scene.When(Scene.Owner, new CreateEvent(Scene.Settings with { Title = title }), Decider.Decide);
        Assert.Equal(("title", "characters"), Assert.Single(scene.Refusal!.Violations) is var broken ? (broken.Member, broken.Rule) : default);
        var old = Scene.WithEvent();
        old.State.Evolve(new EventChanged(new EventSettings { Title = title }, false, "owner"), old.Now);
        old.When(Scene.Owner, new ChangeEvent(new EventSettings { HoldSeconds = 120 }, null), Decider.Decide);
        Assert.Null(old.Refusal);
    }

    [Fact]
    public void Create_WithAPlan_CountsGapsOut()
    {
        var plan = new SectionPlan("main", "Main", "gold", [new RowPlan("AA", 10, 101, [5])], null);
        var scene = Scene.WithPlan(plan);
        Assert.Equal(9, scene.Counts.Total);
        Assert.Equal("FFFF-FFFFF", scene.Row("main", "AA"));
        Assert.NotNull(scene.Hold(Scene.John, "AA/101"));
        scene.Hold(Scene.John, "AA/105");
        scene.ThenRefused(RefusalStatus.SeatsUnknown);
    }

    [Fact]
    public void CapacityDown_TakesFreeSeatsFromTheBack_AndStopsAtWhatIsTaken()
    {
        var scene = Scene.WithEvent();
        scene.Hold(Scene.John, "2/9");
        Change(scene, new EventSettings { Capacity = 12 });
        Assert.Equal(("FFFFFFFFFF", "F-------H"), (scene.Row(), scene.Row("main", "2")));
        scene.Register(Scene.Jane, PlaceWish.Any(5));
        Change(scene, new EventSettings { Capacity = 5 });
        scene.ThenRefused(RefusalStatus.CapacityTaken);
        Assert.Equal((6, 5), (scene.Refusal!.Limit, scene.Refusal.Mine));
        Change(scene, new EventSettings { Capacity = 25 });
        Assert.Equal(25, scene.Counts.Total);
        Assert.Equal("FFFFF", scene.Row("main", "3"));
    }

    [Theory]
    [InlineData(1, 25, "10 10 5")]
    [InlineData(5, 25, "10 10 5")]
    [InlineData(101, 115, "11 11 11 11 11 11 11 11 11 11 5")]
    public void CapacityUp_KeepsTheWidthOfTheBeginning(int capacity, int more, string rows)
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = capacity });
        Change(scene, new EventSettings { Capacity = more });
        Assert.Equal(rows, string.Join(' ', scene.State.Places.Layout.Sections.Single().Rows.Select(row => row.Seats)));
    }

    [Fact]
    public void CapacityUp_BringsARowBackThatHadLeft()
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 30 });
        scene.Hold(Scene.John, "3/1");
        Change(scene, new EventSettings { Capacity = 11 });
        Assert.Equal(("FFFFFFFFFF", "", "H"), (scene.Row(), scene.Row("main", "2"), scene.Row("main", "3")));
        Change(scene, new EventSettings { Capacity = 30 });
        Assert.Equal(("FFFFFFFFFF", "HFFFFFFFFF"), (scene.Row("main", "2"), scene.Row("main", "3")));
        Assert.NotNull(scene.Hold(Scene.Jane, "2/1"));
    }

    [Fact]
    public void PlacesPerPerson_NeverExceedTheCapacity_AndGrowBackWithIt()
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 5 });
        Assert.Equal(5, Read(scene));
        Change(scene, new EventSettings { Capacity = 20 });
        Assert.Equal(10, Read(scene));
        Change(scene, new EventSettings { PlacesPerPerson = 21 });
        scene.ThenRefused(RefusalStatus.Invalid);

        static int? Read(Scene scene) => Views.Event(scene.State, 0, scene.Now).Settings.PlacesPerPerson;
    }

    [Fact]
    public void End_OfTheEvent_EndsWhatIsStillOpen_InOneVersion()
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 4, StartsAt = Scene.Start.AddHours(1), RespondSeconds = 86_400, OfferSeconds = 86_400, HoldSeconds = 3_600, HoldSecondsAtMost = 14_400 });
        scene.Register(Scene.John, PlaceWish.Any(1));
        scene.When(Scene.Owner, new InviteGuest(new GuestInvitation("guest@example.com", PlaceWish.Any(1), false)), Decider.Decide);
        scene.After(TimeSpan.FromMinutes(50)).HoldAny(Scene.John, 2);
        scene.Join(Scene.Jane);
        scene.When(Scene.Owner, new PauseEvent(), Decider.Decide);
        Assert.Equal(scene.State.Rules.OffersUntil, scene.State.NextDeadline);
        scene.After(TimeSpan.FromHours(4)).Settle();
        Assert.Equal([1], Assert.Single(scene.LastFacts.OfType<EventEnded>()).Holds);
        Assert.Equal([InvitationStatus.Confirmed, InvitationStatus.Expired, InvitationStatus.Expired], Enumerable.Range(1, 3).Select(number => scene.Read(number)!.Status));
        Assert.Equal((1, 3, 0), (scene.Counts.Confirmed, scene.Counts.Free, scene.Counts.Waiting));
        Assert.Null(scene.State.NextDeadline);
    }

    [Fact]
    public void EndInThePast_DoesNotEndARunningEvent()
    {
        var scene = Scene.WithEvent();
        scene.After(TimeSpan.FromDays(30) + TimeSpan.FromHours(2));
        Change(scene, new EventSettings { EndsAt = scene.Now.AddHours(-1) });
        Assert.Equal(("endDate", Rules.Past), (Assert.Single(scene.Refusal!.Violations).Member, scene.Refusal.Violations[0].Rule));
        Change(scene, new EventSettings { EndsAt = scene.Now.AddMinutes(10) });
        Assert.Null(scene.Refusal);
    }

    [Fact]
    public void State_SaysWhetherPeopleCanBuy()
    {
        var scene = Scene.WithEvent(settings => settings with { SalesFrom = Scene.Start.AddDays(1) });
        Assert.Equal(EventStatus.NotOnSale, Shown());
        scene.After(TimeSpan.FromDays(1));
        Assert.Equal(EventStatus.OnSale, Shown());
        scene.When(Scene.Owner, new PauseEvent(), Decider.Decide);
        Assert.Equal(EventStatus.Paused, Shown());
        scene.When(Scene.Owner, new ResumeEvent(), Decider.Decide);
        scene.After(TimeSpan.FromDays(29));
        Assert.Equal(EventStatus.SalesOver, Shown());
        scene.After(TimeSpan.FromHours(3));
        Assert.Equal(EventStatus.Over, Shown());

        EventStatus Shown() => Views.Event(scene.State, 0, scene.Now).State;
    }

    [Fact]
    public void SalesUntil_SentBackAsItWasRead_FollowsAStartThatMoves()
    {
        var scene = Scene.WithEvent();
        Change(scene, new EventSettings { SalesUntil = scene.State.Rules.SalesUntil });
        Assert.Equal(1, scene.State.Version);
        Change(scene, new EventSettings { StartsAt = Scene.Settings.StartsAt!.Value.AddDays(1) });
        Assert.Equal(scene.State.Rules.StartsAt, scene.State.Rules.SalesUntil);
    }

    [Fact]
    public void Sales_ThatNeverOpen_AreRefused()
    {
        var scene = new Scene();
        scene.When(Scene.Owner, new CreateEvent(Scene.Settings with { SalesFrom = Scene.Settings.StartsAt!.Value.AddHours(1) }), Decider.Decide);
        Assert.Equal("salesFrom", Assert.Single(scene.ThenRefused(RefusalStatus.Invalid).Refusal!.Violations).Member);
    }

    [Theory]
    [InlineData(1, new[] { 5 }, "FFFF-FFFFF")]
    [InlineData(101, new[] { 5 }, "FFFF-FFFFF")]
    [InlineData(5, new[] { 7 }, "FFFFFF-FFF")]
    public void Gaps_ArePositionsInTheRow_WhateverIsPrintedOnTheSeats(int first, int[] gaps, string row)
    {
        var scene = Scene.WithPlan(new SectionPlan("main", "Main", "gold", [new RowPlan("A", 10, first, gaps)], null));
        Assert.Equal(row, scene.Row("main", "A"));
        // What is read can be written back, and is no change.
        Change(scene, new EventSettings { Plan = Views.Event(scene.State, 0, scene.Now).Settings.Plan });
        Assert.Equal(1, scene.State.Version);
    }

    [Fact]
    public void Plan_MayChangeWhereNothingIsTaken()
    {
        var scene = Scene.WithPlan(Scene.Rows("a", "gold", 5), Scene.Rows("b", "gold", 5));
        scene.Hold(Scene.John, "a/1/3");
        Change(scene, new EventSettings { Plan = new SeatingPlan([Scene.Rows("a", "gold", 5), Scene.Rows("b", "gold", 8, 8)]) });
        Assert.Null(scene.Refusal);
        Assert.Equal((21, "FFHFF"), (scene.Counts.Total, scene.Row("a")));
        Change(scene, new EventSettings { Plan = new SeatingPlan([Scene.Rows("a", "gold", 6)]) });
        scene.ThenRefused(RefusalStatus.SeatingTaken);
        Assert.Equal([new SeatConflict("a/1/3", 'H')], scene.Refusal!.Conflicts);
    }

    [Fact]
    public void Area_GrowsAndShrinksWhilePlacesAreTaken()
    {
        var scene = Scene.WithPlan(Scene.Area("floor", "standing", 5));
        scene.Hold(Scene.John, "floor", "floor");
        Change(scene, new EventSettings { Plan = new SeatingPlan([Scene.Area("floor", "standing", 8)]) });
        Assert.Equal((8, 6), (scene.Counts.Total, scene.Counts.Free));
        Change(scene, new EventSettings { Plan = new SeatingPlan([Scene.Area("floor", "standing", 2)]) });
        Assert.Equal((2, 0), (scene.Counts.Total, scene.Counts.Free));
        Change(scene, new EventSettings { Plan = new SeatingPlan([Scene.Area("floor", "standing", 1)]) });
        scene.ThenRefused(RefusalStatus.CapacityTaken);
    }

    [Fact]
    public void Change_ByAStranger_IsForbidden_AndAtAnOldVersionRefused()
    {
        var scene = Scene.WithEvent(settings => settings with { CoOrganisers = ["jane"] });
        scene.When(Scene.John, new ChangeEvent(new EventSettings { Title = "Mine" }, null), Decider.Decide);
        scene.ThenRefused(RefusalStatus.Forbidden);
        Assert.Equal("Second night", scene.When(Scene.Jane, new ChangeEvent(new EventSettings { Title = "Second night" }, 1), Decider.Decide)!.Settings.Title);
        Change(scene, new EventSettings { Title = "Third night" }, 1);
        scene.ThenRefused(RefusalStatus.VersionChanged);
    }

    [Fact]
    public void Move_KeepsTheLengthAndTheSalesWindow()
    {
        var scene = Scene.WithEvent();
        var view = Change(scene, new EventSettings { StartsAt = Scene.Start.AddDays(60) })!;
        Assert.Equal(Scene.Start.AddDays(60).AddHours(3), view.Settings.EndsAt);
        Assert.Equal(Scene.Start.AddDays(60), view.Settings.SalesUntil);
        Assert.Equal(1, view.Sequence);
    }

    [Fact]
    public void Cancel_EndsHoldsAndInvitations_AndAgainIsTheSame()
    {
        var scene = Scene.WithEvent();
        scene.Hold(Scene.John, "1/5");
        scene.Register(Scene.Jane, PlaceWish.Any(2));
        scene.When(Scene.Owner, new CancelEvent("rain", null), Decider.Decide);
        Assert.Equal((20, InvitationStatus.Cancelled), (scene.Counts.Free, scene.Read(1)!.Status));
        var version = scene.State.Version;
        scene.When(Scene.Owner, new CancelEvent("rain", null), Decider.Decide);
        Assert.Equal(version, scene.State.Version);
        scene.HoldAny(Scene.John, 1);
        scene.ThenRefused(RefusalStatus.EventCancelled);
    }

    [Fact]
    public void Block_TakesFreePlacesOffSale_AndUnblockOffersThemToTheLineFirst()
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 2 });
        scene.When(Scene.Owner, new BlockSeats(["1/1"], "camera"), Decider.Decide);
        scene.Hold(Scene.John, "1/1");
        Assert.Equal('B', scene.ThenRefused(RefusalStatus.SeatsTaken).Refusal!.Conflicts[0].State);
        scene.Register(Scene.John, PlaceWish.Any(1));
        scene.Join(Scene.Jane);
        scene.When(Scene.Owner, new UnblockSeats(["1/2"], null), Decider.Decide);
        scene.ThenRefused(RefusalStatus.SeatsNotBlocked);
        scene.When(Scene.Owner, new UnblockSeats(["1/1"], null), Decider.Decide);
        Assert.Equal(["main/1/1"], scene.Read(2)!.Seats);
        scene.When(Scene.John, new BlockSeats(["1/1"], null), Decider.Decide);
        scene.ThenRefused(RefusalStatus.Forbidden);
    }

    [Fact]
    public void UnlistedEvent_IsHiddenFromWhoIsNotSignedIn_AndItsGuestListFromStrangers()
    {
        var scene = Scene.WithEvent(settings => settings with { Visibility = Visibility.Unlisted });
        Assert.Equal(RefusalStatus.NotFound, Questions.Get(scene.State, Requester.Anonymous, scene.Now).Refusal?.Status);
        Assert.Null(Questions.Get(scene.State, Scene.John, scene.Now).Refusal);
        Assert.Equal(RefusalStatus.NotFound, Questions.GuestList(scene.State, Scene.John, null, 0, 10, scene.Now).Refusal?.Status);
    }

    private static EventView? Change(Scene scene, EventSettings settings, long? ifVersion = null) =>
        scene.When(Scene.Owner, new ChangeEvent(settings, ifVersion), Decider.Decide);
}
