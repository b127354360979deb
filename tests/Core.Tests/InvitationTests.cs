using Seats.Core.History;
using Seats.Core.Notifications;

namespace Seats.Core.Tests;

public sealed class InvitationTests
{
    [Fact]
    public void Confirm_ByAPersonKnownUnderAnotherAddress_MakesTheInvitationTheirs()
    {
        var scene = Scene.WithEvent(settings => settings with { PlacesPerPerson = 3 });
        scene.Register(Scene.Jane, PlaceWish.Any(1));
        scene.When(Scene.Owner, new InviteGuest(new GuestInvitation("jane@work.example", PlaceWish.Any(1), false)), Decider.Decide);
        scene.When(Scene.Owner, new InviteGuest(new GuestInvitation("jane@work.example", PlaceWish.Any(1), false)), Decider.Decide);
        var moved = new Requester(Scene.Jane.Id, "jane@work.example", false);
        Assert.Equal(InvitationStatus.Confirmed, scene.Confirm(moved, 2)!.Status);
        // From then on it belongs to her, not to whoever has that address.
        Assert.Equal("jane", scene.Read(2)!.PersonId);
        scene.Cancel(new Requester("other", "jane@work.example", false), 2);
        scene.ThenRefused(RefusalStatus.NotFound);
        Assert.Equal("jane", scene.Read(3)!.PersonId);
        scene.Register(Scene.Jane, PlaceWish.Any(1));
        scene.ThenRefused(RefusalStatus.LimitPlaces);
        scene.When(Scene.Owner, new InviteGuest(new GuestInvitation("jane@work.example", PlaceWish.Any(1), false)), Decider.Decide);
        scene.ThenRefused(RefusalStatus.LimitPlaces);
    }

    [Fact]
    public void Link_AnswersItsInvitation_WithoutAnAccount_AndBindsItToNobody()
    {
        var scene = Scene.WithEvent();
        foreach (var _ in new[] { 1, 2 })
            scene.When(Scene.Owner, new InviteGuest(new GuestInvitation("guest@example.com", PlaceWish.Any(1), false)), Decider.Decide);
        Assert.Equal("ticket-1", Answer(1, LinkAnswer.Confirm)!.TicketCode);
        Assert.Equal(("guest@example.com", null), (scene.Read(1)!.Email, scene.Read(1)!.PersonId));
        Assert.Equal(InvitationStatus.Pending, scene.Read(2)!.Status);
        Assert.Equal(InvitationStatus.Confirmed, Answer(1, LinkAnswer.Confirm)!.Status);
        Answer(1, LinkAnswer.Decline);
        scene.ThenRefused(RefusalStatus.InvitationConfirmed);
        Assert.Equal(InvitationStatus.Cancelled, Answer(1, LinkAnswer.Cancel)!.Status);
        Assert.Equal("guest@example.com", scene.LastFacts.OfType<InvitationCancelled>().Single().By);
        Assert.Equal(InvitationStatus.Declined, Answer(2, LinkAnswer.Decline)!.Status);
        Answer(null, LinkAnswer.Confirm);
        scene.ThenRefused(RefusalStatus.NotFound);

        InvitationView? Answer(int? number, LinkAnswer answer) => scene.When(Requester.Anonymous, new AnswerByLink(number, answer), Decider.Decide);
    }

    [Fact]
    public void Link_OfAnInvitationThatEnded_AnswersNothing()
    {
        var scene = Scene.WithEvent();
        scene.When(Scene.Owner, new InviteGuest(new GuestInvitation("guest@example.com", PlaceWish.Any(1), false)), Decider.Decide);
        scene.After(TimeSpan.FromDays(3)).When(Requester.Anonymous, new AnswerByLink(1, LinkAnswer.Confirm), Decider.Decide);
        scene.ThenRefused(RefusalStatus.InvitationExpired);
        Assert.Equal(InvitationStatus.Expired, Questions.LinkedInvitation(scene.State, 1, scene.Now).Answer!(scene.State, 0, scene.Now)!.Invitation.Status);
    }

