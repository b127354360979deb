using Microsoft.AspNetCore.Identity;
using Seats.Identity.Storage;

namespace Seats.Identity.Addresses;

/// <summary>Asks an account once more to prove the address that it waits to have proved, within bounds.</summary>
internal sealed class AskAgain(IdentityDb database, UserManager<AccountRow> users, VerificationRows verifications)
{
    /// <param name="address">In the form of comparison: asks only where it is this one; null for whichever it is.</param>
    public async Task<bool> RunAsync(string accountId, string? address)
    {
        await using var transaction = await database.Database.BeginTransactionAsync();
        await verifications.LockAsync(accountId);
        if (await users.FindByIdAsync(accountId) is not { } account) return false;
        var own = account.EmailConfirmed ? null : account.Email;
        if ((await verifications.FindPendingAsync(account) ?? own) is not { } email) return false;
        var normalized = users.NormalizeEmail(email);
        if (address is not null && normalized != address || await database.FindProvedAsync(normalized) is not null) return false;
        if (await verifications.AddAsync(account, email) is not null) return false;
        await transaction.CommitAsync();
        return true;
    }
}
