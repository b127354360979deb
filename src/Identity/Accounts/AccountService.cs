using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Seats.Identity.Issuer.Refresh;
using Seats.Identity.Storage;
using Seats.Spelling;

namespace Seats.Identity.Accounts;

/// <summary>Accounts on ASP.NET Core Identity.</summary>
internal sealed class AccountService(IServiceScopeFactory scopes, SignIn signIn, RefreshGrant refresh) : IAccounts
{
    public bool IsAvailable => true;

    public async Task<string?> FindLocaleAsync(string email, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<UserManager<AccountRow>>().FindByEmailAsync(email))?.Locale;
    }

    public async Task<RegisterOutcome> RegisterAsync(Registration registration, Guid? run, CancellationToken cancellationToken)
    {
        if (AccountRules.Check(registration) is { Count: > 0 } errors) return new RegisterOutcome(null, false, errors);
        await using var scope = scopes.CreateAsyncScope();
        var row = new AccountRow
        {
            Id = (run ?? Guid.NewGuid()).ToString(),
            UserName = registration.Username,
            Email = EmailAddress.Canonical(registration.Email),
            FirstName = registration.FirstName!.Trim(),
            LastName = registration.LastName!.Trim(),
            Locale = AccountRules.LanguageOf(registration.Locale),
        };
        var registrar = scope.ServiceProvider.GetRequiredService<Registrar>();
        var made = await registrar.MakeAsync(row, registration.Password!, [Roles.User], cancellationToken);
        return made.Row is { } account
            ? new RegisterOutcome(account.ToAccount([Roles.User]), false, [])
            : new RegisterOutcome(null, made.RetryAfterSeconds is null, [], made.RetryAfterSeconds);
    }

    public Task<SignInOutcome> SignInAsync(string username, string password, CancellationToken cancellationToken) =>
        signIn.RunAsync(username, password, cancellationToken);

    public Task<RefreshOutcome> RefreshAsync(string refreshToken) => refresh.RedeemAsync(refreshToken);

    public async Task<Account?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AccountRow>>();
        return await users.FindByIdAsync(id) is { } row ? row.ToAccount([.. await users.GetRolesAsync(row)]) : null;
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
        return new ProfileOutcome(row.ToAccount([.. await users.GetRolesAsync(row)]), []);
    }

    public async Task<AccountPage> ListAsync(string? query, int limit, string? cursor, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AccountList>().ReadAsync(query, limit, cursor, cancellationToken);
    }
}
