using System.Text;
using System.Text.Json.Serialization;
using Seats.Spelling;

namespace Seats.Core;

/// <summary>Something that happened to an event. A storage schema: members are added, never renamed; a new meaning gets a new name.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(EventCreated), nameof(EventCreated))]
[JsonDerivedType(typeof(EventChanged), nameof(EventChanged))]
[JsonDerivedType(typeof(ChangesAnnounced), nameof(ChangesAnnounced))]
[JsonDerivedType(typeof(SeatingChanged), nameof(SeatingChanged))]
[JsonDerivedType(typeof(EventPaused), nameof(EventPaused))]
[JsonDerivedType(typeof(EventResumed), nameof(EventResumed))]
[JsonDerivedType(typeof(EventCancelled), nameof(EventCancelled))]
[JsonDerivedType(typeof(EventEnded), nameof(EventEnded))]
[JsonDerivedType(typeof(SeatsBlocked), nameof(SeatsBlocked))]
[JsonDerivedType(typeof(SeatsUnblocked), nameof(SeatsUnblocked))]
[JsonDerivedType(typeof(SeatsHeld), nameof(SeatsHeld))]
[JsonDerivedType(typeof(HoldChanged), nameof(HoldChanged))]
[JsonDerivedType(typeof(HoldExtended), nameof(HoldExtended))]
[JsonDerivedType(typeof(SeatsReleased), nameof(SeatsReleased))]
[JsonDerivedType(typeof(HoldsExpired), nameof(HoldsExpired))]
[JsonDerivedType(typeof(InvitationMade), nameof(InvitationMade))]
[JsonDerivedType(typeof(InvitationConfirmed), nameof(InvitationConfirmed))]
[JsonDerivedType(typeof(InvitationCancelled), nameof(InvitationCancelled))]
[JsonDerivedType(typeof(InvitationDeclined), nameof(InvitationDeclined))]
[JsonDerivedType(typeof(InvitationExpired), nameof(InvitationExpired))]
[JsonDerivedType(typeof(WaitlistJoined), nameof(WaitlistJoined))]
[JsonDerivedType(typeof(PlacesOffered), nameof(PlacesOffered))]
[JsonDerivedType(typeof(WaitlistPromoted), nameof(WaitlistPromoted))]
[JsonDerivedType(typeof(OfferClockStarted), nameof(OfferClockStarted))]
[JsonDerivedType(typeof(PlacesKept), nameof(PlacesKept))]
[JsonDerivedType(typeof(KeepingEnded), nameof(KeepingEnded))]
[JsonDerivedType(typeof(WaitlistEntriesEnded), nameof(WaitlistEntriesEnded))]
[JsonDerivedType(typeof(OffersEnded), nameof(OffersEnded))]
[JsonDerivedType(typeof(TicketCheckedIn), nameof(TicketCheckedIn))]
[JsonDerivedType(typeof(CheckInUndone), nameof(CheckInUndone))]
[JsonDerivedType(typeof(ReminderDue), nameof(ReminderDue))]
public abstract record Fact;

/// <summary>A person as facts name them: by id where it is known, always with the address they are told at.</summary>
/// <param name="Id">Null while an invited address has no person yet.</param>
/// <param name="Locale">The language they are written to in, <c>en</c> or <c>fr</c>; null where nobody knows.</param>
/// <param name="Unverified">True where the issuer did not verify the address: it is written to, and no ground to be taken for somebody who was invited.</param>
public sealed record Person(string? Id, string Email, string? Locale = null, bool? Unverified = null)
{
    /// <summary>In the form that addresses are compared in; facts of an earlier program have domains in their own letters.</summary>
    public string Email { get; init; } = Ascii.IsValid(Email) ? Email : EmailAddress.Canonical(Email) ?? Email;
}