    [Fact]
    public void Cancel_AfterTheDoor_IsForOrganisersAlone()
    {
        var scene = Scene.WithEvent();
        scene.Register(Scene.Jane, PlaceWish.Any(1));
        scene.When(Scene.Owner, new CheckInTicket(new TicketClaim(1, 1), "ticket-1"), Decider.Decide);
        scene.Cancel(Scene.Jane, 1);
        scene.ThenRefused(RefusalStatus.TicketCheckedIn);
        Assert.Equal(scene.Now, scene.Refusal!.At);
        scene.When(Scene.Owner, new UndoCheckIn(new TicketClaim(1, 1), "ticket-1"), Decider.Decide);
        Assert.Equal(InvitationStatus.Cancelled, scene.Cancel(Scene.Jane, 1)!.Status);
        scene.Register(Scene.Jane, PlaceWish.Any(1));
        scene.When(Scene.Owner, new CheckInTicket(new TicketClaim(1, 2), "ticket-2"), Decider.Decide);
        Assert.Equal(InvitationStatus.Cancelled, scene.Cancel(Scene.Owner, 2)!.Status);
    }

    [Fact]
    public void Register_FromAHold_TakesItsPlacesAndItsDeadline()
    {
        var scene = Scene.WithEvent();
        scene.Hold(Scene.John, "1/5", "1/6");
        var made = scene.When(Scene.John, new Register(new Registration(1, null, false, true)), Decider.Decide)!;
        Assert.Equal((InvitationStatus.Pending, Scene.Start.AddMinutes(10)), (made.Status, made.RespondBy));
        Assert.Equal("FFFFIIFFFF", scene.Row());
        var confirmed = scene.Confirm(Scene.John, 1)!;
        Assert.Equal((InvitationStatus.Confirmed, "ticket-1"), (confirmed.Status, confirmed.TicketCode));
        Assert.Equal("FFFFTTFFFF", scene.Row());
        scene.When(Scene.John, new Register(new Registration(1, null, false, true)), Decider.Decide);
        scene.ThenRefused(RefusalStatus.HoldExpired);
    }

    [Fact]
    public void AddressThatTheIssuerDidNotVerify_ClaimsNoInvitation_AndIsWrittenTo()
    {
        var scene = Scene.WithEvent();
        scene.When(Scene.Owner, new InviteGuest(new GuestInvitation(Scene.John.Email, PlaceWish.Named("1/1"), false)), Decider.Decide);
        var stranger = new Requester("stranger", "", false, null, Scene.John.Email);
        scene.Confirm(stranger, 1);
        scene.ThenRefused(RefusalStatus.NotFound);
        Assert.Null(new SentenceContext(scene.State, stranger, new InvitationStory(1), scene.Now).NameOf(null, Scene.John.Email));
        Assert.Equal("", new SentenceContext(scene.State, Scene.John, new InvitationStory(1), scene.Now).NameOf(null, Scene.John.Email));
        Assert.Equal(Scene.John.Email, scene.Register(stranger, PlaceWish.Named("1/2"))!.Email);
        Assert.Equal(InvitationStatus.Confirmed, scene.Confirm(Scene.John, 1)!.Status);
        scene.Confirm(Scene.John, 2);
        scene.ThenRefused(RefusalStatus.NotFound);
    }

    [Fact]
    public void AddressVerifiedLater_TakesThePlaceOfTheOneThatWasNot()
    {
        var scene = Scene.WithEvent();
        scene.Register(new Requester("john", "", false, null, "typo@example.com"), PlaceWish.Named("1/1"));
        var again = SnapshotCodec.Decode(1, SnapshotCodec.Encode(scene.State))!;
        Assert.Equal(new Person("john", "typo@example.com", null, true), again.FindInvitation(1)!.Who.ToPerson());
        scene.Register(Scene.John, PlaceWish.Named("1/2"));
        Assert.All([1, 2], number => Assert.Equal(new Person("john", Scene.John.Email), scene.State.FindInvitation(number)!.Who.ToPerson()));
    }

    [Fact]
    public void Register_ForASeatOneHolds_TakesItOutOfTheHold()
    {
        var scene = Scene.WithEvent();
        scene.Hold(Scene.John, "1/5", "1/6");
        var made = scene.After(TimeSpan.FromMinutes(4)).Register(Scene.John, PlaceWish.Named("1/6"), confirm: false)!;
        Assert.Equal((InvitationStatus.Pending, Scene.Start.AddMinutes(10)), (made.Status, made.RespondBy));
        Assert.Equal("FFFFHIFFFF", scene.Row());
        Assert.Equal(["main/1/5"], Questions.Hold(scene.State, Scene.John, 1, scene.Now).Answer!(scene.State, 0, scene.Now).Seats);
        scene.Register(Scene.John, PlaceWish.Named("1/5"));
        Assert.Equal("FFFFTIFFFF", scene.Row());
        scene.Register(Scene.Jane, PlaceWish.Named("1/6"));
        scene.ThenRefused(RefusalStatus.SeatsTaken);
    }

