using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Seats.Identity.Storage;

/// <summary>Makes the tables at first start; any number of nodes may start at once.</summary>
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
        await database.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
            var exists = await database.Database
                .SqlQuery<bool>($"select to_regclass('identity.\"AspNetUsers\"') is not null as \"Value\"").SingleAsync(cancellationToken);
            if (!exists) await creator.CreateTablesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        });
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
        await database.Database.EnsureCreatedAsync(cancellationToken);
        await database.Database.ExecuteSqlRawAsync("pragma journal_mode = wal", cancellationToken);
    }
}
