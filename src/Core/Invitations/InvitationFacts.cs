namespace Seats.Core;

/// <summary>Places are set aside for a person until a deadline.</summary>
/// <param name="Hold">The hold these places came from, which has ended with this.</param>
/// <param name="By">Person id of who made it.</param>
public sealed record InvitationMade(
    int Invitation, Person Who, InvitationOrigin Origin, IReadOnlyList<int> Places, int? Hold, DateTimeOffset Until, string By) : Fact;

/// <summary>The person takes the places.</summary>
/// <param name="Who">Who confirmed; binds an address without a person.</param>
/// <param name="Ticket">The code shown at the door.</param>
public sealed record InvitationConfirmed(int Invitation, Person Who, string? Ticket) : Fact;

/// <summary>A live invitation ended before its time; its places are free again.</summary>
public sealed record InvitationCancelled(int Invitation, string By, string? Reason) : Fact;

/// <summary>The person does not want the places.</summary>
public sealed record InvitationDeclined(int Invitation, string By) : Fact;

/// <summary>The deadline passed, or the mail about the offer could not be delivered.</summary>
public sealed record InvitationExpired(int Invitation, string? Reason) : Fact;

/// <summary>Somebody stands in line.</summary>
/// <param name="By">Person id of who put them there.</param>
/// <param name="Confirm">Places that are theirs at once need no answer; those that come later do.</param>
public sealed record WaitlistJoined(
    int Invitation, Person Who, InvitationOrigin Origin, int Places, bool Together, IReadOnlyList<string> Categories, string By, bool? Confirm = null) : Fact;

/// <summary>Freed places are kept for the person whose turn it is.</summary>
/// <param name="Overtaken">
/// Parties too large for these places that were passed over: the first of each kind of wish, and some where there are many.
/// Entries of earlier programs list them all. It is for those who read the journal: who was overtaken follows from who waits.
/// </param>
/// <param name="AwaitsMail">The clock of the offer starts when the mail server took the mail about it; <paramref name="Until"/> is what it would be were that now.</param>
public sealed record PlacesOffered(int Invitation, IReadOnlyList<int> Places, DateTimeOffset Until, IReadOnlyList<int>? Overtaken, bool? AwaitsMail = null) : Fact;

/// <summary>Freed places went to the person whose turn it was, confirmed at once.</summary>
public sealed record WaitlistPromoted(int Invitation, IReadOnlyList<int> Places, IReadOnlyList<int>? Overtaken, string? Ticket) : Fact;

/// <summary>The mail server took the mail about an offer: its time runs from now.</summary>
/// <param name="Undelivered">True where it never will, and the offer stands all the same.</param>
public sealed record OfferClockStarted(int Invitation, DateTimeOffset Until, bool? Undelivered = null) : Fact;

/// <summary>The ticket was accepted at the door.</summary>
/// <param name="Name">What people at the door call who did it: an address.</param>
public sealed record TicketCheckedIn(int Invitation, string By, string? Name = null) : Fact;

/// <summary>A check-in was taken back.</summary>
public sealed record CheckInUndone(int Invitation, string By) : Fact;
