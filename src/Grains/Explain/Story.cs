using Seats.Grains.Abstractions;
using Seats.Grains.Seating;

namespace Seats.Grains.Explain;

/// <summary>Whether a fact belongs to the history of places (a seat, or the units of an area) or of an invitation, seen from the state before it.</summary>
internal static class Story
{
    public static bool About(EventState before, Fact fact, IReadOnlySet<int>? places, int? invitation) =>
        places is not null ? AboutPlaces(before, fact, places) : AboutInvitation(before, fact, invitation!.Value);

    private static bool AboutPlaces(EventState before, Fact fact, IReadOnlySet<int> places) => fact switch
    {
        SeatsHeld held => held.Places.Any(places.Contains),
        SeatsReleased released => released.Places.Any(places.Contains),
        HoldsExpired expired => expired.Holds.Any(number => HeldBy(before, number, places) > 0),
        HoldChanged changed => changed.Places.Count(places.Contains) != HeldBy(before, changed.Hold, places),
        HoldExtended extended => HeldBy(before, extended.Hold, places) > 0,
        InvitationMade made => made.Places.Any(places.Contains),
        InvitationConfirmed confirmed => HasPlace(before, confirmed.Invitation, places),
        InvitationCancelled cancelled => HasPlace(before, cancelled.Invitation, places),
        InvitationDeclined declined => HasPlace(before, declined.Invitation, places),
        InvitationExpired expired => HasPlace(before, expired.Invitation, places),
        PlacesOffered offered => offered.Places.Any(places.Contains),
        WaitlistPromoted promoted => promoted.Places.Any(places.Contains),
        SeatsBlocked blocked => blocked.Places.Any(places.Contains),
        SeatsUnblocked unblocked => unblocked.Places.Any(places.Contains),
        TicketCheckedIn checkedIn => HasPlace(before, checkedIn.Invitation, places),
        CheckInUndone undone => HasPlace(before, undone.Invitation, places),
        EventEnded ended => ended.Holds.Any(number => HeldBy(before, number, places) > 0) || ended.Invitations.Any(number => HasPlace(before, number, places)),
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
        PlacesOffered offered => offered.Invitation == number || IsOvertaken(before, number, offered.Invitation, offered.Places),
        WaitlistPromoted promoted => promoted.Invitation == number || IsOvertaken(before, number, promoted.Invitation, promoted.Places),
        OfferClockStarted started => started.Invitation == number,
        TicketCheckedIn checkedIn => checkedIn.Invitation == number,
        CheckInUndone undone => undone.Invitation == number,
        EventCancelled => before.FindInvitation(number) is { IsLive: true },
        EventEnded ended => ended.Invitations.Contains(number),
        ReminderDue { Missed: null } => before.FindInvitation(number) is { Status: InvitationStatus.Confirmed },
        EventPaused or EventResumed => before.FindInvitation(number) is { IsLive: true },
        EventChanged { Moved: true } => before.FindInvitation(number) is { IsLive: true },
        _ => false,
    };

    /// <summary>Whether an entry waits for such places and stands before the one that was served.</summary>
    private static bool IsOvertaken(EventState before, int number, int served, IReadOnlyList<int> places) =>
        number < served
        && before.FindInvitation(number) is { Status: InvitationStatus.Waitlist, Wish: { } wish }
        && wish.WantsAny(before.Places.Layout.CategoriesOf(places));

    private static int HeldBy(EventState before, int hold, IReadOnlySet<int> places) => before.FindHold(hold)?.Places.Count(places.Contains) ?? 0;

    private static bool HasPlace(EventState before, int number, IReadOnlySet<int> places) =>
        before.FindInvitation(number)?.Places.Any(places.Contains) == true;
}
