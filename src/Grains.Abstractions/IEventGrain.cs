using Orleans.Concurrency;
using Seats.Core;
using Seats.Core.History;

namespace Seats.Grains.Abstractions;

/// <summary>One event: owns its capacity, holds, invitations and line, and decides one command at a time. The key is the event id.</summary>
/// <remarks>
/// Every answer rests on durable facts only. A call fails with <see cref="EventUnavailableException"/> when the journal is away or another
/// activation took over; the same command id may be sent again.
/// </remarks>
[Alias("event")]
public interface IEventGrain : IGrainWithIntegerKey
{
    /// <summary>Creates the event; the caller owns it.</summary>
    [AlwaysInterleave, Alias("create")] Task<Reply<EventView>> Create(CommandStamp stamp, EventSettings settings);

    /// <summary>Changes what is present in <paramref name="settings"/>, only at <paramref name="ifVersion"/> when given.</summary>
    [AlwaysInterleave, Alias("change")] Task<Reply<EventView>> Change(CommandStamp stamp, EventSettings settings, long? ifVersion);

    /// <summary>Cancels the event and ends its holds and invitations.</summary>
    [AlwaysInterleave, Alias("cancel")] Task<Reply<EventView>> Cancel(CommandStamp stamp, string? reason, long? ifVersion);

    /// <summary>Stops sales and freezes the clocks of holds and offers.</summary>
    [AlwaysInterleave, Alias("pause")] Task<Reply<EventView>> Pause(CommandStamp stamp);

    /// <summary>Resumes sales and gives the time of the pause back.</summary>
    [AlwaysInterleave, Alias("resume")] Task<Reply<EventView>> Resume(CommandStamp stamp);

    /// <summary>Takes free places off sale.</summary>
    [AlwaysInterleave, Alias("block")] Task<Reply<BlockedPlaces>> Block(CommandStamp stamp, IReadOnlyList<string> seats, string? reason);

    /// <summary>Puts blocked places on sale again; the line comes first.</summary>
    [AlwaysInterleave, Alias("unblock")] Task<Reply<BlockedPlaces>> Unblock(CommandStamp stamp, IReadOnlyList<string> seats, string? reason);

    /// <summary>Locks places for the caller, all or nothing.</summary>
    [AlwaysInterleave, Alias("hold")] Task<Reply<HoldView>> Hold(CommandStamp stamp, PlaceWish wish);

    /// <summary>Makes <paramref name="seats"/> the places of a hold, all or nothing.</summary>
    [AlwaysInterleave, Alias("swap")] Task<Reply<HoldView>> ChangeHold(CommandStamp stamp, int hold, IReadOnlyList<string> seats);

    /// <summary>Gives a hold its full time again, up to its hard cap.</summary>
    [AlwaysInterleave, Alias("extend")] Task<Reply<HoldView>> ExtendHold(CommandStamp stamp, int hold);

    /// <summary>Releases one hold or all of the caller's, or only some seats of them.</summary>
    [AlwaysInterleave, Alias("release")] Task<Reply<ReleasedPlaces>> Release(CommandStamp stamp, int? hold, IReadOnlyList<string>? seats);

    /// <summary>Registers the caller: from a hold, for named seats, or for any place.</summary>
    [AlwaysInterleave, Alias("register")] Task<Reply<InvitationView>> Register(CommandStamp stamp, Registration registration);

    /// <summary>An organiser invites somebody by e-mail, with or without seats.</summary>
    [AlwaysInterleave, Alias("invite")] Task<Reply<InvitationView>> Invite(CommandStamp stamp, GuestInvitation invitation);

    /// <summary>Confirms a pending invitation.</summary>
    [AlwaysInterleave, Alias("confirm")] Task<Reply<InvitationView>> Confirm(CommandStamp stamp, int invitation);

    /// <summary>Cancels a live invitation, whatever its status.</summary>
    [AlwaysInterleave, Alias("cancel-invitation")] Task<Reply<InvitationView>> CancelInvitation(CommandStamp stamp, int invitation, string? reason);

    /// <summary>Declines a pending invitation.</summary>
    [AlwaysInterleave, Alias("decline")] Task<Reply<InvitationView>> Decline(CommandStamp stamp, int invitation);

    /// <summary>Answers an invitation for whoever holds its link, signed in or not.</summary>
    /// <param name="token">What the link ends with (<see cref="InvitationToken"/>).</param>
    [AlwaysInterleave, Alias("answer-by-link")]
    Task<Reply<InvitationView>> AnswerByLink(CommandStamp stamp, string token, LinkAnswer answer);

