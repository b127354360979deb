using Seats.Grains.Abstractions;

namespace Seats.Grains.Seating;

public static partial class Decider
{
    private static readonly Answer<InvitationView> InvitationAnswer = Views.Invitation;

    /// <summary>Registers the caller: from a hold, for named seats, or for any place.</summary>
    public static Decision<InvitationView> Decide(EventState state, Requester by, Register command, DateTimeOffset now)
    {
        var registration = command.Registration;
        if (ClosedToSales(state, by, now) is { } closed) return closed;
        if (registration.Hold is { } number) return FromHold(state, by, number, registration.Confirm);
        var until = state.Clock.At(now) + state.Rules.HoldTime;
        return Claim(state, by, ToGuest(by), InvitationOrigin.Registration, registration.Wish!, until, registration.OrWait, registration.Confirm);
    }

    /// <summary>Invites somebody by e-mail; organisers alone.</summary>
    public static Decision<InvitationView> Decide(EventState state, Requester by, InviteGuest command, DateTimeOffset now)
    {
        if (!state.Exists || !by.IsKnown) return RefusalStatus.NotFound;
        if (!state.IsOrganiser(by)) return RefusalStatus.InvitationNotOrganiser;
        if (Closed(state, by, now) is { } closed) return closed;
        var email = command.Invitation.Email;
        if (!EmailAddress.IsPlausible(email)) return Invalid("userEmail", Rules.Characters);
        var guest = state.People.Find(null, email)?.ToPerson() ?? new Person(null, email);
        var until = state.Clock.At(now) + state.Rules.RespondTime;
        return Claim(state, by, guest, InvitationOrigin.Invitation, command.Invitation.Wish, until, command.Invitation.OrWait, false);
    }

    /// <summary>Confirms a pending invitation; again is the same.</summary>
    public static Decision<InvitationView> Decide(EventState state, Requester by, ConfirmInvitation command, DateTimeOffset now)
    {
        if (FindInvitation(state, by, command.Invitation, out var invitation) is { } missing) return missing;
        return Confirm(state, by, invitation, now);
    }

    /// <summary>Cancels a live invitation, whatever its status; again is the same.</summary>
    public static Decision<InvitationView> Decide(EventState state, Requester by, CancelInvitation command, DateTimeOffset now)
    {
        if (FindInvitation(state, by, command.Invitation, out var invitation) is { } missing) return missing;
        if (invitation.Status == InvitationStatus.Cancelled) return Unchanged(invitation);
        if (!invitation.IsLive) return Refusals.For(invitation);
        if (Closed(state, by, now) is { } closed) return closed;
        if (IsTooLong(command.Reason, Limits.ReasonCharsAtMost)) return Invalid("reason", Rules.Length, 0, Limits.ReasonCharsAtMost);
        return Changed(invitation, new InvitationCancelled(invitation.Number, by.Id, command.Reason));
    }

    /// <summary>Declines a pending invitation; again is the same.</summary>
    public static Decision<InvitationView> Decide(EventState state, Requester by, DeclineInvitation command, DateTimeOffset now)
    {
        if (FindInvitation(state, by, command.Invitation, out var invitation) is { } missing) return missing;
        if (invitation.Status == InvitationStatus.Declined) return Unchanged(invitation);
        if (invitation.Status != InvitationStatus.Pending) return Refusals.For(invitation);
        if (Closed(state, by, now) is { } closed) return closed;
        return Changed(invitation, new InvitationDeclined(invitation.Number, by.Id));
    }

    private static Decision<InvitationView> Confirm(EventState state, Requester by, Invitation invitation, DateTimeOffset now)
    {
        if (invitation.Status == InvitationStatus.Confirmed) return Unchanged(invitation);
        if (invitation.Status != InvitationStatus.Pending) return Refusals.For(invitation);
        if (Closed(state, by, now) is { } closed) return closed;
        if (state.StateAt(now) == Abstractions.EventState.Paused) return RefusalStatus.EventPaused;
        var who = invitation.Who.ToPerson();
        if (Views.IsTheirs(invitation, by)) who = who with { Id = by.Id, Email = who.Id is null ? by.Email : who.Email, Locale = by.Locale };
        return Changed(invitation, new InvitationConfirmed(invitation.Number, who, null));
    }

    private static Decision<InvitationView> FromHold(EventState state, Requester by, int number, bool confirm)
    {
        if (FindHold(state, by, number, out var hold) is { } missing) return missing;
        if (hold.Who.Id != by.Id) return RefusalStatus.NotFound;
        var made = new InvitationMade(state.LastInvitation + 1, hold.Who.ToPerson() with { Locale = by.Locale }, InvitationOrigin.Registration, hold.Places, number, hold.Until, by.Id);
        return Made(made, confirm);
    }

    private static Decision<InvitationView> Claim(
        EventState state, Requester by, Person who, InvitationOrigin origin, PlaceWish wish, DateTimeOffset until, bool orWait, bool confirm)
    {
        if (Choice.Malformed(state, wish) is { } malformed) return malformed;
        if (UnknownSeat(state, wish) is { } unknown) return unknown;
        if (state.LastInvitation >= Limits.InvitationsAtMost)
            return new Refusal(RefusalStatus.LimitEvent) { Limit = Limits.InvitationsAtMost };
        var person = state.People.Find(who.Id, who.Email);
        if (OverLimit(state, person, wish.Seats?.Count ?? wish.Places) is { } tooMany) return tooMany;
        var choice = Choice.Of(state, wish);
        if (choice.Refusal is null)
            return Made(new InvitationMade(state.LastInvitation + 1, who, origin, choice.Places, null, until, by.Id), confirm);
        var mayWait = wish.Seats is null && orWait && state.Rules.WaitlistEnabled
            && choice.Refusal.Status is RefusalStatus.EventFull or RefusalStatus.EventHasLine;
        return mayWait ? Wait(state, by, who, origin, wish, person) : choice.Refusal;
    }

    private static Decision<InvitationView> Made(InvitationMade made, bool confirm) => new(
        confirm ? [made, new InvitationConfirmed(made.Invitation, made.Who, null)] : [made],
        null, InvitationAnswer, made.Invitation, true);

    private static Decision<InvitationView> Changed(Invitation invitation, Fact fact) => new([fact], null, InvitationAnswer, invitation.Number, false);

    private static Decision<InvitationView> Unchanged(Invitation invitation) => new([], null, InvitationAnswer, invitation.Number, false);

    private static Refusal? FindInvitation(EventState state, Requester by, int number, out Invitation invitation)
    {
        invitation = state.FindInvitation(number)!;
        return invitation is not null && (Views.IsTheirs(invitation, by) || state.IsOrganiser(by)) ? null : new Refusal(RefusalStatus.NotFound);
    }
}
