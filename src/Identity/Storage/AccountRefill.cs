using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Seats.Identity.Accounts;
using Seats.Spelling;

namespace Seats.Identity.Storage;

/// <summary>
/// Brings accounts that an earlier program wrote to the form of today: folded for searches, addresses in their canonical form. In the
/// background and in small portions, each durable by itself: no start waits for it, and one that is interrupted goes on at the next start.
/// </summary>
internal sealed class AccountRefill(IServiceScopeFactory scopes, ILogger<AccountRefill> logger) : BackgroundService
{
    private const int RowsInPortion = 100;
    private static readonly AccountNames Names = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await RewritePortionAsync(stoppingToken)) { }
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            logger.LogWarning("Accounts of earlier versions are left to the next start: {Reason}", failure.GetBaseException().Message);
        }
    }

    /// <summary>False when nothing is left.</summary>
    private async Task<bool> RewritePortionAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var rows = await database.Users.Where(row => row.SearchEdition < SearchText.Edition)
            .OrderBy(row => row.SearchEdition).Take(RowsInPortion).ToListAsync(cancellationToken);
        var names = new HashSet<string>();
        foreach (var row in rows) await RewriteAsync(database, row, names, cancellationToken);
        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody changed an account of this portion meanwhile: the portion is read again.
            return true;
        }
        return rows.Count == RowsInPortion;
    }

    private static async Task RewriteAsync(IdentityDb database, AccountRow row, HashSet<string> names, CancellationToken cancellationToken)
    {
        var name = Names.NormalizeEmail(row.Email);
        // Two accounts may have proved two spellings of one address: the second keeps its own, and signs in by its user name.
        if (name is not null && name != row.NormalizedEmail && (!row.EmailConfirmed || names.Add(name)
            && await database.FindProvedAsync(name, cancellationToken) is null))
            (row.Email, row.NormalizedEmail) = (EmailAddress.Comparable(row.Email) ?? row.Email, name);
        var entry = database.Entry(row);
        entry.Property(account => account.Search).IsModified = true;
        entry.Property(account => account.SearchEdition).IsModified = true;
    }
}
