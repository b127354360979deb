namespace Seats.Core;

/// <summary>Where a person's claim stands.</summary>
public enum InvitationStatus
{
    /// <summary>The places are theirs until a deadline.</summary>
    Pending,
    Confirmed,
    Cancelled,

    /// <summary>In line.</summary>
    Waitlist,
    Declined,
    Expired,
}

/// <summary>How a claim began.</summary>
public enum InvitationOrigin
{
    /// <summary>The person registered.</summary>
    Registration,

    /// <summary>An organiser invited them.</summary>
    Invitation,

    /// <summary>The person stood in line.</summary>
    Waitlist,
}

/// <summary>A person's claim on places.</summary>
/// <param name="Position">From 1, while in line.</param>
/// <param name="RespondBy">While pending: when the places go to somebody else; null where nobody can say yet.</param>
[GenerateSerializer, Immutable, Alias("invitation-view")]
public sealed record InvitationView(
    long EventId,
    int Number,
    long Version,
    InvitationStatus Status,
    InvitationOrigin Origin,
    string? PersonId,
    string Email,
    int Places,
    IReadOnlyList<string> Seats,
    DateTimeOffset? RespondBy,
    int? Position,
    string? TicketCode,
    DateTimeOffset CreatedAt,
    DateTimeOffset? CheckedInAt)
{
    /// <summary>The mail about the offer is on its way: the time to answer begins with it, and <see cref="RespondBy"/> moves then.</summary>
    [Id(0)] public bool AwaitsMail { get; init; }
}

/// <summary>A page of an event's invitations.</summary>
/// <param name="Next">Continue after this number; null on the last page.</param>
[GenerateSerializer, Immutable, Alias("invitation-page")]
public sealed record InvitationPage(IReadOnlyList<InvitationView> Items, int? Next);

/// <summary>A ticket at the door.</summary>
[GenerateSerializer, Immutable, Alias("check-in-view")]
public sealed record CheckInView(InvitationView Invitation, DateTimeOffset? CheckedInAt, string? By);
