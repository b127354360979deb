using Seats.Core;
using Seats.Grains.Abstractions;

namespace Seats.Grains.Journal;

/// <summary>Reads the indexes that the journal keeps in the same transaction as its entries.</summary>
public interface IEventDirectory
{
    /// <summary>Ids of events, soonest start first, then by id.</summary>
    Task<IReadOnlyList<EventListing>> ListEventsAsync(EventFilter filter, CancellationToken cancellationToken);

    /// <summary>Invitations of a person (by id, or unclaimed ones by e-mail) or of an e-mail address, newest event first, then by number descending.</summary>
    Task<IReadOnlyList<InvitationListing>> ListInvitationsAsync(InvitationFilter filter, CancellationToken cancellationToken);

    /// <summary>Those of the ids whose events exist, in any order. An id that is handed out and not created is none.</summary>
    Task<IReadOnlyList<long>> FindExistingAsync(IReadOnlyList<long> eventIds, CancellationToken cancellationToken);

    /// <summary>Events that a person owns and that are neither over nor cancelled at a time, and their places together.</summary>
    Task<PlannedEvents> CountPlannedAsync(string owner, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>A position in the list of events.</summary>
public sealed record EventListing(long EventId, DateTimeOffset StartsAt);

/// <summary>A position in a list of invitations.</summary>
public sealed record InvitationListing(long EventId, int Number);

/// <param name="Text">Words to find in title or location, case-insensitive; null for all.</param>
/// <param name="From">Only events that end after this.</param>
/// <param name="Until">Only events that start before this.</param>
/// <param name="State">
/// ON_SALE, NOT_ON_SALE, SALES_OVER, PAUSED, CANCELLED or OVER; null for all that are neither over nor cancelled.
/// </param>
/// <param name="Viewer">Sees public events and those they organise; null sees public ones.</param>
/// <param name="SeesAll">An administrator sees unlisted events too.</param>
/// <param name="Now">Tells which events are over, and which are on sale.</param>
/// <param name="After">Keyset: continue after this position.</param>
public sealed record EventFilter(
    string? Text,
    DateTimeOffset? From,
    DateTimeOffset? Until,
    string? State,
    string? Viewer,
    bool SeesAll,
    DateTimeOffset Now,
    EventListing? After,
    int Limit)
{
    /// <summary>Where the list begins: what is over is listed only when asked for, and what began long ago is over.</summary>
    public DateTimeOffset EarliestStart => State is null ? Now.AddDays(-Limits.EventDaysAtMost) : DateTimeOffset.UnixEpoch;
}

/// <param name="PersonId">The person, or null to ask by e-mail alone.</param>
/// <param name="Email">In lower case; with a person id only rows without a person match by e-mail.</param>
/// <param name="After">Keyset: continue after this position.</param>
public sealed record InvitationFilter(string? PersonId, string? Email, InvitationListing? After, int Limit);