    /// <summary>Stands in line for places.</summary>
    [AlwaysInterleave, Alias("join")] Task<Reply<InvitationView>> Join(CommandStamp stamp, WaitlistWish wish);

    /// <summary>Confirms the offer made to the caller.</summary>
    [AlwaysInterleave, Alias("confirm-offer")] Task<Reply<InvitationView>> ConfirmOffer(CommandStamp stamp);

    /// <summary>Leaves the line, or gives an offer back.</summary>
    [AlwaysInterleave, Alias("leave")] Task<Reply<InvitationView>> Leave(CommandStamp stamp);

    /// <summary>Accepts a ticket at the door, once.</summary>
    [AlwaysInterleave, Alias("check-in")] Task<Reply<CheckInView>> CheckIn(CommandStamp stamp, string ticketCode);

    /// <summary>Takes a check-in back.</summary>
    [AlwaysInterleave, Alias("undo-check-in")] Task<Reply<CheckInView>> UndoCheckIn(CommandStamp stamp, string ticketCode);

    /// <summary>The mail about an offer was accepted by the mail server, or failed for good: starts the offer's clock, or moves the offer on.</summary>
    [AlwaysInterleave, Alias("offer-mailed")] Task<Reply<InvitationView>> OfferMailed(CommandStamp stamp, int invitation, bool accepted, string? reason);

    /// <summary>The event.</summary>
    [AlwaysInterleave, Alias("get")] Task<Reply<EventView>> Get(Requester by);

    /// <summary>The caller's live holds, those made after hold number <paramref name="after"/>.</summary>
    [AlwaysInterleave, Alias("holds")] Task<Reply<HoldPage>> ListHolds(Requester by, int after, int limit);

    /// <summary>One live hold, to its person and to organisers.</summary>
    [AlwaysInterleave, Alias("get-hold")] Task<Reply<HoldView>> GetHold(Requester by, int hold);

    /// <summary>One invitation, to its person and to organisers.</summary>
    [AlwaysInterleave, Alias("invitation")] Task<Reply<InvitationView>> GetInvitation(Requester by, int invitation);

    /// <summary>One invitation and its event, to whoever holds its link.</summary>
    [AlwaysInterleave, Alias("invitation-by-link")] Task<Reply<LinkedInvitation>> GetByLink(string token);

    /// <summary>Some invitations by number; those the caller may not see are left out.</summary>
    [AlwaysInterleave, Alias("invitations")] Task<Reply<InvitationPage>> GetInvitations(Requester by, IReadOnlyList<int> numbers);

    /// <summary>The guest list by number, for organisers.</summary>
    [AlwaysInterleave, Alias("guest-list")] Task<Reply<InvitationPage>> ListInvitations(Requester by, InvitationStatus? status, int after, int limit);

    /// <summary>The line in order, for organisers; <paramref name="after"/> is an invitation number.</summary>
    [AlwaysInterleave, Alias("line")] Task<Reply<InvitationPage>> ListWaitlist(Requester by, int after, int limit);

    /// <summary>The caller's live entry in line, or the offer it became.</summary>
    [AlwaysInterleave, Alias("my-entry")] Task<Reply<InvitationView>> GetWaitlistEntry(Requester by);

    /// <summary>The history of a place or an invitation in words.</summary>
    /// <param name="locale">en or fr.</param>
    [AlwaysInterleave, Alias("explain")] Task<Reply<Explanation>> Explain(Requester by, string? place, int? invitation, string locale);

    /// <summary>Watches the map: answers the committed map, and sends deltas until <see cref="Unwatch"/> or one minute without renewal.</summary>
    [AlwaysInterleave, Alias("watch")] Task<SeatMap?> Watch(IEventObserver observer);

    /// <summary>Renews a watch; answers the committed version and epoch, so that a gap shows.</summary>
    [AlwaysInterleave, Alias("renew")] Task<MapDelta?> Renew(IEventObserver observer);

    /// <summary>Ends a watch.</summary>
    [AlwaysInterleave, Alias("unwatch")] Task Unwatch(IEventObserver observer);
}

/// <summary>An API node that keeps a copy of an event's committed map.</summary>
public interface IEventObserver : IGrainObserver
{
    /// <summary>One call in flight at a time; changes made meanwhile come together in the next.</summary>
    Task OnChanged(MapDelta delta);
}
