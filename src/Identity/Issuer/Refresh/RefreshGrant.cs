using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using Seats.Identity.Storage;

namespace Seats.Identity.Issuer.Refresh;

/// <summary>The one way in which a refresh token becomes tokens, whichever endpoint it came to.</summary>
internal sealed class RefreshGrant(IServiceScopeFactory scopes)
{
    public async Task<RefreshOutcome> RedeemAsync(string refreshToken)
    {
        var reply = await RedeemAsync(new OpenIddictRequest
        {
            GrantType = OpenIddictConstants.GrantTypes.RefreshToken,
            ClientId = IssuerOptions.FirstPartyClient,
            RefreshToken = refreshToken,
        });
        if (reply.IsRefused) return new RefreshOutcome(null, reply.IsReused);
        await using var scope = scopes.CreateAsyncScope();
        return new RefreshOutcome(scope.ServiceProvider.GetRequiredService<TokenMint>().TokensOf(reply.Response));
    }

    /// <summary>
    /// Past a connection that broke it tries again, with nothing in memory of the first try: had that been committed, it finds the
    /// successor.
    /// </summary>
    public async Task<RefreshReply> RedeemAsync(OpenIddictRequest request)
    {
        await using var outer = scopes.CreateAsyncScope();
        var strategy = outer.ServiceProvider.GetRequiredService<IdentityDb>().Database.CreateExecutionStrategy();
        return await strategy.ExecuteAsync(async () =>
        {
            await using var scope = scopes.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<Redemption>().RunAsync(request);
        });
    }
}
