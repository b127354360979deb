using System.Text;
using Microsoft.Data.Sqlite;

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
        catch (SqliteException away) when (IsAway(away))
        {
            Dispose();
            throw new StoreUnreachableException(away.Message, away);
        }
        catch (SqliteException broken) when (broken.SqliteErrorCode == SQLitePCL.raw.SQLITE_IOERR)
        {
            // The disk failed, perhaps in the middle of a commit.
            Dispose();
            throw new StoreAnswerLostException(broken.Message, broken);
        }
        catch (SqliteException refused)
        {
            Dispose();
            throw new StoreRejectedException(refused.Message, refused);
        }
    }

    /// <summary>The file is busy, locked, gone, read-only or full (primary result codes of SQLite): the transaction was rolled back.</summary>
    private static bool IsAway(SqliteException failure) => failure.SqliteErrorCode is
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED or SQLitePCL.raw.SQLITE_READONLY
        or SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT;

    public Task<Dictionary<long, Guid>> ReadSliceIdsAsync(IReadOnlyList<long> eventIds, CancellationToken cancellationToken) =>
        // A file that fails cannot be asked what became of a batch: that stays unknown.
        Task.FromResult(new Dictionary<long, Guid>());

    public Task PingAsync(CancellationToken cancellationToken) => Task.Run(() =>
    {
        using var other = database.Open();
        // Only who may write knows that the file is not locked.
        using var ping = SqliteReading.Command(other, "begin immediate; rollback");
        ping.ExecuteNonQuery();
    }, cancellationToken);

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
        foreach (var reply in slice.Indexes.Replies) statements.Store(slice.EventId, reply);
        statements.Notify(slice);
        return true;
    }
}
