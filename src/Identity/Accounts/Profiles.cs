using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Seats.Identity.Addresses;
using Seats.Identity.Storage;
using Seats.Spelling;

namespace Seats.Identity.Accounts;

/// <summary>What an account says of its person, and how that changes: all of it, or nothing.</summary>
internal sealed class Profiles(UserManager<AccountRow> users, IdentityDb database, VerificationRows verifications)
{
    public async Task<Account?> FindAsync(string id) => await users.FindByIdAsync(id) is { } row ? await DescribeAsync(row) : null;

    public Task<ProfileOutcome> ChangeAsync(string id, ProfileChange change) =>
        database.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            database.ChangeTracker.Clear();
            await using var transaction = await database.Database.BeginTransactionAsync();
            await verifications.LockAsync(id);
            if (await users.FindByIdAsync(id) is not { } row) return new ProfileOutcome(null, []);
            if (EmailAddress.Canonical(change.Email) is { } email && await WantAsync(row, email) is { } refused) return refused;
            row.FirstName = change.FirstName?.Trim() ?? row.FirstName;
            row.LastName = change.LastName?.Trim() ?? row.LastName;
            row.Locale = change.Locale is null ? row.Locale : AccountRules.LanguageOf(change.Locale);
            var updated = await users.UpdateAsync(row);
            if (!updated.Succeeded) throw new InvalidOperationException($"The profile could not be saved: {updated}");
            var account = await DescribeAsync(row);
            await transaction.CommitAsync();
            return new ProfileOutcome(account, []);
        });

    /// <summary>The address becomes that of the account once it is proved. Whatever was wanted before is wanted no more.</summary>
    private async Task<ProfileOutcome?> WantAsync(AccountRow row, string email)
    {
        var normalized = users.NormalizeEmail(email);
        await verifications.EndAsync(row.Id, otherThan: normalized);
        if (await database.FindProvedAsync(normalized) is { } owner)
            return owner.Id == row.Id ? null : new ProfileOutcome(null, [], IsTaken: true);
        return await verifications.AddAsync(row, email) is { } pause ? new ProfileOutcome(null, [], RetryAfterSeconds: pause) : null;
    }

    private async Task<Account> DescribeAsync(AccountRow row) =>
        row.ToAccount([.. await users.GetRolesAsync(row)], await verifications.FindPendingAsync(row));
}
