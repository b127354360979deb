namespace Seats.Core;

/// <summary>
/// The line stands still, and free places are kept for parties that more places may still make whole. A deadline is on the event's clock,
/// which stands still while sales are paused.
/// </summary>
/// <param name="Invitations">The first entry of each kind of wish that keeps places from now on.</param>
public sealed record PlacesKept(IReadOnlyList<int> Invitations, DateTimeOffset Until) : Fact;

/// <summary>The time to keep free places for a party is over. The party keeps its turn.</summary>
/// <param name="Invitations">The first entry of each kind of wish that keeps nothing any more.</param>
public sealed record KeepingEnded(IReadOnlyList<int> Invitations) : Fact;

/// <summary>Entries that the seating plan can never serve any more have ended, a portion in each fact.</summary>
public sealed record WaitlistEntriesEnded(IReadOnlyList<int> Invitations) : Fact;

/// <summary>The time of offers is over: freed places go to the line no more.</summary>
public sealed record OffersEnded : Fact;
