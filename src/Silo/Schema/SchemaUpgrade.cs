using DbUp;
using DbUp.Builder;
using DbUp.Engine.Output;
using Npgsql;
using Seats.Clustering;
using Seats.Silo.Journal;
using Seats.Silo.Storage;

namespace Seats.Silo.Schema;

/// <summary>Creates the schema and upgrades it at start; any number of processes may start at once.</summary>
public sealed class SchemaUpgrade(SeatsStorage storage, ILogger<SchemaUpgrade> logger)
{
    // Any number will do, as long as every process uses the same.
    private const long AdvisoryLock = 0x5EA75;

    /// <summary>Brings the database up to this program; returns when it is.</summary>
    public Task EnsureAsync(CancellationToken cancellationToken) =>
        storage.Postgres is { } connectionString ? OnPostgresAsync(connectionString, cancellationToken) : Task.Run(OnSqlite, cancellationToken);

    private async Task OnPostgresAsync(string connectionString, CancellationToken cancellationToken)
    {
        await CreateDatabaseAsync(connectionString, cancellationToken);
        // The lock belongs to a session: it is gone with it, whatever happens to this process.
        var unpooled = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 120 }.ConnectionString;
        await using var session = new NpgsqlConnection(unpooled);
        await session.OpenAsync(cancellationToken);
        await ExecuteAsync(session, $"select pg_advisory_lock({AdvisoryLock})", cancellationToken);
        await ExecuteAsync(session, $"create schema if not exists {ClusterNames.Schema}", cancellationToken);
        Run(DeployChanges.To.PostgresqlDatabase(unpooled).JournalToPostgresqlTable(ClusterNames.Schema, "schema_versions"), "Postgres");
        await ExecuteAsync(session, $"select pg_advisory_unlock({AdvisoryLock})", cancellationToken);
    }

    private void OnSqlite()
    {
        // A lock file keeps a second process out until the first is done.
        using var only = OpenLockFile(Path.Combine(storage.Folder!, "seats.schema.lock"));
        using (new SqliteDatabase(storage.File).Open()) { }
        Run(DeployChanges.To.SqliteDatabase(new SqliteDatabase(storage.File).ConnectionString), "Sqlite");
    }

    private void Run(UpgradeEngineBuilder builder, string folder)
    {
        var upgrade = builder
            .WithScriptsEmbeddedInAssembly(typeof(SchemaUpgrade).Assembly, name => name.Contains($".Schema.{folder}.", StringComparison.Ordinal))
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .LogTo(new UpgradeLog(logger))
            .Build();
        var result = upgrade.PerformUpgrade();
        if (!result.Successful) throw new InvalidOperationException($"The schema could not be upgraded: {result.Error.Message}", result.Error);
    }

    private static async Task CreateDatabaseAsync(string connectionString, CancellationToken cancellationToken)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        var database = builder.Database;
        try
        {
            await using var probe = new NpgsqlConnection(builder.ConnectionString);
            await probe.OpenAsync(cancellationToken);
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            builder.Database = "postgres";
            await using var server = new NpgsqlConnection(builder.ConnectionString);
            await server.OpenAsync(cancellationToken);
            try
            {
                await ExecuteAsync(server, $"create database \"{database!.Replace("\"", "\"\"")}\"", cancellationToken);
            }
            catch (PostgresException raced) when (raced.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
            {
                // Another process made it in the meantime, which is all that was wanted.
            }
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static FileStream OpenLockFile(string path)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < 300)
            {
                Thread.Sleep(100);
            }
        }
    }
}

/// <summary>Tells the log what the upgrade did; what there was nothing to do about is not news.</summary>
internal sealed class UpgradeLog(ILogger logger) : IUpgradeLog
{
#pragma warning disable CA2254 // The templates are the library's.
    public void LogTrace(string format, params object[] args) => logger.LogTrace(format, args);
    public void LogDebug(string format, params object[] args) => logger.LogDebug(format, args);
    public void LogInformation(string format, params object[] args) => logger.LogDebug(format, args);
    public void LogWarning(string format, params object[] args) => logger.LogWarning(format, args);
    public void LogError(string format, params object[] args) => logger.LogError(format, args);
    public void LogError(Exception ex, string format, params object[] args) => logger.LogError(ex, format, args);
#pragma warning restore CA2254
}
