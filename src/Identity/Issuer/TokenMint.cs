using System.Collections.Immutable;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Seats.Identity.Storage;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Seats.Identity.Issuer;

/// <summary>
/// Mints tokens for people who signed in here, through the issuer's own pipeline: it keeps the refresh tokens, rotates them and revokes a family whose
/// old token comes back. No password grant is exposed by the token endpoint.
/// </summary>
internal sealed class TokenMint(IOpenIddictServerFactory factory, IOpenIddictServerDispatcher dispatcher, IssuerOptions options)
{
    private const string InProcess = "seats:in-process";

    /// <summary>Tokens for an account that proved who it is.</summary>
    public async Task<Tokens> SignInAsync(AccountRow account, IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        var transaction = await BeginAsync(new OpenIddictRequest { GrantType = "urn:seats:sign-in", ClientId = IssuerOptions.FirstPartyClient }, cancellationToken);
        var principal = PrincipalOf(account, roles);
        principal.SetScopes(Scopes.OpenId, Scopes.OfflineAccess, Scopes.Email, Scopes.Profile, Scopes.Roles);
        return await MintAsync(transaction, principal);
    }

    /// <summary>Who a refresh token belongs to; null when it is not valid, or was used before.</summary>
    public async Task<(string AccountId, Func<AccountRow, IReadOnlyList<string>, Task<Tokens>> Mint)?> RedeemAsync(string refreshToken, CancellationToken cancellationToken)
    {
        var request = new OpenIddictRequest { GrantType = GrantTypes.RefreshToken, ClientId = IssuerOptions.FirstPartyClient, RefreshToken = refreshToken };
        var transaction = await BeginAsync(request, cancellationToken);
        var authentication = new ProcessAuthenticationContext(transaction);
        transaction.SetProperty(typeof(ProcessAuthenticationContext).FullName!, authentication);
        await dispatcher.DispatchAsync(authentication);
        if (authentication.IsRejected || authentication.RefreshTokenPrincipal is not { } old || old.GetClaim(Claims.Subject) is not { } subject) return null;
        return (subject, (account, roles) =>
        {
            var principal = PrincipalOf(account, roles);
            principal.SetScopes(old.GetScopes());
            principal.SetAuthorizationId(old.GetAuthorizationId());
            return MintAsync(transaction, principal);
        }
        );
    }

    /// <summary>Tokens minted here are handed over in this process: there is no HTTP response to write.</summary>
    public static ValueTask TakeOverAsync(ApplyTokenResponseContext context)
    {
        if (context.Transaction.Properties.ContainsKey(InProcess)) context.HandleRequest();
        return default;
    }

    private async Task<OpenIddictServerTransaction> BeginAsync(OpenIddictRequest request, CancellationToken cancellationToken)
    {
        var transaction = await factory.CreateTransactionAsync();
        transaction.CancellationToken = cancellationToken;
        transaction.EndpointType = OpenIddictServerEndpointType.Token;
        transaction.BaseUri = options.Issuer;
        transaction.Properties[InProcess] = true;
        transaction.Request = request;
        return transaction;
    }

    private async Task<Tokens> MintAsync(OpenIddictServerTransaction transaction, ClaimsPrincipal principal)
    {
        principal.SetResources(options.Audience);
        transaction.Response = new OpenIddictResponse();
        var signIn = new ProcessSignInContext(transaction) { Principal = principal };
        await dispatcher.DispatchAsync(signIn);
        if (signIn.IsRejected || signIn.AccessToken is null || signIn.RefreshToken is null)
            throw new InvalidOperationException($"The issuer minted no tokens: {signIn.Error} {signIn.ErrorDescription}");
        return new Tokens(
            signIn.AccessToken, (int)options.AccessTokenLifetime.TotalSeconds, signIn.RefreshToken, (int)options.RefreshTokenLifetime.TotalSeconds);
    }

    private static ClaimsPrincipal PrincipalOf(AccountRow account, IReadOnlyList<string> roles)
    {
        var identity = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType, Claims.PreferredUsername, Claims.Role);
        identity.SetClaim(Claims.Subject, account.Id)
            .SetClaim(Claims.Email, account.Email)
            .SetClaim(Claims.PreferredUsername, account.UserName)
            .SetClaim(Claims.GivenName, account.FirstName)
            .SetClaim(Claims.FamilyName, account.LastName)
            .SetClaim(Claims.Locale, account.Locale)
            .SetClaim("realm_access", JsonSerializer.SerializeToElement(new { roles }));
        identity.SetDestinations(_ => [Destinations.AccessToken]);
        return new ClaimsPrincipal(identity);
    }
}