    [Fact]
    public void Register_ForSeatsHeldAndFree_CountsThoseHeldOnce()
    {
        var scene = Scene.WithEvent(settings => settings with { PlacesPerPerson = 3 });
        scene.Hold(Scene.John, "1/4");
        scene.Hold(Scene.John, "1/5");
        Assert.Equal(3, scene.Register(Scene.John, PlaceWish.Named("1/4", "1/5", "1/6"))!.Seats.Count);
        Assert.Equal("FFFTTTFFFF", scene.Row());
        scene.Register(Scene.John, PlaceWish.Named("1/7"));
        scene.ThenRefused(RefusalStatus.LimitPlaces);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Invite_OntoPlacesTheOrganiserHolds_MakesThemTheGuests(bool byHold)
    {
        var scene = Scene.WithEvent();
        scene.Hold(Scene.Owner, "1/1", "1/2");
        var guest = byHold ? new GuestInvitation("guest@example.com", null, false, 1) : new GuestInvitation("guest@example.com", PlaceWish.Named("1/1", "1/2"), false);
        var made = scene.When(Scene.Owner, new InviteGuest(guest), Decider.Decide)!;
        Assert.Equal((InvitationStatus.Pending, Scene.Start.AddHours(72), 2), (made.Status, made.RespondBy, made.Seats.Count));
        Assert.Equal(("IIFFFFFFFF", 0), (scene.Row(), scene.Counts.Held));
    }

    [Fact]
    public void Hold_BecomesAnInvitation_AfterTheSaleToo_WhileItLasts()
    {
        var scene = Scene.WithEvent(settings => settings with { SalesUntil = Scene.Start.AddMinutes(5) });
        scene.Hold(Scene.John, "1/5");
        scene.After(TimeSpan.FromMinutes(6));
        Assert.NotNull(scene.When(Scene.John, new Register(new Registration(1, null, true, true)), Decider.Decide));
        scene.Register(Scene.Jane, PlaceWish.Any(1));
        scene.ThenRefused(RefusalStatus.EventSalesOver);
    }

    [Fact]
    public void Register_WithSomebodyElsesHold_IsNotFound()
    {
        var scene = Scene.WithEvent();
        scene.Hold(Scene.John, "1/5");
        scene.When(Scene.Owner, new Register(new Registration(1, null, false, true)), Decider.Decide);
        scene.ThenRefused(RefusalStatus.NotFound);
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, RefusalStatus.EventFull)]
    public void Register_ForAnyPlaceWhenFull_WaitsIfItMay(bool orWait, RefusalStatus? refused)
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 1 });
        scene.Register(Scene.John, PlaceWish.Any(1));
        var answer = scene.Register(Scene.Jane, PlaceWish.Any(1), orWait: orWait);
        Assert.Equal(refused, scene.Refusal?.Status);
        if (refused is null) Assert.Equal(InvitationStatus.Waitlist, answer!.Status);
    }

    [Fact]
    public void Invite_ByAnOrganiser_KeepsThePlaceUntilTheDeadline_ThenLetsItGo()
    {
        var scene = Scene.WithEvent();
        var made = Invite(scene, Scene.Owner, "guest@example.com", "1/5")!;
        Assert.Equal((InvitationStatus.Pending, Scene.Start.AddHours(72)), (made.Status, made.RespondBy));
        scene.After(TimeSpan.FromHours(72)).Settle();
        Assert.Equal(InvitationStatus.Expired, scene.Read(1)!.Status);
        Assert.Equal(20, scene.Counts.Free);
        scene.Confirm(new Requester("guest", "guest@example.com", false), 1);
        scene.ThenRefused(RefusalStatus.InvitationExpired);
    }

    [Fact]
    public void Invite_ByAnybodyElse_IsRefused()
    {
        var scene = Scene.WithEvent();
        Invite(scene, Scene.John, "guest@example.com", "1/5");
        scene.ThenRefused(RefusalStatus.InvitationNotOrganiser);
    }

    [Fact]
    public void Invitation_ByAddress_BelongsToTheFirstPersonWhoComesForIt()
    {
        var scene = Scene.WithEvent();
        Invite(scene, Scene.Owner, "guest@example.com", "1/5");
        var first = new Requester("first", "guest@example.com", false);
        var second = new Requester("second", "guest@example.com", false);
        Assert.NotNull(scene.Confirm(first, 1));
        scene.Cancel(second, 1);
        scene.ThenRefused(RefusalStatus.NotFound);
        Assert.Equal("first", scene.Read(1)!.PersonId);
    }

    [Fact]
    public void Answers_Repeated_ChangeNothing()
    {
        var scene = Scene.WithEvent();
        scene.Register(Scene.John, PlaceWish.Any(1));
        scene.Register(Scene.John, PlaceWish.Any(1), confirm: false);
        scene.When(Scene.John, new DeclineInvitation(2), Decider.Decide);
        scene.Cancel(Scene.John, 1);
        var version = scene.State.Version;
        Assert.Equal(InvitationStatus.Declined, scene.When(Scene.John, new DeclineInvitation(2), Decider.Decide)!.Status);
        Assert.Equal(InvitationStatus.Cancelled, scene.Cancel(Scene.John, 1)!.Status);
        Assert.Equal(version, scene.State.Version);
        scene.Confirm(Scene.John, 1);
        scene.ThenRefused(RefusalStatus.InvitationCancelled);
        scene.Confirm(Scene.John, 2);
        scene.ThenRefused(RefusalStatus.InvitationDeclined);
    }

    [Fact]
    public void Invitation_OfAStranger_IsNotFound_AndAnOrganisersToCancel()
    {
        var scene = Scene.WithEvent();
        scene.Register(Scene.John, PlaceWish.Any(1));
        scene.Confirm(Scene.Jane, 1);
        scene.ThenRefused(RefusalStatus.NotFound);
        Assert.Equal(RefusalStatus.NotFound, Questions.Invitation(scene.State, Scene.Jane, 1, scene.Now).Refusal?.Status);
        Assert.Equal(InvitationStatus.Cancelled, scene.Cancel(Scene.Owner, 1)!.Status);
    }

    [Fact]
    public void Ticket_IsAcceptedOnce_AndSaysWhenAndByWhom()
    {
        var scene = Scene.WithEvent(settings => settings with { Helpers = ["jim"] });
        scene.Register(Scene.John, PlaceWish.Any(1));
        scene.When(Scene.Jane, new CheckInTicket(new TicketClaim(1, 1), "ticket-1"), Decider.Decide);
        scene.ThenRefused(RefusalStatus.Forbidden);
        scene.When(Scene.Jim, new CheckInTicket(new TicketClaim(1, 1), "forged"), Decider.Decide);
        scene.ThenRefused(RefusalStatus.TicketInvalid);
        Assert.Equal("jim", scene.When(Scene.Jim, new CheckInTicket(new TicketClaim(1, 1), "ticket-1"), Decider.Decide)!.By);
        scene.When(Scene.Owner, new CheckInTicket(new TicketClaim(1, 1), "ticket-1"), Decider.Decide);
        scene.ThenRefused(RefusalStatus.TicketUsed);
        Assert.Equal((scene.Now, "jim"), (scene.Refusal!.At, scene.Refusal.Subject));
        Assert.Null(scene.When(Scene.Jim, new UndoCheckIn(new TicketClaim(1, 1), "ticket-1"), Decider.Decide)!.CheckedInAt);
        scene.When(Scene.Jim, new UndoCheckIn(new TicketClaim(1, 1), "ticket-1"), Decider.Decide);
        scene.ThenRefused(RefusalStatus.TicketNotUsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("a@b@c")]
    [InlineData("a\r\nBcc: x@example.com")]
    [InlineData("\"a\"@example.com")]
    public void Invite_OfAnImplausibleAddress_IsInvalid(string email)
    {
        var scene = Scene.WithEvent();
        Invite(scene, Scene.Owner, email, "1/5");
        scene.ThenRefused(RefusalStatus.Invalid);
    }

    private static InvitationView? Invite(Scene scene, Requester by, string email, string seat) =>
        scene.When(by, new InviteGuest(new GuestInvitation(email, PlaceWish.Named(seat), true)), Decider.Decide);
}
