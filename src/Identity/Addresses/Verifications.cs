using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Seats.Identity.Storage;

namespace Seats.Identity.Addresses;

/// <summary>
/// How accounts prove that they can read what is sent to their address. A row says who was asked to prove what, and is written together
/// with what brought it; its mail is handed to whoever sends mails afterwards, as often as it takes. Only there a secret comes into
/// being: what is kept here opens nothing.
/// </summary>
public sealed class Verifications(IServiceScopeFactory scopes, TimeProvider time)
{
    /// <summary>Called when there is a mail to hand over.</summary>
    public Action? OnAdded { get; set; }

    /// <summary>What a link is about; null when it was used, is too old, or was never made.</summary>
    public async Task<Verification?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var now = await database.NowAsync(time, cancellationToken);
        return await (from row in database.Verifications
                      join account in database.Users on row.AccountId equals account.Id
                      where row.Id == id && row.UsedAt == null && row.Until > now
                      select new Verification(row.Id, row.Email, account.UserName!, account.Id, account.Locale)).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Makes the address of a link that of its account. Whether the link is one of ours must be known.</summary>
    public async Task<ProofOutcome> ProveAsync(Guid id)
    {
        try
        {
            return await RunAsync<Proof, ProofOutcome>((proof, tries) => proof.RunAsync(id, isRepeated: tries > 1));
        }
        catch (DbUpdateException raced) when (Conflicts.IsUniqueViolation(raced.InnerException))
        {
            return ProofOutcome.Taken;
        }
    }

    /// <summary>Asks an account once more; beyond the bounds it does nothing.</summary>
    public async Task AskAgainAsync(string accountId, string? normalizedEmail = null)
    {
        if (await RunAsync<AskAgain, bool>((again, _) => again.RunAsync(accountId, normalizedEmail))) OnAdded?.Invoke();
    }

    /// <summary>Asks the accounts that name an address once more; beyond the bounds it does nothing.</summary>
    public async Task AskAgainAtAsync(string email)
    {
        string? normalized;
        IReadOnlyList<string> accounts;
        await using (var scope = scopes.CreateAsyncScope())
        {
            normalized = scope.ServiceProvider.GetRequiredService<ILookupNormalizer>().NormalizeEmail(email)!;
            accounts = await scope.ServiceProvider.GetRequiredService<VerificationRows>().ListAccountsNamingAsync(normalized);
        }
        foreach (var account in accounts) await AskAgainAsync(account, normalized);
    }

    /// <summary>Mails that nobody has taken yet, the oldest first, as many as are handed over at once.</summary>
    public async Task<IReadOnlyList<UnsentVerification>> ListUnsentAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var now = await database.NowAsync(time, cancellationToken);
        var rows = await (from row in database.Verifications
                          join account in database.Users on row.AccountId equals account.Id
                          where row.QueuedAt == null && row.UsedAt == null && row.Until > now
                          orderby row.At
                          select new { Row = row, account.UserName, account.Locale })
            .AsNoTracking().Take(IdentityLimits.UnsentAtOnceAtMost).ToListAsync(cancellationToken);
        return [.. rows.Select(item => new UnsentVerification(
            item.Row.Id, item.Row.AccountId, item.UserName!, item.Row.Email, item.Locale, Utc(item.Row.At), Utc(item.Row.Until)))];
    }

    /// <summary>These are safe with whoever sends them.</summary>
    public async Task HandedOverAsync(IReadOnlyCollection<Guid> ids)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var now = await database.NowAsync(time);
        await database.Verifications.Where(row => ids.Contains(row.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.QueuedAt, now));
    }

    /// <summary>Past a connection that broke it tries again, with nothing in memory of the first try.</summary>
    private async Task<T> RunAsync<TStep, T>(Func<TStep, int, Task<T>> run)
        where TStep : notnull
    {
        await using var outer = scopes.CreateAsyncScope();
        var strategy = outer.ServiceProvider.GetRequiredService<IdentityDb>().Database.CreateExecutionStrategy();
        var tries = 0;
        return await strategy.ExecuteAsync(async () =>
        {
            await using var scope = scopes.CreateAsyncScope();
            return await run(scope.ServiceProvider.GetRequiredService<TStep>(), ++tries);
        });
    }

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}

/// <summary>What a link is about: the address, and the account that would have it.</summary>
/// <param name="Locale">The language of the account.</param>
public sealed record Verification(Guid Id, string Email, string Username, string AccountId, string Locale);

/// <summary>A mail that asks an account to prove an address.</summary>
/// <param name="Locale">The language of the account.</param>
/// <param name="Until">Until when its link is good.</param>
public sealed record UnsentVerification(
    Guid Id, string AccountId, string Username, string Email, string Locale, DateTimeOffset At, DateTimeOffset Until);
