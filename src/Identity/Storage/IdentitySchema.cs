using System.Runtime.ExceptionServices;
using DbUp;
using DbUp.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Seats.Identity.Storage;

/// <summary>
/// Makes the tables at first start, and brings those of an earlier version up to this one; any number of nodes may start at once.
/// </summary>
internal sealed class IdentitySchema(IdentityDb database)
{
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        // Nobody waits for an answer yet, and making tables takes as long as it takes.
        database.Database.SetCommandTimeout(OneNodeAtATime.PatienceSeconds);
        if (database.Database.IsNpgsql()) await OnPostgresAsync(cancellationToken);
        else await OnSqliteAsync(cancellationToken);
    }

    private async Task OnPostgresAsync(CancellationToken cancellationToken)
    {
        var creator = database.GetService<IRelationalDatabaseCreator>();
        if (!await creator.ExistsAsync(cancellationToken)) await CreateDatabaseAsync(creator, cancellationToken);
        await using var turn = await OneNodeAtATime.EnterAsync(database, cancellationToken);
        var exists = await database.Database
            .SqlQuery<bool>($"select to_regnamespace('identity') is not null as \"Value\"").SingleAsync(cancellationToken);
        if (!exists) await database.Database.ExecuteSqlRawAsync("create schema identity", cancellationToken);
        var patient = new Npgsql.NpgsqlConnectionStringBuilder(database.Database.GetConnectionString())
        {
            Pooling = false,
            CommandTimeout = OneNodeAtATime.PatienceSeconds,
        };
        var scripts = DeployChanges.To.PostgresqlDatabase(patient.ConnectionString);
        await RunAsync(scripts.JournalToPostgresqlTable(IdentityDb.Schema, "schema_versions"), "Postgres", cancellationToken);
    }

    private static async Task CreateDatabaseAsync(IRelationalDatabaseCreator creator, CancellationToken cancellationToken)
    {
        try
        {
            await creator.CreateAsync(cancellationToken);
        }
        catch (Npgsql.PostgresException raced) when (raced.SqlState is Npgsql.PostgresErrorCodes.DuplicateDatabase or Npgsql.PostgresErrorCodes.UniqueViolation)
        {
            // Another node made it in the meantime, which is all that was wanted.
        }
    }

    private async Task OnSqliteAsync(CancellationToken cancellationToken)
    {
        await using var turn = await OneNodeAtATime.EnterAsync(database, cancellationToken);
        await RunAsync(DeployChanges.To.SqliteDatabase(database.Database.GetConnectionString()), "Sqlite", cancellationToken);
        await database.Database.ExecuteSqlRawAsync("pragma journal_mode = wal", cancellationToken);
    }

    /// <summary>Runs the scripts that this database has not seen; the library knows no other way than to block the thread.</summary>
    private static async Task RunAsync(UpgradeEngineBuilder builder, string folder, CancellationToken cancellationToken)
    {
        var upgrade = builder
            .WithScriptsEmbeddedInAssembly(
                typeof(IdentitySchema).Assembly, name => name.Contains($".Schema.{folder}.", StringComparison.Ordinal))
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .LogToNowhere()
            .Build();
        var result = await Task.Run(upgrade.PerformUpgrade, cancellationToken);
        if (result.Successful) return;
        // What passes by itself is waited for, as any other outage at the start.
        if (result.Error is Npgsql.NpgsqlException { IsTransient: true }) ExceptionDispatchInfo.Throw(result.Error);
        throw new InvalidOperationException($"The schema of the accounts could not be upgraded: {result.Error.Message}", result.Error);
    }
}
