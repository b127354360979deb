using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Seats.Identity.Addresses;
using Seats.Identity.Storage;

namespace Seats.Identity.Accounts;

/// <summary>Makes accounts.</summary>
internal sealed class Registrar(UserManager<AccountRow> users, IdentityDb database, Passwords passwords, VerificationRows verifications)
{
    /// <summary>
    /// Makes an account with its roles, and asks it to prove its address unless it counts as proved; whole or not at all.
    /// </summary>
    /// <param name="row">
    /// With the id it is to have: when an account with this id is there, an earlier run of the same command made it.
    /// </param>
    public async Task<Made> MakeAsync(AccountRow row, string password, IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        if (await users.FindByIdAsync(row.Id) is { } earlier) return new Made(earlier);
        var hash = await passwords.HashAsync(password, cancellationToken);
        if (hash.Result is null) return new Made(null, hash.RetryAfterSeconds);
        row.PasswordHash = hash.Result;
        if (await TryAddAsync(row, roles)) return new Made(row);
        database.ChangeTracker.Clear();
        return new Made(await users.FindByIdAsync(row.Id));
    }

    /// <summary>False when the user name or the id is taken, or another account proved the address.</summary>
    private async Task<bool> TryAddAsync(AccountRow row, IReadOnlyList<string> roles)
    {
        try
        {
            return await database.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
            {
                database.ChangeTracker.Clear();
                // One look at the database: an account of the same id that appears meanwhile is met at the index, not half-way.
                await using var transaction = await database.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
                if (await database.Users.AnyAsync(account => account.Id == row.Id)) return false;
                if (await database.FindProvedAsync(users.NormalizeEmail(row.Email)) is not null) return false;
                var created = await users.CreateAsync(row);
                if (!created.Succeeded) return IsTaken(created) ? false : throw NotMade(created);
                var added = await users.AddToRolesAsync(row, roles);
                if (!added.Succeeded) throw NotMade(added);
                // Where the address was written to too often, its person asks again later.
                if (!row.EmailConfirmed) await verifications.AddAsync(row, row.Email!);
                await transaction.CommitAsync();
                return true;
            });
        }
        catch (DbUpdateException raced) when (Conflicts.IsUniqueViolation(raced.InnerException))
        {
            // Two registrations raced; the unique indexes let one through.
            return false;
        }
    }

    private static bool IsTaken(IdentityResult result) => result.Errors.All(error => error.Code is "DuplicateUserName");

    private static InvalidOperationException NotMade(IdentityResult result) => new($"The account could not be made: {result}");

    /// <summary>What came of it.</summary>
    /// <param name="Row">Null when the user name or the proved address is taken, or there was no room to wait.</param>
    /// <param name="RetryAfterSeconds">Then when to come back.</param>
    internal sealed record Made(AccountRow? Row, int? RetryAfterSeconds = null);
}
