namespace Seats.Core.Tests;

public sealed class WaitlistTests
{
    private static readonly Requester Late = new("late", "late@example.com", false);

    [Fact]
    public void Join_WhenSoldOut_WaitsInOrder()
    {
        var scene = SoldOut(2);
        Assert.Equal((InvitationStatus.Waitlist, 1), (scene.Join(Scene.Jane)!.Status, scene.Read(3)!.Position));
        Assert.Equal(2, scene.Join(Scene.Jim)!.Position);
        Assert.Equal(2, scene.Counts.Waiting);
    }

    [Fact]
    public void Join_Again_AnswersWithTheSameEntry()
    {
        var scene = SoldOut(2);
        var first = scene.Join(Scene.Jane)!;
        var version = scene.State.Version;
        Assert.Equal(first.Number, scene.Join(Scene.Jane)!.Number);
        Assert.Equal(version, scene.State.Version);
    }

    [Fact]
    public void Join_WhenPlacesAreFreeAndNobodyStandsBefore_IsOfferedAtOnce() =>
        Assert.Equal(InvitationStatus.Pending, Scene.WithEvent().Join(Scene.John, 2)!.Status);

    [Fact]
    public void FreedPlace_BecomesTheOfferToTheFirstInLine_InTheSameVersion()
    {
        var scene = SoldOut(2);
        scene.Join(Scene.Jane);
        scene.Join(Scene.Jim);
        var version = scene.State.Version;
        scene.Cancel(Scene.John, 1);
        Assert.Equal(version + 1, scene.State.Version);
        Assert.Collection(scene.LastFacts, fact => Assert.IsType<InvitationCancelled>(fact), fact => Assert.Equal(3, Assert.IsType<PlacesOffered>(fact).Invitation));
        Assert.Equal("O", scene.Row()[..1]);
        Assert.Equal(scene.Now.AddHours(1), scene.Read(3)!.RespondBy);
    }

    [Fact]
    public void Offer_Lapsed_GoesToTheNextInTheSameVersion()
    {
        var scene = SoldOut(1);
        scene.Join(Scene.Jane);
        scene.Join(Scene.Jim);
        scene.Cancel(Scene.John, 1);
        scene.After(TimeSpan.FromHours(1)).Settle();
        Assert.Collection(scene.LastFacts, fact => Assert.IsType<InvitationExpired>(fact), fact => Assert.IsType<PlacesOffered>(fact));
        Assert.Equal(InvitationStatus.Expired, scene.Read(2)!.Status);
        Assert.Equal(InvitationStatus.Pending, scene.Read(3)!.Status);
    }

    [Fact]
    public void Offer_Declined_GoesToTheNext()
    {
        var scene = SoldOut(1);
        scene.Join(Scene.Jane);
        scene.Join(Scene.Jim);
        scene.Cancel(Scene.John, 1);
        scene.When(Scene.Jane, new DeclineInvitation(2), Decider.Decide);
        Assert.Equal(InvitationStatus.Pending, scene.Read(3)!.Status);
    }

    [Fact]
    public void Offer_Confirmed_CarriesATicket_AndAgainIsTheSame()
    {
        var scene = SoldOut(1);
        scene.Join(Scene.Jane);
        scene.When(Scene.Jane, new ConfirmOffer(), Decider.Decide);
        scene.ThenRefused(RefusalStatus.WaitlistNoOffer);
        scene.Cancel(Scene.John, 1);
        Assert.Equal("ticket-2", scene.When(Scene.Jane, new ConfirmOffer(), Decider.Decide)!.TicketCode);
        var version = scene.State.Version;
        Assert.Equal(InvitationStatus.Confirmed, scene.When(Scene.Jane, new ConfirmOffer(), Decider.Decide)!.Status);
        Assert.Equal(version, scene.State.Version);
    }

