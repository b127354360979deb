using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Seats.Identity.Storage;

namespace Seats.Identity.Commands;

/// <summary>The rows of keyed commands; each call is one statement, and so whole or not at all.</summary>
internal sealed class CommandRows(AsyncServiceScope scope) : IAsyncDisposable
{
    private readonly IdentityDb database = scope.ServiceProvider.GetRequiredService<IdentityDb>();

    /// <summary>By the clock that all nodes share.</summary>
    public Task<DateTime> NowAsync() => database.NowAsync(scope.ServiceProvider.GetRequiredService<TimeProvider>());

    /// <summary>False when the key has a row.</summary>
    public async Task<bool> TryAddAsync(CommandRow row)
    {
        var table = database.Database.IsNpgsql() ? $"{IdentityDb.Schema}.\"Answers\"" : "\"Answers\"";
        var insert = $$"""
            insert into {{table}} ("Key", "BodyHash", "Status", "Body", "At", "Run", "Attempt", "LeaseUntil", "Salt", "OtherBodies")
            values ({0}, {1}, {2}, '', {3}, {4}, {5}, {6}, {7}, 0) on conflict ("Key") do nothing
            """;
        return await database.Database.ExecuteSqlRawAsync(
            insert, row.Key, row.BodyHash, CommandRow.Unfinished, row.At, row.Run, row.Attempt, row.LeaseUntil!, row.Salt!) == 1;
    }

    public Task<CommandRow?> FindAsync(string key) => database.Commands.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key);

    /// <summary>False when somebody else took it over, or finished it.</summary>
    public async Task<bool> TakeOverAsync(CommandRow seen, DateTime leaseUntil) => await database.Commands
        .Where(row => row.Key == seen.Key && row.Run == seen.Run && row.Attempt == seen.Attempt && row.Status == CommandRow.Unfinished)
        .ExecuteUpdateAsync(set => set
            .SetProperty(row => row.Attempt, row => row.Attempt + 1)
            .SetProperty(row => row.LeaseUntil, leaseUntil)) == 1;

    /// <summary>False when somebody else took it over.</summary>
    public async Task<bool> FinishAsync(Reservation reservation, int status, string body, DateTime at) => await Mine(reservation)
        .ExecuteUpdateAsync(set => set
            .SetProperty(row => row.Status, status)
            .SetProperty(row => row.Body, body)
            .SetProperty(row => row.At, at)
            .SetProperty(row => row.LeaseUntil, (DateTime?)null)) == 1;

    public Task LeaseAsync(Reservation reservation, DateTime until) =>
        Mine(reservation).ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseUntil, until));

    public Task DeleteAsync(Reservation reservation) => Mine(reservation).ExecuteDeleteAsync();

    public Task DeleteAsync(CommandRow seen) =>
        database.Commands.Where(row => row.Key == seen.Key && row.Run == seen.Run && row.At == seen.At).ExecuteDeleteAsync();

    public Task CountOtherBodyAsync(string key) => database.Commands.Where(row => row.Key == key)
        .ExecuteUpdateAsync(set => set.SetProperty(row => row.OtherBodies, row => row.OtherBodies + 1));

    public ValueTask DisposeAsync() => scope.DisposeAsync();

    private IQueryable<CommandRow> Mine(Reservation reservation)
    {
        var run = reservation.Run.ToString("N");
        return database.Commands.Where(row =>
            row.Key == reservation.Key && row.Run == run && row.Attempt == reservation.Attempt && row.Status == CommandRow.Unfinished);
    }
}
