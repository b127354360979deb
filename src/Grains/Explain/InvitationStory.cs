using Seats.Grains.Journal;
using Seats.Grains.Seating;

namespace Seats.Grains.Explain;

/// <summary>The history of an invitation.</summary>
internal sealed class InvitationStory(int number) : Story
{
    private static readonly string[] Own =
    [
        nameof(InvitationMade), nameof(WaitlistJoined), nameof(InvitationConfirmed), nameof(InvitationCancelled), nameof(InvitationDeclined),
        nameof(InvitationExpired), nameof(PlacesOffered), nameof(WaitlistPromoted), nameof(OfferClockStarted), nameof(TicketCheckedIn), nameof(CheckInUndone),
    ];

    private static readonly string[] Listing = [nameof(PlacesOffered), nameof(WaitlistPromoted), nameof(EventEnded)];

    private bool isLive;
    private bool isConfirmed;

    public override int? Invitation => number;

    protected override IEnumerable<HistoryClause> Clauses =>
    [
        HistoryClause.Of(Own, HistoryClause.Naming("invitation", [number])),
        // Those it was passed over for, and the end of the event, list it.
        HistoryClause.Of(Listing, HistoryClause.Listing([number])),
    ];

    protected override bool Follow(Fact fact) => fact switch
    {
        InvitationMade made => made.Invitation == number && Begin(),
        WaitlistJoined joined => joined.Invitation == number && Begin(),
        InvitationConfirmed confirmed => confirmed.Invitation == number && Confirm(),
        WaitlistPromoted promoted => promoted.Invitation == number ? Confirm() : promoted.Overtaken?.Contains(number) == true,
        PlacesOffered offered => offered.Invitation == number || offered.Overtaken?.Contains(number) == true,
        InvitationCancelled cancelled => cancelled.Invitation == number && End(),
        InvitationDeclined declined => declined.Invitation == number && End(),
        InvitationExpired expired => expired.Invitation == number && End(),
        EventEnded ended => ended.Invitations.Contains(number) && End(),
        EventCancelled => isLive && End(),
        OfferClockStarted started => started.Invitation == number,
        TicketCheckedIn checkedIn => checkedIn.Invitation == number,
        CheckInUndone undone => undone.Invitation == number,
        ReminderDue { Missed: null } => isConfirmed,
        EventPaused or EventResumed or EventChanged { Moved: true } => isLive,
        _ => false,
    };

    private bool Begin() => isLive = true;

    private bool Confirm() => isConfirmed = true;

    private bool End()
    {
        (isLive, isConfirmed) = (false, false);
        return true;
    }
}
