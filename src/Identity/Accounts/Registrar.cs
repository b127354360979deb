using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Seats.Identity.Storage;

namespace Seats.Identity.Accounts;

/// <summary>Makes accounts.</summary>
internal sealed class Registrar(UserManager<AccountRow> users, IdentityDb database, Passwords passwords)
{
    /// <summary>Makes an account with its roles, whole or not at all.</summary>
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

    /// <summary>False when the user name, the address or the id is taken.</summary>
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
                var created = await users.CreateAsync(row);
                if (!created.Succeeded) return IsTaken(created) ? false : throw NotMade(created);
                var added = await users.AddToRolesAsync(row, roles);
                if (!added.Succeeded) throw NotMade(added);
                await transaction.CommitAsync();
                return true;
            });
        }
        catch (DbUpdateException raced) when (IsUniqueViolation(raced.InnerException))
        {
            // Two registrations raced; the unique indexes let one through.
            return false;
        }
    }

    private static bool IsUniqueViolation(Exception? failure) => failure
        is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation }
        or Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_CONSTRAINT };

    private static bool IsTaken(IdentityResult result) => result.Errors.All(error => error.Code is "DuplicateUserName" or "DuplicateEmail");

    private static InvalidOperationException NotMade(IdentityResult result) => new($"The account could not be made: {result}");

    /// <summary>What came of it.</summary>
    /// <param name="Row">Null when the user name or the address is taken, or there was no room to wait.</param>
    /// <param name="RetryAfterSeconds">Then when to come back.</param>
    internal sealed record Made(AccountRow? Row, int? RetryAfterSeconds = null);
}
