namespace Seats.Core;

public sealed record Register(Registration Registration);

public sealed record InviteGuest(GuestInvitation Invitation);

public sealed record ConfirmInvitation(int Invitation);

public sealed record CancelInvitation(int Invitation, string? Reason);

public sealed record DeclineInvitation(int Invitation);

public sealed record JoinWaitlist(WaitlistWish Wish);

public sealed record ConfirmOffer;

public sealed record LeaveWaitlist;

/// <param name="Invitation">The number the ticket code names, its signature checked; null when it is not one of ours.</param>
public sealed record CheckInTicket(TicketClaim? Ticket, string TicketCode);

/// <param name="Invitation">The number the ticket code names, its signature checked; null when it is not one of ours.</param>
public sealed record UndoCheckIn(TicketClaim? Ticket, string TicketCode);

/// <param name="Accepted">The mail server took the mail; false when it never will.</param>
public sealed record ReportOfferMail(int Invitation, bool Accepted, string? Reason);

/// <summary>What a genuine ticket code stands for.</summary>
public sealed record TicketClaim(long EventId, int Invitation);

/// <summary>Answers an invitation for whoever holds its link.</summary>
/// <param name="Invitation">Null where the link is none of the event's.</param>
public sealed record AnswerByLink(int? Invitation, LinkAnswer Answer);
