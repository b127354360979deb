using System.Runtime.CompilerServices;
using Npgsql;
using Seats.Core;
using Seats.Core.History;
using Seats.Grains.Journal;

namespace Seats.Silo.Journal;

/// <summary>The journal on Postgres: reads on connections of their own, writes through the group commit.</summary>
internal sealed class PostgresJournal(PostgresPools pools, JournalWriter writer, StoreGate gate, JournalMetrics metrics) : IJournal
{
    private const int ChunkEntries = 2_000;

    public Task<AppendOutcome> AppendAsync(Slice slice) => writer.AppendAsync(slice);

    public Task<JournalHead?> TakeOverAsync(long eventId, CancellationToken cancellationToken) => ReadAsync(async pooled =>
    {
        // Two statements: the second sees also what a slice of the activation before wrote while the first waited for it to end.
        await using var batch = new NpgsqlBatch(pooled.Connection) { Timeout = JournalLimits.CommandTimeoutSeconds };
        Add(batch, "update heads set epoch = epoch + 1 where event_id = $1 returning version, epoch", eventId);
        Add(batch, "select exists (select from replies where event_id = $1)", eventId);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;
        var (version, epoch) = (reader.GetInt64(0), reader.GetInt64(1));
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new JournalHead(version, epoch, reader.GetBoolean(0));
    }, cancellationToken);

    private static void Add(NpgsqlBatch batch, string sql, object value) =>
        batch.BatchCommands.Add(new NpgsqlBatchCommand(sql) { Parameters = { new NpgsqlParameter { Value = value } } });

    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        long eventId, long afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const string sql = """
            select version, at, command_id, body_hash, kinds, facts::text from journal where event_id = $1 and version > $2 order by version
            """;
        metrics.ReplayStarted();
        await using var pooled = await TryAsync(() => pools.Replays.OpenAsync(cancellationToken));
        await using var command = pooled.Command(sql, eventId, afterVersion);
        await using var reader = await TryReplayAsync(() => command.ExecuteReaderAsync(cancellationToken));
        var chunk = await TryReplayAsync(() => ReadChunkAsync(reader, cancellationToken));
        while (chunk.Count > 0)
        {
            metrics.Replayed(chunk.Count);
            // The next chunk is read while the caller works on this one.
            var next = TryReplayAsync(() => Task.Run(() => ReadChunkAsync(reader, cancellationToken)));
            try
            {
                foreach (var entry in chunk) yield return entry;
            }
            finally
            {
                // A caller that stops early leaves the reader to itself first.
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            chunk = await next;
        }
    }

    public Task<IReadOnlyList<JournalEntry>> ReadHistoryAsync(long eventId, HistoryQuery query, CancellationToken cancellationToken) =>
        TryAsync<IReadOnlyList<JournalEntry>>(async () =>
        {
            var history = new PostgresHistorySql();
            var sql = history.For(eventId, query);
            metrics.ReplayStarted();
            await using var pooled = await pools.Histories.OpenAsync(cancellationToken);
            await using var command = pooled.Command(sql, [.. history.Values]);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var entries = await ReadChunkAsync(reader, cancellationToken);
            metrics.Replayed(entries.Count);
            return entries;
        });

    public Task<long?> ReadHeadAsync(long eventId, CancellationToken cancellationToken) => ReadAsync(async pooled =>
    {
        await using var command = pooled.Command("select version from heads where event_id = $1", eventId);
        return (long?)await command.ExecuteScalarAsync(cancellationToken);
    }, cancellationToken);

