using Orleans.Concurrency;
using Seats.Core;
using Seats.Grains.Abstractions;
using Seats.Grains.Journal;

namespace Seats.Grains;

/// <summary>Lists over all events; reads the indexes on whichever silo is asked.</summary>
/// <remarks>
/// Reentrant, because it has no state that calls could disturb: otherwise each activation, one a processor, would let all calls wait for
/// the one that reads. What then bounds the reads is <see cref="ReadLimit"/>.
/// </remarks>
[StatelessWorker, Reentrant]
public sealed class DirectoryGrain(IJournal journal, IEventDirectory directory, ReadLimit reads, TimeProvider time) : Grain, IDirectoryGrain
{
    /// <inheritdoc/>
    public Task<long> AllocateEventId(Guid commandId) =>
        Try(() => journal.AllocateEventIdAsync(commandId, unguessable: false, CancellationToken.None));

    /// <inheritdoc/>
    public Task<long> AllocateUnguessableEventId(Guid commandId) =>
        Try(() => journal.AllocateEventIdAsync(commandId, unguessable: true, CancellationToken.None));

    /// <summary>Does not wait behind lists: each API node asks once at a time, for all who wait there.</summary>
    public async Task<long[]> FindExisting(long[] eventIds) =>
        [.. await Try(() => directory.FindExistingAsync(eventIds, CancellationToken.None))];

    /// <inheritdoc/>
    public Task<long> BindKey(Guid commandId, long eventId) => Try(() => journal.BindKeyAsync(commandId, eventId, CancellationToken.None));

    /// <inheritdoc/>
    public Task<PlannedEvents> CountPlanned(string owner) =>
        Try(() => reads.RunAsync(() => directory.CountPlannedAsync(owner, time.GetUtcNow(), CancellationToken.None)));

    /// <inheritdoc/>
    public async Task<EventIdPage> ListEvents(Requester by, EventQuery query)
    {
        var after = query.Cursor is null ? null : Cursors.ReadEvent(query.Cursor);
        var filter = new EventFilter(
            query.Query, query.From, query.Until, query.State is { } state ? Cursors.UpperSnake(state.ToString()) : null,
            by.IsKnown ? by.Id : null, by.IsAdmin, time.GetUtcNow(), after, query.Limit + 1);
        var found = await Try(() => reads.RunAsync(() => directory.ListEventsAsync(filter, CancellationToken.None)));
        var next = found.Count > query.Limit ? Cursors.Write(found[query.Limit - 1]) : null;
        return new EventIdPage([.. found.Take(query.Limit).Select(listing => listing.EventId)], next);
    }

    /// <inheritdoc/>
    public Task<InvitationIdPage> ListMyInvitations(Requester by, string? cursor, int limit) =>
        List(by.Id, by.Email.Length == 0 ? null : by.Email, cursor, limit);

    /// <inheritdoc/>
    public Task<InvitationIdPage> ListInvitationsByEmail(string email, string? cursor, int limit) => List(null, email, cursor, limit);

    private async Task<InvitationIdPage> List(string? personId, string? email, string? cursor, int limit)
    {
        var after = cursor is null ? null : Cursors.ReadInvitation(cursor);
        var filter = new InvitationFilter(personId, email, after, limit + 1);
        var found = await Try(() => reads.RunAsync(() => directory.ListInvitationsAsync(filter, CancellationToken.None)));
        var next = found.Count > limit ? Cursors.Write(found[limit - 1]) : null;
        return new InvitationIdPage([.. found.Take(limit).Select(listing => new InvitationId(listing.EventId, listing.Number))], next);
    }

    private static async Task<T> Try<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (JournalUnavailableException away)
        {
            throw new EventUnavailableException(away.Message, away.NotApplied);
        }
    }
}
