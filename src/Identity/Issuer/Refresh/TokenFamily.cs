using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using OpenIddict.EntityFrameworkCore.Models;
using Seats.Identity.Storage;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Seats.Identity.Issuer.Refresh;

/// <summary>
/// The tokens that follow from one sign-in, locked while one of them is redeemed: whoever comes with any of them at the same time, on
/// whichever node, waits and then sees what was done.
/// </summary>
internal sealed class TokenFamily(IdentityDb database, TimeProvider time) : IAsyncDisposable
{
    private IDbContextTransaction? transaction;
    private string? authorizationId;

    /// <summary>The token was used before.</summary>
    public bool WasUsed { get; private set; }

    /// <summary>The token was used before, and so long ago that its successor is not given again.</summary>
    public bool IsUsedUp { get; private set; }

    /// <summary>Locks the family of a token until it is committed or disposed. A token that is not there locks nothing.</summary>
    public async Task LockAsync(string tokenId)
    {
        // On SQLite a transaction begins with the one lock there is.
        transaction ??= await database.Database.BeginTransactionAsync();
        if (database.Database.IsNpgsql())
            await database.Database.ExecuteSqlAsync($"""
                select 1 from identity."OpenIddictAuthorizations"
                where "Id" = (select "AuthorizationId" from identity."OpenIddictTokens" where "Id" = {tokenId}) for update
                """);
        var token = await Tokens.AsNoTracking().Where(row => row.Id == tokenId)
            .Select(row => new { row.Status, row.RedemptionDate, row.ExpirationDate, AuthorizationId = row.Authorization!.Id })
            .SingleOrDefaultAsync();
        if (token is null) return;
        var now = time.GetUtcNow().UtcDateTime;
        authorizationId = token.AuthorizationId;
        WasUsed = token.Status == Statuses.Redeemed && token.ExpirationDate > now;
        IsUsedUp = WasUsed && !(token.RedemptionDate > now.AddSeconds(-IdentityLimits.SuccessorSeconds));
    }

    /// <summary>The issuer only logs it when it could not mark a token as used: then two would be good at the same time.</summary>
    /// <exception cref="InvalidOperationException">It is not marked.</exception>
    public async Task MustBeUsedAsync(string tokenId)
    {
        if (!await Tokens.AsNoTracking().AnyAsync(row => row.Id == tokenId && row.Status == Statuses.Redeemed))
            throw new InvalidOperationException("A refresh token could not be marked as used: no successor is given.");
    }

    /// <summary>No token of the family is good any more, nor any that somebody is about to mint.</summary>
    public async Task EndAsync()
    {
        if (authorizationId is null) return;
        await database.Set<OpenIddictEntityFrameworkCoreAuthorization>().Where(row => row.Id == authorizationId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, Statuses.Revoked));
        await Tokens.Where(row => row.Authorization!.Id == authorizationId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, Statuses.Revoked));
    }

    public Task CommitAsync() => transaction?.CommitAsync() ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => transaction?.DisposeAsync() ?? default;

    private DbSet<OpenIddictEntityFrameworkCoreToken> Tokens => database.Set<OpenIddictEntityFrameworkCoreToken>();
}
