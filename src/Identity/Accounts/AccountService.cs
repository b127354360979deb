using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Seats.Identity.Issuer;
using Seats.Identity.Storage;

namespace Seats.Identity.Accounts;

/// <summary>Accounts on ASP.NET Core Identity.</summary>
internal sealed class AccountService(IServiceScopeFactory scopes) : IAccounts
{
    private const string CursorMark = "u:";

    private static readonly AccountRow Nobody = new();
    private static readonly string NobodysHash = new PasswordHasher<AccountRow>().HashPassword(Nobody, "correct horse battery staple");

    public bool IsAvailable => true;

    public IReadOnlyList<AccountError> Check(Registration registration) => AccountRules.Check(registration);

    public async Task<string?> FindLocaleAsync(string email, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<UserManager<AccountRow>>().FindByEmailAsync(email))?.Locale;
    }

    public async Task<RegisterOutcome> RegisterAsync(Registration registration, CancellationToken cancellationToken)
    {
        if (AccountRules.Check(registration) is { Count: > 0 } errors) return new RegisterOutcome(null, false, errors);
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AccountRow>>();
        var row = new AccountRow
        {
            UserName = registration.Username,
            Email = registration.Email!.ToLowerInvariant(),
            FirstName = registration.FirstName!.Trim(),
            LastName = registration.LastName!.Trim(),
            Locale = AccountRules.LanguageOf(registration.Locale),
        };
        return await CreateAsync(scope.ServiceProvider, row, registration.Password!, [Roles.User])
            ? new RegisterOutcome(ToAccount(row, [Roles.User]), false, [])
            : new RegisterOutcome(null, true, []);
    }

    public async Task<Tokens?> SignInAsync(string username, string password, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AccountRow>>();
        var row = username.Contains('@') ? await users.FindByEmailAsync(username) : await users.FindByNameAsync(username);
        if (row is null || await users.IsLockedOutAsync(row))
        {
            // As slow as a wrong password, so that nobody learns who has an account.
            users.PasswordHasher.VerifyHashedPassword(Nobody, NobodysHash, password);
            return null;
        }
        if (!await users.CheckPasswordAsync(row, password))
        {
            await users.AccessFailedAsync(row);
            return null;
        }
        if (row.AccessFailedCount > 0) await users.ResetAccessFailedCountAsync(row);
        var mint = scope.ServiceProvider.GetRequiredService<TokenMint>();
        return await mint.SignInAsync(row, [.. await users.GetRolesAsync(row)], cancellationToken);
    }

    public async Task<Tokens?> RefreshAsync(string refreshToken, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var mint = scope.ServiceProvider.GetRequiredService<TokenMint>();
        if (await mint.RedeemAsync(refreshToken, cancellationToken) is not { } redeemed) return null;
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AccountRow>>();
        if (await users.FindByIdAsync(redeemed.AccountId) is not { } row) return null;
        return await redeemed.Mint(row, [.. await users.GetRolesAsync(row)]);
    }

    public async Task<Account?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AccountRow>>();
        return await users.FindByIdAsync(id) is { } row ? ToAccount(row, [.. await users.GetRolesAsync(row)]) : null;
    }

    public async Task<ProfileOutcome> UpdateProfileAsync(string id, ProfileChange change, CancellationToken cancellationToken)
    {
        if (AccountRules.Check(change) is { Count: > 0 } errors) return new ProfileOutcome(null, errors);
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AccountRow>>();
        if (await users.FindByIdAsync(id) is not { } row) return new ProfileOutcome(null, []);
        row.FirstName = change.FirstName?.Trim() ?? row.FirstName;
        row.LastName = change.LastName?.Trim() ?? row.LastName;
        row.Locale = change.Locale is null ? row.Locale : AccountRules.LanguageOf(change.Locale);
        var updated = await users.UpdateAsync(row);
        if (!updated.Succeeded) throw new InvalidOperationException($"The profile could not be saved: {updated}");
        return new ProfileOutcome(ToAccount(row, [.. await users.GetRolesAsync(row)]), []);
    }

    public async Task<AccountPage> ListAsync(string? query, int limit, string? cursor, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var rows = database.Users.AsNoTracking();
        if (cursor is not null)
        {
            var after = ReadCursor(cursor);
            rows = rows.Where(row => row.NormalizedUserName!.CompareTo(after) > 0);
        }
        if (query?.ToUpperInvariant() is { Length: > 0 } text)
            rows = rows.Where(row => row.NormalizedUserName!.Contains(text) || row.NormalizedEmail!.Contains(text)
                || row.FirstName.ToUpper().Contains(text) || row.LastName.ToUpper().Contains(text));
        var found = await rows.OrderBy(row => row.NormalizedUserName).Take(limit + 1).ToListAsync(cancellationToken);
        var page = found.Take(limit).ToList();
        var ids = page.Select(row => row.Id).ToList();
        var roles = await (from membership in database.UserRoles
                           join role in database.Roles on membership.RoleId equals role.Id
                           where ids.Contains(membership.UserId)
                           select new { membership.UserId, role.Name }).ToListAsync(cancellationToken);
        return new AccountPage(
            [.. page.Select(row => ToAccount(row, [.. roles.Where(role => role.UserId == row.Id).Select(role => role.Name!).OrderDescending()]))],
            found.Count > limit ? WriteCursor(page[^1].NormalizedUserName!) : null);
    }

    private static string WriteCursor(string after) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(CursorMark + after));

    private static string ReadCursor(string cursor)
    {
        if (!Base64Url.IsValid(cursor)) throw new FormatException("Not a cursor.");
        var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        return text.StartsWith(CursorMark, StringComparison.Ordinal) ? text[CursorMark.Length..] : throw new FormatException("Not a cursor of this list.");
    }

    /// <summary>False when the user name or the address is taken.</summary>
    internal static async Task<bool> CreateAsync(IServiceProvider services, AccountRow row, string password, IReadOnlyList<string> roles)
    {
        var users = services.GetRequiredService<UserManager<AccountRow>>();
        try
        {
            var created = await users.CreateAsync(row, password);
            if (!created.Succeeded)
                return created.Errors.All(error => error.Code is "DuplicateUserName" or "DuplicateEmail")
                    ? false
                    : throw new InvalidOperationException($"The account could not be made: {created}");
            await users.AddToRolesAsync(row, roles);
            return true;
        }
        catch (DbUpdateException)
        {
            // Two registrations raced; the unique indexes let one through.
            return false;
        }
    }

    private static Account ToAccount(AccountRow row, IReadOnlyList<string> roles) =>
        new(row.Id, row.UserName!, row.Email!, row.FirstName, row.LastName, row.Locale, roles);
}

/// <summary>The roles there are.</summary>
internal static class Roles
{
    public const string User = "USER";
    public const string Admin = "ADMIN";
}