    [Fact]
    public void FreePlace_PastALineThatCouldUseIt_IsRefused()
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 2 });
        scene.Register(Scene.John, PlaceWish.Any(1));
        scene.Register(Scene.John, PlaceWish.Any(1));
        scene.Join(Scene.Jane, 2);
        scene.Cancel(Scene.John, 1);
        Assert.Equal(1, scene.Counts.Free);
        scene.HoldAny(Late, 1);
        scene.ThenRefused(RefusalStatus.EventHasLine);
        Assert.Equal(InvitationStatus.Waitlist, scene.Read(3)!.Status);
    }

    [Fact]
    public void Line_OfOneCategory_LeavesOthersToThePublic()
    {
        var scene = Scene.WithPlan(Scene.Rows("front", "gold", 1), Scene.Rows("back", "silver", 2));
        scene.Hold(Scene.John, "front/1/1");
        scene.Join(Scene.Jane, 1, false, "gold");
        Assert.NotNull(scene.Hold(Late, "back/1/1"));
        scene.When(Scene.John, new ReleaseSeats(null, null), Decider.Decide);
        Assert.Equal(["front/1/1"], scene.Read(1)!.Seats);
    }

    [Fact]
    public void PartyTooLarge_IsOvertakenUpToTheBound_ThenBlocks()
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 4, OvertakesAtMost = 1 });
        for (var number = 1; number <= 4; number++) scene.Register(Scene.John, PlaceWish.Any(1));
        scene.Join(Scene.Jane, 3);
        scene.Join(Scene.Jim);
        scene.Join(Late);
        scene.Cancel(Scene.John, 1);
        Assert.Equal([5], scene.LastFacts.OfType<PlacesOffered>().Single().Overtaken);
        Assert.Equal(InvitationStatus.Pending, scene.Read(6)!.Status);
        scene.Cancel(Scene.John, 2);
        Assert.Equal(InvitationStatus.Waitlist, scene.Read(7)!.Status);
        scene.Cancel(Scene.John, 3);
        scene.Cancel(Scene.John, 4);
        Assert.Equal(InvitationStatus.Pending, scene.Read(5)!.Status);
        Assert.Equal(InvitationStatus.Waitlist, scene.Read(7)!.Status);
    }

    [Fact]
    public void Party_Together_WaitsUntilPlacesAreSideBySide()
    {
        var scene = Scene.WithPlan(Scene.Rows("main", "standard", 4));
        for (var seat = 1; seat <= 4; seat++) scene.Register(Scene.John, PlaceWish.Named($"1/{seat}"));
        scene.Join(Scene.Jane, 2, together: true);
        scene.Cancel(Scene.John, 1);
        scene.Cancel(Scene.John, 3);
        Assert.Equal(InvitationStatus.Waitlist, scene.Read(5)!.Status);
        scene.Cancel(Scene.John, 2);
        Assert.Equal(["main/1/2", "main/1/3"], scene.Read(5)!.Seats);
    }

    [Fact]
    public void Promotion_WithoutConfirmation_IsASwitchOfTheEvent()
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 1, AutoPromote = true });
        scene.Register(Scene.John, PlaceWish.Any(1));
        scene.Join(Scene.Jane);
        scene.Cancel(Scene.John, 1);
        Assert.Equal((InvitationStatus.Confirmed, "ticket-2"), (scene.Read(2)!.Status, scene.Read(2)!.TicketCode));
    }

    [Fact]
    public void CapacityUp_Promotes()
    {
        var scene = SoldOut(2);
        scene.Join(Scene.Jane);
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { Capacity = 3 }, null), Decider.Decide);
        Assert.Equal(InvitationStatus.Pending, scene.Read(3)!.Status);
    }

    [Fact]
    public void WaitlistSwitchedOff_LetsNobodyJoin_AndServesWhoStands()
    {
        var scene = SoldOut(1);
        scene.Join(Scene.Jane);
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { WaitlistEnabled = false }, null), Decider.Decide);
        scene.Join(Scene.Jim);
        scene.ThenRefused(RefusalStatus.EventNoLine);
        scene.Cancel(Scene.John, 1);
        Assert.Equal(InvitationStatus.Pending, scene.Read(2)!.Status);
    }

    [Fact]
    public void Leave_Twice_IsTheSame()
    {
        var scene = SoldOut(1);
        scene.Join(Scene.Jane);
        Assert.Equal(InvitationStatus.Cancelled, scene.When(Scene.Jane, new LeaveWaitlist(), Decider.Decide)!.Status);
        Assert.Equal(InvitationStatus.Cancelled, scene.When(Scene.Jane, new LeaveWaitlist(), Decider.Decide)!.Status);
        Assert.Equal(0, scene.Counts.Waiting);
        Assert.Equal(RefusalStatus.NotFound, Questions.WaitlistEntry(scene.State, Scene.Jane, scene.Now).Refusal?.Status);
    }

    [Fact]
    public void OfferMail_Accepted_StartsTheClock_Failed_MovesOn()
    {
        var scene = SoldOut(1, OfferClock.MailAccepted);
        scene.Join(Scene.Jane);
        scene.Join(Scene.Jim);
        scene.Cancel(Scene.John, 1);
        scene.After(TimeSpan.FromMinutes(30)).When(Requester.System, new ReportOfferMail(2, true, null), Decider.Decide);
        Assert.Equal(scene.Now.AddHours(1), scene.Read(2)!.RespondBy);
        scene.When(Scene.Jane, new DeclineInvitation(2), Decider.Decide);
        scene.When(Requester.System, new ReportOfferMail(3, false, "550 no such user"), Decider.Decide);
        Assert.Equal(InvitationStatus.Expired, scene.Read(3)!.Status);
        scene.When(Scene.John, new ReportOfferMail(3, true, null), Decider.Decide);
        scene.ThenRefused(RefusalStatus.Forbidden);
    }

    [Fact]
    public void OfferMail_Accepted_ChangesNothing_WhereTheClockRunsFromTheOffer()
    {
        var scene = SoldOut(1, OfferClock.Offered);
        scene.Join(Scene.Jane);
        scene.Cancel(Scene.John, 1);
        var until = scene.Read(2)!.RespondBy;
        scene.After(TimeSpan.FromMinutes(5)).When(Requester.System, new ReportOfferMail(2, true, null), Decider.Decide);
        Assert.Equal(until, scene.Read(2)!.RespondBy);
    }

    [Fact]
    public void Offer_WhoseMailIsOnItsWay_SaysNoMomentThatIsPast()
    {
        var scene = SoldOut(1, OfferClock.MailAccepted);
        scene.Join(Scene.Jane);
        scene.Cancel(Scene.John, 1);
        scene.After(TimeSpan.FromHours(3)).Settle();
        Assert.Equal((InvitationStatus.Pending, (DateTimeOffset?)null, true), Standing());
        scene.When(Requester.System, new ReportOfferMail(2, true, null), Decider.Decide);
        Assert.Equal((InvitationStatus.Pending, scene.Now.AddHours(1), false), Standing());

        (InvitationStatus, DateTimeOffset?, bool) Standing() => (scene.Read(2)!.Status, scene.Read(2)!.RespondBy, scene.Read(2)!.AwaitsMail);
    }

    [Fact]
    public void Offer_WhoseMailIsOnItsWay_SaysAMomentThatStandsStill_AndThatItIsNotTheLastWord()
    {
        var scene = SoldOut(1, OfferClock.MailAccepted);
        scene.Join(Scene.Jane);
        scene.Cancel(Scene.John, 1);
        var first = scene.Read(2)!.RespondBy;
        scene.After(TimeSpan.FromMinutes(10));
        Assert.Equal((scene.Now.AddMinutes(50), true), (scene.Read(2)!.RespondBy, scene.Read(2)!.AwaitsMail));
        Assert.Equal(first, scene.Read(2)!.RespondBy);
    }

    [Fact]
    public void Register_AndConfirmAtOnce_NeedsNoAnswer_WhenTheLineServesItAtOnce()
    {
        var scene = Scene.WithPlan(Scene.Rows("main", "standard", 3));
        scene.Hold(Scene.Jim, "1/2");
        scene.Join(Scene.Jane, 2, together: true);
        var served = scene.Register(Scene.John, PlaceWish.Any(1), confirm: true)!;
        Assert.Equal((InvitationStatus.Confirmed, "ticket-2"), (served.Status, served.TicketCode));
        scene.Register(Scene.Owner, PlaceWish.Any(2) with { Together = false }, confirm: true);
        scene.When(Scene.Jim, new ReleaseSeats(null, null), Decider.Decide);
        Assert.Equal(InvitationStatus.Pending, scene.Read(1)!.Status);
        // What comes later is asked for.
        scene.When(Scene.Jane, new DeclineInvitation(1), Decider.Decide);
        Assert.Equal(InvitationStatus.Pending, scene.Read(3)!.Status);
    }

    [Fact]
    public void Register_WhileInLine_AnswersWithTheSameEntry_WhateverTheLimit()
    {
        var scene = SoldOut(1);
        scene.Join(Scene.Jane);
        Assert.Equal(2, scene.Register(Scene.Jane, PlaceWish.Any(1))!.Number);
    }

    private static Scene SoldOut(int capacity, OfferClock? clock = null)
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = capacity, OfferClock = clock });
        for (var number = 1; number <= capacity; number++) scene.Register(Scene.John, PlaceWish.Any(1));
        Assert.Equal(0, scene.Counts.Free);
        return scene;
    }
}