    public Task<IReadOnlyList<StoredReply>> FindRepliesAsync(long eventId, IReadOnlyList<Guid> commandIds, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<StoredReply>>(async pooled =>
        {
            const string sql = """
                select command_id, body_hash, version, at, reply::text from replies where event_id = $1 and command_id = any($2)
                """;
            await using var command = pooled.Command(sql, eventId, commandIds.ToArray());
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var replies = new List<StoredReply>();
            while (await reader.ReadAsync(cancellationToken))
                replies.Add(new StoredReply(
                    reader.GetGuid(0), reader.GetInt64(1), reader.GetInt64(2), new DateTimeOffset(reader.GetDateTime(3)),
                    reader.IsDBNull(4) ? ReadOnlyMemory<byte>.Empty : reader.GetFieldValue<byte[]>(4)));
            return replies;
        }, cancellationToken);

    // The sequence would skip a number on every repeated command, so a repeated one is looked up first.
    private const string AllocateCounted = """
        with old as (select event_id from heads where created_by = $1),
        made as (
            insert into heads (created_by) select $1 where not exists (select from old)
            on conflict (created_by) do nothing returning event_id)
        select event_id from old union all select event_id from made
        """;

    // Without a column, the clause covers both: the same command twice, and an id that was drawn before.
    private const string AllocateDrawn = """
        with old as (select event_id from heads where created_by = $1),
        made as (
            insert into heads (event_id, created_by) overriding system value select $2, $1 where not exists (select from old)
            on conflict do nothing returning event_id)
        select event_id from old union all select event_id from made
        """;

    public Task<long> BindKeyAsync(Guid commandId, long eventId, CancellationToken cancellationToken) => ReadAsync(async pooled =>
    {
        // The update that changes nothing makes the row come back also where it was there before.
        const string sql = """
            insert into key_bindings (command_id, event_id) values ($1, $2)
            on conflict (command_id) do update set event_id = key_bindings.event_id returning event_id
            """;
        await using var command = pooled.Command(sql, commandId, eventId);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }, cancellationToken);

    public async Task<long> AllocateEventIdAsync(Guid commandId, bool unguessable, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var allocated = await ReadAsync(async pooled =>
            {
                await using var command = unguessable
                    ? pooled.Command(AllocateDrawn, commandId, EventIds.Draw())
                    : pooled.Command(AllocateCounted, commandId);
                return (long?)await command.ExecuteScalarAsync(cancellationToken);
            }, cancellationToken);
            if (allocated is { } eventId) return eventId;
        }
        throw new JournalUnavailableException("Another caller is allocating under this command id.", notApplied: true);
    }

    private static async Task<List<JournalEntry>> ReadChunkAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var chunk = new List<JournalEntry>(ChunkEntries);
        while (chunk.Count < ChunkEntries && await reader.ReadAsync(cancellationToken))
            chunk.Add(new JournalEntry(
                reader.GetInt64(0),
                new DateTimeOffset(reader.GetDateTime(1)),
                reader.IsDBNull(2) ? null : reader.GetGuid(2),
                reader.GetInt64(3),
                reader.GetString(4),
                reader.GetFieldValue<byte[]>(5)));
        return chunk;
    }

    private Task<T> ReadAsync<T>(Func<PooledConnection, Task<T>> ask, CancellationToken cancellationToken) => TryAsync(async () =>
    {
        try
        {
            return await AskAsync(ask, cancellationToken);
        }
        catch (Exception broken) when (PostgresFailure.IsBrokenConnection(broken))
        {
            // What is asked here may be asked twice; a connection that the database had closed long ago is found out only by using it.
            pools.Reader.Clear();
            return await AskAsync(ask, cancellationToken);
        }
    });

    private async Task<T> AskAsync<T>(Func<PooledConnection, Task<T>> ask, CancellationToken cancellationToken)
    {
        await using var pooled = await pools.Reader.OpenAsync(cancellationToken);
        return await ask(pooled);
    }

    private Task<T> TryReplayAsync<T>(Func<Task<T>> read) => TryAsync(async () =>
    {
        try
        {
            return await read();
        }
        catch (Exception broken) when (PostgresFailure.IsBrokenConnection(broken))
        {
            pools.Replays.Clear();
            throw;
        }
    });

    private Task<T> TryAsync<T>(Func<Task<T>> read) => PostgresReading.TryAsync(gate, "The journal cannot be read.", read);
}
