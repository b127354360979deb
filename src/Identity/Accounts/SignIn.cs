using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Seats.Identity.Issuer;
using Seats.Identity.Storage;

namespace Seats.Identity.Accounts;

/// <summary>Signs people in by password. Whoever is known, unknown or locked goes the same way, through the lane for passwords.</summary>
internal sealed class SignIn(IServiceScopeFactory scopes, PasswordLane lane, Guesses guesses, ILogger<SignIn> logger)
{
    private const int CountingTriesAtMost = 5;

    public async Task<SignInOutcome> RunAsync(SignInAttempt attempt, CancellationToken cancellationToken)
    {
        if (lane.RetryAfterSeconds is { } pause) return new SignInOutcome(null, pause);
        var (id, hash) = await FindAsync(attempt.Username);
        if (id is not null && guesses.AreTooMany(id, attempt.From)) hash = null;
        // Nothing of the database is held while somebody waits here.
        var check = await CheckAsync(hash, attempt.Password, cancellationToken);
        if (check.Result is not { } result) return new SignInOutcome(null, check.RetryAfterSeconds);
        if (id is null || hash is null) return Refused(id, attempt, id is null ? "nobody has the name" : "it is locked for a while");
        // Others who guessed while this one waited count too.
        if (guesses.AreTooMany(id, attempt.From)) return Refused(id, attempt, "it is locked for a while");
        if (!result.IsRight)
        {
            guesses.Failed(id, attempt.From);
            await CountFailureAsync(id);
            return Refused(id, attempt, "the password is wrong");
        }
        if (await TokensAsync(id, hash, result.Rehashed, cancellationToken) is not { } tokens) return Refused(id, attempt, "it changed meanwhile");
        guesses.Succeeded(id, attempt.From);
        return new SignInOutcome(tokens);
    }

    /// <summary>What was typed is not written down: it may be somebody's address, or a password in the wrong field.</summary>
    private SignInOutcome Refused(string? id, SignInAttempt attempt, string reason)
    {
        logger.LogInformation("A sign-in to account {Account} from {Address} was refused: {Reason}", id ?? "(none)", attempt.From, reason);
        return SignInOutcome.Refused;
    }

    /// <summary>The account and the hash of its password; without a hash when it is locked.</summary>
    private async Task<(string? Id, string? Hash)> FindAsync(string username)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AccountRow>>();
        username = username.Trim();
        var row = username.Contains('@')
            ? await scope.ServiceProvider.GetRequiredService<IdentityDb>().FindProvedAsync(users.NormalizeEmail(username))
            : await users.FindByNameAsync(username);
        return (row?.Id, row is null || await users.IsLockedOutAsync(row) ? null : row.PasswordHash);
    }

    private async Task<LaneOutcome<PasswordCheck>> CheckAsync(string? hash, string password, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Passwords>().CheckAsync(hash, password, cancellationToken);
    }

    /// <summary>Null when the account was locked, or its password changed, while this one waited.</summary>
    private async Task<Tokens?> TokensAsync(string id, string hash, string? rehashed, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AccountRow>>();
        if (await ActiveAccount.FindAsync(users, id) is not { } account || account.Row.PasswordHash != hash) return null;
        if (rehashed is not null) account.Row.PasswordHash = rehashed;
        if (account.Row.AccessFailedCount > 0) await users.ResetAccessFailedCountAsync(account.Row);
        else if (rehashed is not null) await users.UpdateAsync(account.Row);
        return await scope.ServiceProvider.GetRequiredService<TokenMint>().SignInAsync(account, cancellationToken);
    }

    /// <summary>Counts on the row as it is now: others who guess at the same time count too.</summary>
    private async Task CountFailureAsync(string id)
    {
        for (var attempt = 0; attempt < CountingTriesAtMost; attempt++)
        {
            await using var scope = scopes.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<AccountRow>>();
            if (await users.FindByIdAsync(id) is not { } row || await users.IsLockedOutAsync(row)) return;
            if ((await users.AccessFailedAsync(row)).Succeeded) return;
        }
    }
}
