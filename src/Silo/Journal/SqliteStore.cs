using System.Text;
using Microsoft.Data.Sqlite;
using Seats.Grains.Journal;

namespace Seats.Silo.Journal;

/// <summary>The journal in a SQLite file: one transaction a batch, on the writer's own connection.</summary>
internal sealed class SqliteStore(SqliteDatabase database) : IJournalStore, IDisposable
{
    private SqliteConnection? connection;
    private SqliteStatements? statements;

    public Task<HashSet<long>> WriteAsync(IReadOnlyList<PendingSlice> batch)
    {
        var ready = Ready();
        try
        {
            using var transaction = connection!.BeginTransaction();
            ready.Use(transaction);
            var landed = new HashSet<long>(batch.Count);
            foreach (var pending in batch)
                if (Write(ready, pending)) landed.Add(pending.Slice.EventId);
            transaction.Commit();
            return Task.FromResult(landed);
        }
        catch (SqliteException refused)
        {
            Dispose();
            throw new StoreRejectedException(refused.Message, refused);
        }
    }

    public Task<Dictionary<long, Guid>> ReadSliceIdsAsync(IReadOnlyList<long> eventIds, CancellationToken cancellationToken) =>
        // A local file answers or refuses: its answers are never lost.
        Task.FromResult(new Dictionary<long, Guid>());

    public void Dispose()
    {
        statements?.Dispose();
        connection?.Dispose();
        (statements, connection) = (null, null);
    }

    private SqliteStatements Ready()
    {
        if (statements is not null) return statements;
        try
        {
            connection = database.Open();
            return statements = new SqliteStatements(connection);
        }
        catch (SqliteException away)
        {
            Dispose();
            throw new StoreUnreachableException(away.Message, away);
        }
    }

    private static bool Write(SqliteStatements statements, PendingSlice pending)
    {
        var slice = pending.Slice;
        if (!(pending.IsConfirmOnly ? statements.Confirm(slice) : statements.MoveHead(pending))) return false;
        foreach (var entry in slice.Entries) statements.Append(slice.EventId, entry, Encoding.UTF8.GetString(entry.Facts.Span));
        if (slice.Indexes.Event is { } row) statements.Index(slice.EventId, row);
        foreach (var invitation in slice.Indexes.Invitations) statements.Index(slice.EventId, invitation);
        foreach (var refusal in slice.Indexes.Refusals) statements.Remember(slice.EventId, refusal);
        return true;
    }
}
