using Seats.Core;
using Seats.Grains.Abstractions;

namespace Seats.Grains;

public sealed partial class EventGrain
{
    /// <inheritdoc/>
    public Task<Reply<EventView>> Create(CommandStamp stamp, EventSettings settings) => Submit(stamp, new CreateEvent(settings), Decider.Decide);

    /// <inheritdoc/>
    public Task<Reply<EventView>> Change(CommandStamp stamp, EventSettings settings, long? ifVersion) =>
        Submit(stamp, new ChangeEvent(settings, ifVersion), Decider.Decide);

    /// <inheritdoc/>
    public Task<Reply<EventView>> Cancel(CommandStamp stamp, string? reason, long? ifVersion) =>
        Submit(stamp, new CancelEvent(reason, ifVersion), Decider.Decide);

    /// <inheritdoc/>
    public Task<Reply<EventView>> Pause(CommandStamp stamp) => Submit(stamp, new PauseEvent(), Decider.Decide);

    /// <inheritdoc/>
    public Task<Reply<EventView>> Resume(CommandStamp stamp) => Submit(stamp, new ResumeEvent(), Decider.Decide);

    /// <inheritdoc/>
    public Task<Reply<BlockedPlaces>> Block(CommandStamp stamp, IReadOnlyList<string> seats, string? reason) =>
        Submit(stamp, new BlockSeats(seats, reason), Decider.Decide);

    /// <inheritdoc/>
    public Task<Reply<BlockedPlaces>> Unblock(CommandStamp stamp, IReadOnlyList<string> seats, string? reason) =>
        Submit(stamp, new UnblockSeats(seats, reason), Decider.Decide);

    /// <inheritdoc/>
    public Task<Reply<HoldView>> Hold(CommandStamp stamp, PlaceWish wish) => Submit(stamp, new HoldSeats(wish), Decider.Decide);

    /// <inheritdoc/>
    public Task<Reply<HoldView>> ChangeHold(CommandStamp stamp, int hold, IReadOnlyList<string> seats) =>
        Submit(stamp, new ChangeHold(hold, seats), Decider.Decide);

    /// <inheritdoc/>
    public Task<Reply<HoldView>> ExtendHold(CommandStamp stamp, int hold) => Submit(stamp, new ExtendHold(hold), Decider.Decide);

    /// <inheritdoc/>
    public Task<Reply<ReleasedPlaces>> Release(CommandStamp stamp, int? hold, IReadOnlyList<string>? seats) =>
        Submit(stamp, new ReleaseSeats(hold, seats), Decider.Decide);

    /// <inheritdoc/>
    public Task<Reply<InvitationView>> Register(CommandStamp stamp, Registration registration) =>
        Submit(stamp, new Register(registration), Decider.Decide);

    /// <inheritdoc/>
    public Task<Reply<InvitationView>> Invite(CommandStamp stamp, GuestInvitation invitation) =>
        Submit(stamp, new InviteGuest(invitation), Decider.Decide);

    /// <inheritdoc/>
    public Task<Reply<InvitationView>> Confirm(CommandStamp stamp, int invitation) =>
        Submit(stamp, new ConfirmInvitation(invitation), Decider.Decide);

    /// <inheritdoc/>
    public Task<Reply<InvitationView>> CancelInvitation(CommandStamp stamp, int invitation, string? reason) =>
        Submit(stamp, new CancelInvitation(invitation, reason), Decider.Decide);

    /// <inheritdoc/>
    public Task<Reply<InvitationView>> Decline(CommandStamp stamp, int invitation) =>
        Submit(stamp, new DeclineInvitation(invitation), Decider.Decide);

    /// <inheritdoc/>
    public Task<Reply<InvitationView>> AnswerByLink(CommandStamp stamp, string token, LinkAnswer answer) =>
        Submit(stamp, new AnswerByLink(links.Read(token, EventId), answer), Decider.Decide);

    /// <inheritdoc/>
    public Task<Reply<InvitationView>> Join(CommandStamp stamp, WaitlistWish wish) => Submit(stamp, new JoinWaitlist(wish), Decider.Decide);

    /// <inheritdoc/>
    public Task<Reply<InvitationView>> ConfirmOffer(CommandStamp stamp) => Submit(stamp, new ConfirmOffer(), Decider.Decide);

    /// <inheritdoc/>
    public Task<Reply<InvitationView>> Leave(CommandStamp stamp) => Submit(stamp, new LeaveWaitlist(), Decider.Decide);

    /// <inheritdoc/>
    public Task<Reply<CheckInView>> CheckIn(CommandStamp stamp, string ticketCode) =>
        Submit(stamp, new CheckInTicket(ClaimOf(ticketCode), ticketCode), Decider.Decide);

    /// <inheritdoc/>
    public Task<Reply<CheckInView>> UndoCheckIn(CommandStamp stamp, string ticketCode) =>
        Submit(stamp, new UndoCheckIn(ClaimOf(ticketCode), ticketCode), Decider.Decide);

    /// <inheritdoc/>
    public Task<Reply<InvitationView>> OfferMailed(CommandStamp stamp, int invitation, bool accepted, string? reason) =>
        Submit(stamp, new ReportOfferMail(invitation, accepted, reason), Decider.Decide);

    private TicketClaim? ClaimOf(string ticketCode) =>
        tickets.TryRead(ticketCode, out var eventId, out var invitation) ? new TicketClaim(eventId, invitation) : null;
}
