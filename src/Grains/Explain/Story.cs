using Seats.Grains.Abstractions;
using Seats.Grains.Seating;

namespace Seats.Grains.Explain;

/// <summary>Whether a fact belongs to the history of a place or of an invitation, seen from the state before it.</summary>
internal static class Story
{
    public static bool About(EventState before, Fact fact, int? place, int? invitation) =>
        place is { } position ? AboutPlace(before, fact, position) : AboutInvitation(before, fact, invitation!.Value);

    private static bool AboutPlace(EventState before, Fact fact, int place) => fact switch
    {
        SeatsHeld held => held.Places.Contains(place),
        SeatsReleased released => released.Places.Contains(place),
        HoldsExpired expired => expired.Holds.Any(number => HeldBy(before, number, place)),
        HoldChanged changed => changed.Places.Contains(place) != HeldBy(before, changed.Hold, place),
        HoldExtended extended => HeldBy(before, extended.Hold, place),
        InvitationMade made => made.Places.Contains(place),
        InvitationConfirmed confirmed => HasPlace(before, confirmed.Invitation, place),
        InvitationCancelled cancelled => HasPlace(before, cancelled.Invitation, place),
        InvitationDeclined declined => HasPlace(before, declined.Invitation, place),
        InvitationExpired expired => HasPlace(before, expired.Invitation, place),
        PlacesOffered offered => offered.Places.Contains(place),
        WaitlistPromoted promoted => promoted.Places.Contains(place),
        SeatsBlocked blocked => blocked.Places.Contains(place),
        SeatsUnblocked unblocked => unblocked.Places.Contains(place),
        TicketCheckedIn checkedIn => HasPlace(before, checkedIn.Invitation, place),
        CheckInUndone undone => HasPlace(before, undone.Invitation, place),
        EventCreated or SeatingChanged or EventPaused or EventResumed or EventCancelled => true,
        _ => false,
    };

    private static bool AboutInvitation(EventState before, Fact fact, int number) => fact switch
    {
        InvitationMade made => made.Invitation == number,
        WaitlistJoined joined => joined.Invitation == number,
        InvitationConfirmed confirmed => confirmed.Invitation == number,
        InvitationCancelled cancelled => cancelled.Invitation == number,
        InvitationDeclined declined => declined.Invitation == number,
        InvitationExpired expired => expired.Invitation == number,
        PlacesOffered offered => offered.Invitation == number || offered.Overtaken?.Contains(number) == true,
        WaitlistPromoted promoted => promoted.Invitation == number || promoted.Overtaken?.Contains(number) == true,
        OfferClockStarted started => started.Invitation == number,
        TicketCheckedIn checkedIn => checkedIn.Invitation == number,
        CheckInUndone undone => undone.Invitation == number,
        EventCancelled cancelled => cancelled.Invitations.Contains(number),
        ReminderDue { Missed: null } => before.FindInvitation(number) is { Status: InvitationStatus.Confirmed },
        EventPaused or EventResumed => before.FindInvitation(number) is { IsLive: true },
        EventChanged { Moved: true } => before.FindInvitation(number) is { IsLive: true },
        _ => false,
    };

    private static bool HeldBy(EventState before, int hold, int place) => before.FindHold(hold)?.Places.Contains(place) == true;

    private static bool HasPlace(EventState before, int number, int place) =>
        before.FindInvitation(number)?.Places.Contains(place) == true;
}
