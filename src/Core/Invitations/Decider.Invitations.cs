using Seats.Spelling;

namespace Seats.Core;

public static partial class Decider
{
    private static readonly Answer<InvitationView> InvitationAnswer = Views.Invitation;

    /// <summary>Registers the caller: from a hold, for named seats, or for any place.</summary>
    public static Decision<InvitationView> Decide(EventState state, Requester by, Register command, DateTimeOffset now)
    {
        var registration = command.Registration;
        // What is held was claimed in time: a hold is good until it lapses.
        var closed = registration.Hold is null ? ClosedToSales(state, by, now) : ClosedOrPaused(state, by, now);
        if (closed is not null) return closed;
        var until = state.Clock.At(now) + state.Rules.HoldTime;
        var claim = new Claim(by, ToGuest(by), InvitationOrigin.Registration, now, until, registration.OrWait, registration.Confirm);
        return registration.Hold is { } hold ? claim.FromHold(state, hold) : claim.FromWish(state, registration.Wish!);
    }

    /// <summary>Invites somebody by e-mail; organisers alone.</summary>
    public static Decision<InvitationView> Decide(EventState state, Requester by, InviteGuest command, DateTimeOffset now)
    {
        if (!state.Exists || !by.IsKnown) return RefusalStatus.NotFound;
        if (!state.IsOrganiser(by)) return RefusalStatus.InvitationNotOrganiser;
        if (Closed(state, by, now) is { } closed) return closed;
        var invitation = command.Invitation;
        if (EmailAddress.Check(invitation.Email) is { } fault) return Invalid("userEmail", Rules.Of(fault));
        var email = EmailAddress.Canonical(invitation.Email)!;
        var guest = state.People.Find(null, email)?.ToPerson() ?? new Person(null, email);
        guest = guest with { Locale = invitation.Locale ?? guest.Locale };
        var until = state.Clock.At(now) + state.Rules.RespondTime;
        var claim = new Claim(by, guest, InvitationOrigin.Invitation, now, until, invitation.OrWait, Confirm: false);
        return invitation.Hold is { } hold ? claim.FromHold(state, hold) : claim.FromWish(state, invitation.Wish!);
    }

    /// <summary>Confirms a pending invitation; again is the same.</summary>
    public static Decision<InvitationView> Decide(EventState state, Requester by, ConfirmInvitation command, DateTimeOffset now)
    {
        if (FindInvitation(state, by, command.Invitation, out var invitation) is { } missing) return missing;
        return Confirm(state, WhoConfirms(invitation, by), invitation, now);
    }

    /// <summary>Cancels a live invitation, whatever its status; again is the same.</summary>
    public static Decision<InvitationView> Decide(EventState state, Requester by, CancelInvitation command, DateTimeOffset now)
    {
        if (FindInvitation(state, by, command.Invitation, out var invitation) is { } missing) return missing;
        if (IsTooLong(command.Reason, Limits.ReasonCharsAtMost)) return Invalid("reason", Rules.Length, 0, Limits.ReasonCharsAtMost);
        return Cancel(state, by.Id, invitation, command.Reason, now, mayCancelTicketsThatWereUsed: state.IsOrganiser(by));
    }

    /// <summary>Declines a pending invitation; again is the same.</summary>
    public static Decision<InvitationView> Decide(EventState state, Requester by, DeclineInvitation command, DateTimeOffset now)
    {
        if (FindInvitation(state, by, command.Invitation, out var invitation) is { } missing) return missing;
        return Decline(state, by.Id, invitation, now);
    }

    /// <summary>
    /// Answers for whoever holds the invitation's link. The link stands for the address it was sent to, and for that invitation alone: it
    /// makes nobody the person of the invitation.
    /// </summary>
    public static Decision<InvitationView> Decide(EventState state, Requester by, AnswerByLink command, DateTimeOffset now)
    {
        if (command.Invitation is not { } number || state.FindInvitation(number) is not { } invitation) return RefusalStatus.NotFound;
        var who = invitation.Who.ToPerson();
        return command.Answer switch
        {
            LinkAnswer.Confirm => Confirm(state, who, invitation, now),
            LinkAnswer.Decline => Decline(state, NameOf(who), invitation, now),
            LinkAnswer.Cancel => Cancel(state, NameOf(who), invitation, null, now, mayCancelTicketsThatWereUsed: false),
        };
    }

    /// <summary>What facts call somebody who did something: a person by id, else the address.</summary>
    internal static string NameOf(Person who) => who.Id ?? who.Email;

    private static Person WhoConfirms(Invitation invitation, Requester by)
    {
        var who = invitation.Who.ToPerson();
        if (!Views.IsTheirs(invitation, by)) return who;
        return who with { Id = by.Id, Email = who.Id is null ? by.Email : who.Email, Locale = by.Locale };
    }

    private static Decision<InvitationView> Confirm(EventState state, Person who, Invitation invitation, DateTimeOffset now)
    {
        var status = state.StatusAt(invitation, now);
        if (status == InvitationStatus.Confirmed) return Unchanged(invitation);
        if (status != InvitationStatus.Pending) return Refusals.For(status);
        if (ClosedOrPaused(state, now) is { } closed) return closed;
        return Changed(invitation, new InvitationConfirmed(invitation.Number, who, null));
    }

    private static Decision<InvitationView> Decline(EventState state, string by, Invitation invitation, DateTimeOffset now)
    {
        var status = state.StatusAt(invitation, now);
        if (status == InvitationStatus.Declined) return Unchanged(invitation);
        if (status != InvitationStatus.Pending) return Refusals.For(status);
        if (Closed(state, now) is { } closed) return closed;
        return Changed(invitation, new InvitationDeclined(invitation.Number, by));
    }

    private static Decision<InvitationView> Cancel(
        EventState state, string by, Invitation invitation, string? reason, DateTimeOffset now, bool mayCancelTicketsThatWereUsed)
    {
        var status = state.StatusAt(invitation, now);
        if (status == InvitationStatus.Cancelled) return Unchanged(invitation);
        if (!status.IsLive()) return Refusals.For(status);
        if (invitation.CheckedInAt is { } at && !mayCancelTicketsThatWereUsed)
            return new Refusal(RefusalStatus.TicketCheckedIn) { At = at };
        if (Closed(state, now) is { } closed) return closed;
        return Changed(invitation, new InvitationCancelled(invitation.Number, by, reason));
    }

    private static Decision<InvitationView> Changed(Invitation invitation, Fact fact) => new([fact], null, InvitationAnswer, invitation.Number, false);

    private static Decision<InvitationView> Unchanged(Invitation invitation) => new([], null, InvitationAnswer, invitation.Number, false);

    private static Refusal? FindInvitation(EventState state, Requester by, int number, out Invitation invitation)
    {
        invitation = state.FindInvitation(number)!;
        return invitation is not null && (Views.IsTheirs(invitation, by) || state.IsOrganiser(by)) ? null : new Refusal(RefusalStatus.NotFound);
    }
}
