using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Seats.Core;
using Seats.Core.History;
using Seats.Grains.Journal;

namespace Seats.Silo.Journal;

/// <summary>The journal on SQLite: reads on connections of their own and off the caller's thread, writes through the group commit.</summary>
internal sealed class SqliteJournal(
    SqliteDatabase database, JournalWriter writer, StoreGate gate, JournalMetrics metrics, TimeProvider time) : IJournal, IDisposable
{
    private const int PageEntries = 5_000;
    private readonly SemaphoreSlim replays = new(JournalLimits.ReplayConnectionsAtMost);
    private readonly SemaphoreSlim histories = new(JournalLimits.HistoriesAtMost);

    public Task<AppendOutcome> AppendAsync(Slice slice) => writer.AppendAsync(slice);

    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        long eventId, long afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        metrics.ReplayStarted();
        if (!await replays.WaitAsync(JournalLimits.PoolWaitMilliseconds, cancellationToken))
            throw new JournalUnavailableException("Too many journals are read at this moment.", notApplied: true);
        try
        {
            List<JournalEntry> page;
            do
            {
                page = await SqliteReading.RunAsync(database, connection => ReadPage(connection, eventId, afterVersion), cancellationToken);
                metrics.Replayed(page.Count);
                foreach (var entry in page) yield return entry;
                if (page.Count > 0) afterVersion = page[^1].Version;
            }
            while (page.Count == PageEntries);
        }
        finally
        {
            replays.Release();
        }
    }

    public async Task<IReadOnlyList<JournalEntry>> ReadHistoryAsync(long eventId, HistoryQuery query, CancellationToken cancellationToken)
    {
        metrics.ReplayStarted();
        if (!await histories.WaitAsync(JournalLimits.PoolWaitMilliseconds, cancellationToken))
            throw new JournalUnavailableException("Too many histories are read at this moment.", notApplied: true);
        try
        {
            var history = new SqliteHistorySql();
            var sql = history.For(eventId, query);
            return await SqliteReading.RunAsync(database, connection =>
            {
                using var command = SqliteReading.Command(connection, sql, [.. history.Values]);
                return SqliteReading.Rows(command, EntryOf);
            }, cancellationToken);
        }
        finally
        {
            histories.Release();
        }
    }

    public Task<long?> ReadHeadAsync(long eventId, CancellationToken cancellationToken) => SqliteReading.RunAsync(database, connection =>
    {
        using var command = SqliteReading.Command(connection, "select version from heads where event_id = $1", eventId);
        return (long?)command.ExecuteScalar();
    }, cancellationToken);

    public Task<JournalHead?> TakeOverAsync(long eventId, CancellationToken cancellationToken)
    {
        MustBeOpen();
        return SqliteReading.RunAsync(database, connection =>
        {
            using var command = SqliteReading.Command(connection, """
                update heads set epoch = epoch + 1 where event_id = $1
                returning version, epoch, exists (select 1 from replies where replies.event_id = $1)
                """, eventId);
            return SqliteReading.Rows(command, row => new JournalHead(row.GetInt64(0), row.GetInt64(1), row.GetBoolean(2))).SingleOrDefault();
        }, cancellationToken);
    }

    public Task<IReadOnlyList<StoredReply>> FindRepliesAsync(long eventId, IReadOnlyList<Guid> commandIds, CancellationToken cancellationToken) =>
        SqliteReading.RunAsync<IReadOnlyList<StoredReply>>(database, connection =>
        {
            using var command = SqliteReading.Command(connection, """
                select command_id, body_hash, version, at, reply from replies
                where event_id = $1 and command_id in (select value from json_each($2))
                """, eventId, JsonSerializer.Serialize(commandIds));
            return SqliteReading.Rows(command, row => new StoredReply(
                Guid.Parse(row.GetString(0)), row.GetInt64(1), row.GetInt64(2), SqliteDatabase.Time(row.GetString(3)),
                row.IsDBNull(4) ? ReadOnlyMemory<byte>.Empty : Encoding.UTF8.GetBytes(row.GetString(4))));
        }, cancellationToken);

    private const string AllocateDrawn = "insert or ignore into heads (event_id, created_by) values ($2, $1)";

    // SQLite itself would count on from the largest id, which may be one that was drawn.
    private const string AllocateCounted = """
        insert or ignore into heads (event_id, created_by)
        select 1 + coalesce((select event_id from heads where event_id < $2 order by event_id desc limit 1), 0), $1
        """;

    public Task<long> BindKeyAsync(Guid commandId, long eventId, CancellationToken cancellationToken)
    {
        MustBeOpen();
        return SqliteReading.RunAsync(database, connection =>
        {
            using var command = SqliteReading.Command(connection, """
                insert into key_bindings (command_id, event_id, at) values ($1, $2, $3)
                on conflict (command_id) do update set event_id = key_bindings.event_id returning event_id
                """, commandId.ToString(), eventId, SqliteDatabase.Text(time.GetUtcNow()));
            return (long)command.ExecuteScalar()!;
        }, cancellationToken);
    }

    public Task<long> AllocateEventIdAsync(Guid commandId, bool unguessable, CancellationToken cancellationToken)
    {
        MustBeOpen();
        return SqliteReading.RunAsync(database, connection =>
        {
            using var make = SqliteReading.Command(
                connection, unguessable ? AllocateDrawn : AllocateCounted, commandId.ToString(), unguessable ? EventIds.Draw() : EventIds.FirstDrawn);
            make.ExecuteNonQuery();
            using var find = SqliteReading.Command(connection, "select event_id from heads where created_by = $1", commandId.ToString());
            return (long)find.ExecuteScalar()!;
        }, cancellationToken);
    }

    private void MustBeOpen()
    {
        if (gate.IsClosed) throw new JournalUnavailableException("The journal's file cannot be written.", notApplied: true);
    }

    private static List<JournalEntry> ReadPage(SqliteConnection connection, long eventId, long afterVersion)
    {
        using var command = SqliteReading.Command(connection, """
            select version, at, command_id, body_hash, kinds, facts from journal where event_id = $1 and version > $2 order by version limit $3
            """, eventId, afterVersion, PageEntries);
        return SqliteReading.Rows(command, EntryOf);
    }

    private static JournalEntry EntryOf(SqliteDataReader row) => new(
        row.GetInt64(0), SqliteDatabase.Time(row.GetString(1)), row.IsDBNull(2) ? null : Guid.Parse(row.GetString(2)),
        row.GetInt64(3), row.GetString(4), Encoding.UTF8.GetBytes(row.GetString(5)));

    public void Dispose()
    {
        replays.Dispose();
        histories.Dispose();
    }
}
