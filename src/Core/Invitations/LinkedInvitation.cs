namespace Seats.Core;

/// <summary>What whoever holds the link of an invitation may answer.</summary>
public enum LinkAnswer
{
    /// <summary>Takes the places.</summary>
    Confirm,

    /// <summary>Does not want them.</summary>
    Decline,

    /// <summary>Gives back what was confirmed, or leaves the line.</summary>
    Cancel,
}

/// <summary>An invitation with what its person must know of the event.</summary>
/// <param name="TimeZone">IANA name: how people read the times.</param>
[GenerateSerializer, Immutable, Alias("linked-invitation")]
public sealed record LinkedInvitation(
    InvitationView Invitation, EventStatus State, string Title, string Location, DateTimeOffset StartsAt, DateTimeOffset EndsAt,
    string TimeZone);
