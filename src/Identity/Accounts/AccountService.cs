using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Seats.Identity.Addresses;
using Seats.Identity.Issuer.Refresh;
using Seats.Identity.Storage;
using Seats.Spelling;

namespace Seats.Identity.Accounts;

/// <summary>Accounts on ASP.NET Core Identity.</summary>
internal sealed class AccountService(
    IServiceScopeFactory scopes, SignIn signIn, RefreshGrant refresh, Verifications verifications, ReservedNames reserved) : IAccounts
{
    public bool IsAvailable => true;

    public async Task<string?> FindLocaleAsync(string email, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var normalized = scope.ServiceProvider.GetRequiredService<ILookupNormalizer>().NormalizeEmail(email);
        return (await scope.ServiceProvider.GetRequiredService<IdentityDb>().FindProvedAsync(normalized, cancellationToken))?.Locale;
    }

    public async Task<RegisterOutcome> RegisterAsync(Registration registration, Guid? run, CancellationToken cancellationToken)
    {
        if (AccountRules.Check(registration) is { Count: > 0 } errors) return new RegisterOutcome(null, false, errors);
        if (reserved.Have(registration.Username!)) return new RegisterOutcome(null, IsTaken: true, []);
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
        if (made.Row is not { } account) return new RegisterOutcome(null, made.RetryAfterSeconds is null, [], made.RetryAfterSeconds);
        verifications.OnAdded?.Invoke();
        return new RegisterOutcome(account.ToAccount([Roles.User]), false, []);
    }

    public Task<SignInOutcome> SignInAsync(SignInAttempt attempt, CancellationToken cancellationToken) =>
        signIn.RunAsync(attempt, cancellationToken);

    public Task<RefreshOutcome> RefreshAsync(string refreshToken) => refresh.RedeemAsync(refreshToken);

    public async Task<Account?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Profiles>().FindAsync(id);
    }

    public async Task<ProfileOutcome> UpdateProfileAsync(string id, ProfileChange change, CancellationToken cancellationToken)
    {
        if (AccountRules.Check(change) is { Count: > 0 } errors) return new ProfileOutcome(null, errors);
        await using var scope = scopes.CreateAsyncScope();
        var outcome = await scope.ServiceProvider.GetRequiredService<Profiles>().ChangeAsync(id, change);
        if (change.Email is not null && outcome.Account is not null) verifications.OnAdded?.Invoke();
        return outcome;
    }

    public async Task<AccountPage> ListAsync(string? query, int limit, string? cursor, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AccountList>().ReadAsync(query, limit, cursor, cancellationToken);
    }
}
