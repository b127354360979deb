using System.Security.Claims;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Seats.Identity.Accounts;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Seats.Identity.Issuer;

/// <summary>
/// Mints tokens through the issuer's own pipeline, in this process: it keeps the refresh tokens and rotates them. No password grant is
/// exposed by the token endpoint.
/// </summary>
internal sealed class TokenMint(IOpenIddictServerFactory factory, IOpenIddictServerDispatcher dispatcher, IssuerOptions options)
{
    private const string InProcess = "seats:in-process";

    /// <summary>Tokens for an account that proved who it is.</summary>
    public async Task<Tokens> SignInAsync(ActiveAccount account, CancellationToken cancellationToken)
    {
        var request = new OpenIddictRequest { GrantType = "urn:seats:sign-in", ClientId = IssuerOptions.FirstPartyClient };
        var transaction = await BeginAsync(request);
        transaction.CancellationToken = cancellationToken;
        var principal = PrincipalOf(account);
        principal.SetScopes(Scopes.OpenId, Scopes.OfflineAccess, Scopes.Email, Scopes.Profile, Scopes.Roles);
        return TokensOf(await MintAsync(transaction, principal));
    }

    /// <summary>Asks the issuer whether a token request is good; its refresh token is not used up by that.</summary>
    public async Task<ValidateTokenRequestContext> ValidateAsync(OpenIddictRequest request)
    {
        var validation = new ValidateTokenRequestContext(await BeginAsync(request));
        await dispatcher.DispatchAsync(validation);
        return validation;
    }

    /// <summary>Uses up the refresh token of a good request, and mints its successor for the account as it is now.</summary>
    public async Task<OpenIddictResponse> RefreshAsync(ValidateTokenRequestContext validated, ActiveAccount account)
    {
        var old = validated.RefreshTokenPrincipal!;
        var principal = PrincipalOf(account);
        principal.SetScopes(old.GetScopes());
        principal.SetAuthorizationId(old.GetAuthorizationId());
        return await MintAsync(validated.Transaction, principal);
    }

    public Tokens TokensOf(OpenIddictResponse response) => new(
        response.AccessToken!, (int)options.AccessTokenLifetime.TotalSeconds,
        response.RefreshToken!, (int)options.RefreshTokenLifetime.TotalSeconds);

    /// <summary>Tokens minted here are handed over in this process: there is no HTTP response to write.</summary>
    public static ValueTask TakeOverAsync(ApplyTokenResponseContext context)
    {
        if (context.Transaction.Properties.ContainsKey(InProcess)) context.HandleRequest();
        return default;
    }

    private async Task<OpenIddictServerTransaction> BeginAsync(OpenIddictRequest request)
    {
        var transaction = await factory.CreateTransactionAsync();
        transaction.EndpointType = OpenIddictServerEndpointType.Token;
        transaction.BaseUri = options.Issuer;
        transaction.Properties[InProcess] = true;
        transaction.Request = request;
        return transaction;
    }

    private async Task<OpenIddictResponse> MintAsync(OpenIddictServerTransaction transaction, ClaimsPrincipal principal)
    {
        principal.SetResources(options.Audience);
        var response = new OpenIddictResponse();
        transaction.Response = response;
        var signIn = new ProcessSignInContext(transaction) { Principal = principal };
        await dispatcher.DispatchAsync(signIn);
        if (signIn.IsRejected || response.AccessToken is null || response.RefreshToken is null)
            throw new InvalidOperationException($"The issuer minted no tokens: {signIn.Error} {signIn.ErrorDescription}");
        return response;
    }

    private static ClaimsPrincipal PrincipalOf(ActiveAccount account)
    {
        var identity = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType, Claims.PreferredUsername, Claims.Role);
        identity.SetClaim(Claims.Subject, account.Row.Id)
            .SetClaim(Claims.Email, account.Row.Email)
            .SetClaim(Claims.EmailVerified, account.Row.EmailConfirmed)
            .SetClaim(Claims.PreferredUsername, account.Row.UserName)
            .SetClaim(Claims.GivenName, account.Row.FirstName)
            .SetClaim(Claims.FamilyName, account.Row.LastName)
            .SetClaim(Claims.Locale, account.Row.Locale)
            .SetClaim("realm_access", JsonSerializer.SerializeToElement(new { roles = account.Roles }));
        identity.SetDestinations(_ => [Destinations.AccessToken]);
        return new ClaimsPrincipal(identity);
    }
}
