using System.Runtime.CompilerServices;
using Npgsql;
using Seats.Grains.Abstractions;
using Seats.Grains.Journal;

namespace Seats.Silo.Journal;

/// <summary>The journal on Postgres: reads directly, writes through the group commit.</summary>
internal sealed class PostgresJournal(NpgsqlDataSource database, JournalWriter writer, StoreGate gate) : IJournal
{
    private const int ChunkEntries = 2_000;

    public Task<AppendOutcome> AppendAsync(Slice slice) => writer.AppendAsync(slice);

    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        long eventId, long afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const string sql = """
            select version, at, command_id, body_hash, kinds, facts::text from journal where event_id = $1 and version > $2 order by version
            """;
        await using var command = Command(sql, eventId, afterVersion);
        await using var reader = await TryAsync(() => command.ExecuteReaderAsync(cancellationToken));
        var chunk = await TryAsync(() => ReadChunkAsync(reader, cancellationToken));
        while (chunk.Count > 0)
        {
            // The next chunk is read while the caller works on this one.
            var next = TryAsync(() => Task.Run(() => ReadChunkAsync(reader, cancellationToken)));
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

    public async Task<long?> ReadHeadAsync(long eventId, CancellationToken cancellationToken)
    {
        await using var command = Command("select version from heads where event_id = $1", eventId);
        return (long?)await TryAsync(() => command.ExecuteScalarAsync(cancellationToken));
    }

    public async Task<IReadOnlyList<RememberedRefusal>> ReadRefusalsAsync(long eventId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        const string sql = """
            select command_id, body_hash, base_version, at from (select * from refusals where event_id = $1 and at >= $2 order by at desc limit $3) as latest order by at
            """;
        await using var command = Command(sql, eventId, since.UtcDateTime, Limits.RefusalsRememberedAtMost);
        await using var reader = await TryAsync(() => command.ExecuteReaderAsync(cancellationToken));
        var refusals = new List<RememberedRefusal>();
        while (await TryAsync(() => reader.ReadAsync(cancellationToken)))
            refusals.Add(new RememberedRefusal(reader.GetGuid(0), reader.GetInt64(1), reader.GetInt64(2), new DateTimeOffset(reader.GetDateTime(3))));
        return refusals;
    }

    public async Task<long> AllocateEventIdAsync(Guid commandId, CancellationToken cancellationToken)
    {
        // The sequence would skip a number on every repeated command, so a repeated one is looked up first.
        const string sql = """
            with old as (select event_id from heads where created_by = $1),
            made as (insert into heads (created_by) select $1 where not exists (select from old) on conflict (created_by) do nothing returning event_id)
            select event_id from old union all select event_id from made
            """;
        for (var attempt = 0; attempt < 2; attempt++)
        {
            await using var command = Command(sql, commandId);
            if (await TryAsync(() => command.ExecuteScalarAsync(cancellationToken)) is long eventId) return eventId;
        }
        throw new JournalUnavailableException("Another caller is allocating under this command id.", notApplied: true);
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        if (gate.IsClosed) throw new JournalUnavailableException("The journal's database is away.", notApplied: true);
        var command = database.CreateCommand(sql);
        command.CommandTimeout = JournalLimits.CommandTimeoutSeconds;
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private async Task<T> TryAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException)
        {
            if (failure is not PostgresException { Severity: not "FATAL" }) gate.Failed(failure);
            throw new JournalUnavailableException("The journal cannot be read.", notApplied: true, failure);
        }
    }
}
