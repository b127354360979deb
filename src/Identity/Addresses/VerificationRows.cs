using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Seats.Identity.Storage;

namespace Seats.Identity.Addresses;

/// <summary>
/// The rows of what accounts were asked to prove, by the clock that all nodes share. Whoever changes some has a transaction.
/// </summary>
internal sealed class VerificationRows(IdentityDb database, UserManager<AccountRow> users, TimeProvider time)
{
    public Task<DateTime> NowAsync() => database.NowAsync(time);

    /// <summary>Lets one at a time ask an account or change its address, until the end of the transaction.</summary>
    public async Task LockAsync(string accountId)
    {
        // On SQLite a transaction begins with the one lock there is.
        if (database.Database.IsNpgsql())
            await database.Database.ExecuteSqlAsync($"""select 1 from identity."AspNetUsers" where "Id" = {accountId} for update""");
    }

    public Task<VerificationRow?> FindAsync(Guid id) => database.Verifications.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id);

    /// <summary>Asks an account to prove an address; null when it is asked, else in how many seconds it may be.</summary>
    public async Task<int?> AddAsync(AccountRow account, string email)
    {
        var normalized = users.NormalizeEmail(email)!;
        // Accounts that name the same address at the same moment are counted one after the other.
        if (database.Database.IsNpgsql())
            await database.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({normalized}, 0))");
        var now = await NowAsync();
        if (await FullUntilAsync(account.Id, normalized, now) is { } until)
            return (int)Math.Max(1, Math.Ceiling((until - now).TotalSeconds));
        database.Verifications.Add(new VerificationRow
        {
            Id = Guid.NewGuid(),
            AccountId = account.Id,
            Email = email,
            NormalizedEmail = normalized,
            At = now,
            Until = now.AddHours(IdentityLimits.VerificationHours),
        });
        await database.SaveChangesAsync();
        return null;
    }

    /// <summary>The address that an account wants instead of its own, and may still prove.</summary>
    public async Task<string?> FindPendingAsync(AccountRow account)
    {
        var now = await NowAsync();
        return await Good(now).Where(row => row.AccountId == account.Id && row.NormalizedEmail != account.NormalizedEmail)
            .OrderByDescending(row => row.At).Select(row => row.Email).FirstOrDefaultAsync();
    }

    /// <summary>Accounts that may still prove an address, some of them where there are many.</summary>
    public async Task<IReadOnlyList<string>> ListAccountsNamingAsync(string normalized)
    {
        if (await database.FindProvedAsync(normalized) is not null) return [];
        var now = await NowAsync();
        var named = database.Users.Where(account => account.NormalizedEmail == normalized).Select(account => account.Id);
        var wanted = Good(now).Where(row => row.NormalizedEmail == normalized).Select(row => row.AccountId);
        return await named.Union(wanted).OrderBy(id => id).Take(IdentityLimits.AccountsAskedAgainAtMost).ToListAsync();
    }

    /// <summary>Uses a link up; false when it is good no more.</summary>
    public async Task<bool> UseAsync(Guid id)
    {
        var now = await NowAsync();
        return await Good(now).Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, now)) == 1;
    }

    /// <summary>Ends the links of an account, but for those that prove one address.</summary>
    public async Task EndAsync(string accountId, string? otherThan = null)
    {
        var now = await NowAsync();
        await Good(now).Where(row => row.AccountId == accountId && row.NormalizedEmail != otherThan)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, now));
    }

    private IQueryable<VerificationRow> Good(DateTime now) => database.Verifications.Where(row => row.UsedAt == null && row.Until > now);

    /// <summary>Until when account or address were written to as often as may be; null when one more mail may go.</summary>
    private async Task<DateTime?> FullUntilAsync(string accountId, string normalized, DateTime now)
    {
        var hourAgo = now.AddHours(-1);
        var lately = database.Verifications.Where(row => row.At > hourAgo);
        var account = await NthLatestAsync(
            lately.Where(row => row.AccountId == accountId), IdentityLimits.AccountVerificationsInAnHourAtMost);
        var address = await NthLatestAsync(
            lately.Where(row => row.NormalizedEmail == normalized), IdentityLimits.AddressVerificationsInAnHourAtMost);
        return (account > address ? account : address ?? account)?.AddHours(1);
    }

    private static Task<DateTime?> NthLatestAsync(IQueryable<VerificationRow> rows, int count) =>
        rows.OrderByDescending(row => row.At).Skip(count - 1).Select(row => (DateTime?)row.At).FirstOrDefaultAsync();
}
