using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Data.Sqlite;
using Seats.Grains.Abstractions;
using Seats.Grains.Journal;

namespace Seats.Silo.Journal;

/// <summary>The journal on SQLite: reads on connections of their own and off the caller's thread, writes through the group commit.</summary>
internal sealed class SqliteJournal(SqliteDatabase database, JournalWriter writer, StoreGate gate) : IJournal
{
    private const int PageEntries = 5_000;

    public Task<AppendOutcome> AppendAsync(Slice slice) => writer.AppendAsync(slice);

    public async IAsyncEnumerable<JournalEntry> ReadAsync(
        long eventId, long afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<JournalEntry> page;
        do
        {
            page = await SqliteReading.RunAsync(database, connection => ReadPage(connection, eventId, afterVersion), cancellationToken);
            foreach (var entry in page) yield return entry;
            if (page.Count > 0) afterVersion = page[^1].Version;
        }
        while (page.Count == PageEntries);
    }

    public Task<long?> ReadHeadAsync(long eventId, CancellationToken cancellationToken) => SqliteReading.RunAsync(database, connection =>
    {
        using var command = SqliteReading.Command(connection, "select version from heads where event_id = $1", eventId);
        return (long?)command.ExecuteScalar();
    }, cancellationToken);

    public Task<IReadOnlyList<RememberedRefusal>> ReadRefusalsAsync(long eventId, DateTimeOffset since, CancellationToken cancellationToken) =>
        SqliteReading.RunAsync<IReadOnlyList<RememberedRefusal>>(database, connection =>
        {
            using var command = SqliteReading.Command(connection,
                "select command_id, body_hash, base_version, at from (select * from refusals where event_id = $1 and at >= $2 order by at desc limit $3) order by at",
                eventId, SqliteDatabase.Text(since), Limits.RefusalsRememberedAtMost);
            return SqliteReading.Rows(command, row => new RememberedRefusal(
                Guid.Parse(row.GetString(0)), row.GetInt64(1), row.GetInt64(2), SqliteDatabase.Time(row.GetString(3))));
        }, cancellationToken);

    public Task<long> AllocateEventIdAsync(Guid commandId, CancellationToken cancellationToken)
    {
        if (gate.IsClosed) throw new JournalUnavailableException("The journal's file cannot be written.", notApplied: true);
        return SqliteReading.RunAsync(database, connection =>
        {
            using var make = SqliteReading.Command(connection, "insert or ignore into heads (created_by) values ($1)", commandId.ToString());
            make.ExecuteNonQuery();
            using var find = SqliteReading.Command(connection, "select event_id from heads where created_by = $1", commandId.ToString());
            return (long)find.ExecuteScalar()!;
        }, cancellationToken);
    }

    private static List<JournalEntry> ReadPage(SqliteConnection connection, long eventId, long afterVersion)
    {
        using var command = SqliteReading.Command(connection, """
            select version, at, command_id, body_hash, kinds, facts from journal where event_id = $1 and version > $2 order by version limit $3
            """, eventId, afterVersion, PageEntries);
        return SqliteReading.Rows(command, row => new JournalEntry(
            row.GetInt64(0), SqliteDatabase.Time(row.GetString(1)), row.IsDBNull(2) ? null : Guid.Parse(row.GetString(2)),
            row.GetInt64(3), row.GetString(4), Encoding.UTF8.GetBytes(row.GetString(5))));
    }
}
