using Microsoft.EntityFrameworkCore;

namespace Seats.Identity.Storage;

/// <summary>A turn to prepare the accounts' database: nodes that start together take it one after the other, and each sees what the one before it made.</summary>
internal static class OneNodeAtATime
{
    private const long AdvisoryLock = 0x5EA76;

    /// <summary>How long those who came before may take, in seconds.</summary>
    public const int PatienceSeconds = 120;

    /// <summary>Waits for the turn; disposing the answer ends it, and so does the end of the process.</summary>
    public static async Task<IAsyncDisposable> EnterAsync(IdentityDb database, CancellationToken cancellationToken)
    {
        if (!database.Database.IsNpgsql())
            return await LockFile.OpenAsync(SqliteFile(database) + ".lock", cancellationToken);
        var connection = new Npgsql.NpgsqlConnection(Unpooled(database));
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = new Npgsql.NpgsqlCommand("select pg_advisory_lock($1)", connection) { CommandTimeout = PatienceSeconds, Parameters = { new() { Value = AdvisoryLock } } };
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static string SqliteFile(IdentityDb database) => new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(database.Database.GetConnectionString()).DataSource;

    // Closing the session gives the lock back, so it must be a session of its own.
    private static string Unpooled(IdentityDb database) => new Npgsql.NpgsqlConnectionStringBuilder(database.Database.GetConnectionString()) { Pooling = false }.ConnectionString;
}
