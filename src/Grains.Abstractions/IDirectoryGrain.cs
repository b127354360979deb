using Seats.Core;

namespace Seats.Grains.Abstractions;

/// <summary>Lists over all events, read from the indexes that the journal keeps. Stateless; every key is the same.</summary>
[Alias("directory")]
public interface IDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>Hands out the id of an event to be created; the same command id gets the same event id.</summary>
    [Alias("allocate")] Task<long> AllocateEventId(Guid commandId);

    /// <summary>As above, with an id that nobody finds by counting: the link of an unlisted event.</summary>
    [Alias("allocate-unguessable")] Task<long> AllocateUnguessableEventId(Guid commandId);

    /// <summary>Binds a keyed command whose body names its event to that event; returns the event it was bound to first.</summary>
    [Alias("bind")] Task<long> BindKey(Guid commandId, long eventId);

    /// <summary>
    /// Those of the ids whose events exist: the question that is asked before an event is called, so that made-up ids cost no activation.
    /// </summary>
    [Alias("existing")] Task<long[]> FindExisting(long[] eventIds);

    /// <summary>What a person owns that is still to come.</summary>
    [Alias("planned")] Task<PlannedEvents> CountPlanned(string owner);

    /// <summary>Events that <paramref name="by"/> may see, soonest first.</summary>
    [Alias("events")] Task<EventIdPage> ListEvents(Requester by, EventQuery query);

    /// <summary>Invitations of the caller.</summary>
    [Alias("mine")] Task<InvitationIdPage> ListMyInvitations(Requester by, string? cursor, int limit);

    /// <summary>Invitations sent to an e-mail address, whoever claimed them.</summary>
    [Alias("by-email")] Task<InvitationIdPage> ListInvitationsByEmail(string email, string? cursor, int limit);
}

/// <summary>What to list.</summary>
/// <param name="Query">Words in title or location.</param>
/// <param name="Cursor">Where the last page ended; <see cref="FormatException"/> when malformed.</param>
[GenerateSerializer, Immutable, Alias("event-query")]
public sealed record EventQuery(string? Query, DateTimeOffset? From, DateTimeOffset? Until, EventStatus? State, string? Cursor, int Limit);

/// <summary>Events that somebody owns and that are neither over nor cancelled, and their places together.</summary>
[GenerateSerializer, Immutable, Alias("planned-events")]
public sealed record PlannedEvents(long Events, long Places);

/// <summary>A page of event ids.</summary>
[GenerateSerializer, Immutable, Alias("event-id-page")]
public sealed record EventIdPage(IReadOnlyList<long> Ids, string? Next);

/// <summary>A page of invitation ids.</summary>
[GenerateSerializer, Immutable, Alias("invitation-id-page")]
public sealed record InvitationIdPage(IReadOnlyList<InvitationId> Ids, string? Next);
