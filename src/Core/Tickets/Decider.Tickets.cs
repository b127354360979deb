namespace Seats.Core;

public static partial class Decider
{
    /// <summary>Accepts a ticket at the door, once.</summary>
    public static Decision<CheckInView> Decide(EventState state, Requester by, CheckInTicket command, DateTimeOffset now)
    {
        if (FindTicket(state, by, command.Ticket, command.TicketCode, out var invitation) is { } refusal) return refusal;
        if (invitation.CheckedInAt is { } before)
            return new Refusal(RefusalStatus.TicketUsed) { At = before, Subject = invitation.CheckedInBy, Name = invitation.CheckedInByName };
        return new Decision<CheckInView>([new TicketCheckedIn(invitation.Number, by.Id, by.Address.Length > 0 ? by.Address : null)], null, Views.CheckIn, invitation.Number, false);
    }

    /// <summary>Takes a check-in back.</summary>
    public static Decision<CheckInView> Decide(EventState state, Requester by, UndoCheckIn command, DateTimeOffset now)
    {
        if (FindTicket(state, by, command.Ticket, command.TicketCode, out var invitation) is { } refusal) return refusal;
        if (invitation.CheckedInAt is null) return RefusalStatus.TicketNotUsed;
        return new Decision<CheckInView>([new CheckInUndone(invitation.Number, by.Id)], null, Views.CheckIn, invitation.Number, false);
    }

    private static Refusal? FindTicket(EventState state, Requester by, TicketClaim? ticket, string code, out Invitation invitation)
    {
        invitation = null!;
        if (!state.Exists) return new Refusal(RefusalStatus.NotFound);
        if (!state.IsDoorStaff(by)) return new Refusal(RefusalStatus.Forbidden);
        if (state.IsCancelled) return new Refusal(RefusalStatus.EventCancelled);
        if (ticket is null) return new Refusal(RefusalStatus.TicketInvalid);
        if (ticket.EventId != state.Id) return new Refusal(RefusalStatus.TicketOfOtherEvent);
        if (state.FindInvitation(ticket.Invitation) is not { } found || found.Ticket != code)
            return new Refusal(RefusalStatus.TicketInvalid);
        if (found.Status != InvitationStatus.Confirmed) return new Refusal(RefusalStatus.TicketCancelled);
        invitation = found;
        return null;
    }
}
