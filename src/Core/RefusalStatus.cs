namespace Seats.Core;

/// <summary>Why a command was refused. The HTTP code of each is in src/Api/Problems.</summary>
public enum RefusalStatus
{
    /// <summary>It is not there, or not theirs to see.</summary>
    NotFound,

    /// <summary>They see it and may not do it.</summary>
    Forbidden,

    /// <summary>Members of the request break rules.</summary>
    Invalid,

    /// <summary>A named place does not exist in this event.</summary>
    SeatsUnknown,

    /// <summary>A named place is not free.</summary>
    SeatsTaken,

    /// <summary>The choice would leave a single seat alone, and the event refuses that.</summary>
    SeatsOrphan,

    /// <summary>Enough places are free, but not side by side.</summary>
    SeatsNotTogether,

    /// <summary>A place to unblock is not blocked.</summary>
    SeatsNotBlocked,

    /// <summary>Not enough places are free.</summary>
    EventFull,

    /// <summary>Others wait in line for these places.</summary>
    EventHasLine,

    /// <summary>Nobody can stand in line: the waitlist is off.</summary>
    EventNoLine,

    /// <summary>Sales are paused.</summary>
    EventPaused,

    /// <summary>The event is cancelled.</summary>
    EventCancelled,

    /// <summary>The event is over.</summary>
    EventOver,

    /// <summary>Sales have not begun.</summary>
    EventNotOnSale,

    /// <summary>Sales are over.</summary>
    EventSalesOver,

    /// <summary>More places than one person may have.</summary>
    LimitPlaces,

    /// <summary>A bound of the event is met: invitations or entries in line.</summary>
    LimitEvent,

    /// <summary>The hold has lapsed or was released.</summary>
    HoldExpired,

    /// <summary>Only an organiser invites others.</summary>
    InvitationNotOrganiser,

    /// <summary>The invitation's deadline passed.</summary>
    InvitationExpired,

    /// <summary>The invitation was cancelled.</summary>
    InvitationCancelled,

    /// <summary>The invitation was declined.</summary>
    InvitationDeclined,

    /// <summary>The invitation waits in line: there is nothing to confirm or decline yet.</summary>
    InvitationWaiting,

    /// <summary>The invitation is confirmed: it can be cancelled, not declined.</summary>
    InvitationConfirmed,

    /// <summary>No offer stands for this person.</summary>
    WaitlistNoOffer,

    /// <summary>The event moved on since the version the caller saw.</summary>
    VersionChanged,

    /// <summary>Less capacity than places taken.</summary>
    CapacityTaken,

    /// <summary>The changed part of the plan has places taken.</summary>
    SeatingTaken,

    /// <summary>The ticket code was not issued by this event.</summary>
    TicketInvalid,

    /// <summary>The ticket code was used before.</summary>
    TicketUsed,

    /// <summary>The ticket was not checked in.</summary>
    TicketNotUsed,

    /// <summary>The same command is being decided at this moment.</summary>
    CommandInFlight,

    /// <summary>The command id was used with another body.</summary>
    CommandOtherBody,

    /// <summary>The ticket was accepted at the door: who came keeps the place.</summary>
    TicketCheckedIn,

    /// <summary>The ticket code is of another event.</summary>
    TicketOfOtherEvent,

    /// <summary>The invitation of the ticket code is not confirmed any more.</summary>
    TicketCancelled,

    /// <summary>The person abandoned holds again and again, and waits for the next one.</summary>
    LimitHoarding,

    /// <summary>The person began more invitations in this event, which ended, than one person may.</summary>
    LimitInvitations,

    /// <summary>The person owns more events that are still to come than one person may.</summary>
    LimitEvents,

    /// <summary>More places in all events of the person that are still to come than one person may plan.</summary>
    LimitPlanned,
}
