using Seats.Grains.Abstractions;

namespace Seats.Grains.Seating;

public static partial class Decider
{
    /// <summary>Accepts a ticket at the door, once.</summary>
    public static Decision<CheckInView> Decide(EventState state, Requester by, CheckInTicket command, DateTimeOffset now)
    {
        if (FindTicket(state, by, command.Invitation, command.TicketCode, out var invitation) is { } refusal) return refusal;
        if (invitation.CheckedInAt is { } before)
            return new Refusal(RefusalStatus.TicketUsed) { At = before, Subject = invitation.CheckedInBy, Name = invitation.CheckedInByName };
        return new Decision<CheckInView>([new TicketCheckedIn(invitation.Number, by.Id, by.Address.Length > 0 ? by.Address : null)], null, Views.CheckIn, invitation.Number, false);
    }

    /// <summary>Takes a check-in back.</summary>
    public static Decision<CheckInView> Decide(EventState state, Requester by, UndoCheckIn command, DateTimeOffset now)
    {
        if (FindTicket(state, by, command.Invitation, command.TicketCode, out var invitation) is { } refusal) return refusal;
        if (invitation.CheckedInAt is null) return RefusalStatus.TicketNotUsed;
        return new Decision<CheckInView>([new CheckInUndone(invitation.Number, by.Id)], null, Views.CheckIn, invitation.Number, false);
    }

    private static Refusal? FindTicket(EventState state, Requester by, int? number, string code, out Invitation invitation)
    {
        invitation = null!;
        if (!state.Exists) return new Refusal(RefusalStatus.NotFound);
        if (!state.IsDoorStaff(by)) return new Refusal(RefusalStatus.Forbidden);
        if (state.IsCancelled) return new Refusal(RefusalStatus.EventCancelled);
        if (number is null || state.FindInvitation(number.Value) is not { Status: InvitationStatus.Confirmed } found || found.Ticket != code)
            return new Refusal(RefusalStatus.TicketInvalid);
        invitation = found;
        return null;
    }
}
