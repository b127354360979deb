using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Seats.Identity.Issuer;

namespace Seats.Identity.Validation;

/// <summary>What an access token must be: signed by the issuer, for this audience, not expired, and an access token at all.</summary>
internal sealed class BearerSetup(IssuerOptions issuer, IdentityKeys keys, TimeProvider time) : IConfigureNamedOptions<JwtBearerOptions>
{
    private static readonly string[] OfIdTokens = ["nonce", "at_hash", "c_hash"];
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    public void Configure(string? name, JwtBearerOptions options)
    {
        if (name != JwtBearerDefaults.AuthenticationScheme) return;
        options.MapInboundClaims = false;
        options.SaveToken = false;
        options.TimeProvider = time;
        options.TokenHandlers.Clear();
        options.TokenHandlers.Add(new CachedTokenHandler(time, issuer.IsEmbedded));
        options.TokenValidationParameters = Parameters();
        if (issuer.IsEmbedded) Embedded(options);
        else Other(options);
    }

    public void Configure(JwtBearerOptions options) => Configure(JwtBearerDefaults.AuthenticationScheme, options);

    private TokenValidationParameters Parameters() => new()
    {
        ValidAudience = issuer.Audience,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256],
        ClockSkew = Skew,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        NameClaimType = "preferred_username",
        LifetimeValidator = (notBefore, expires, _, parameters) => IsAlive(notBefore, expires, parameters.ClockSkew),
    };

    private void Embedded(JwtBearerOptions options)
    {
        var parameters = options.TokenValidationParameters;
        parameters.ValidIssuer = issuer.Issuer.AbsoluteUri;
        parameters.ValidTypes = ["at+jwt"];
        // The keys live in this process: nobody is asked over the network.
        parameters.IssuerSigningKeyResolver = (_, _, _, _) => [keys.Signing];
    }

    private void Other(JwtBearerOptions options)
    {
        options.Authority = issuer.Authority!.AbsoluteUri.TrimEnd('/');
        options.RequireHttpsMetadata = issuer.Authority.Scheme == "https";
        // The token handler asks for keys it does not know, and tries the same token again.
        options.RefreshOnIssuerKeyNotFound = false;
        options.RefreshInterval = TimeSpan.FromSeconds(1);
        options.Events = SayingThatTheIssuerIsAway();
        options.TokenValidationParameters.TypeValidator = (type, token, _) => AccessTokenType(type, token);
    }

    /// <summary>
    /// RFC 9068 says at+jwt. Others say JWT or nothing, and mark what is no access token: Keycloak by a claim (Bearer, ID, Refresh), the rest by
    /// claims that only ID tokens have.
    /// </summary>
    private static string AccessTokenType(string? type, SecurityToken token)
    {
        if (type is "at+jwt" or "application/at+jwt") return type;
        if (token is JsonWebToken jwt && IsAccessToken(jwt)) return type ?? "JWT";
        throw new SecurityTokenInvalidTypeException("Not an access token.");
    }

    private static bool IsAccessToken(JsonWebToken token) => token.TryGetPayloadValue<string>("typ", out var kind)
        ? kind == "Bearer"
        : !OfIdTokens.Any(claim => token.TryGetPayloadValue<object>(claim, out _));

    /// <summary>While the issuer's keys cannot be fetched nobody can tell a good token from a bad one: that is not the caller's fault.</summary>
    private static JwtBearerEvents SayingThatTheIssuerIsAway() => new()
    {
        OnChallenge = context =>
        {
            if (context.AuthenticateFailure is not IssuerAwayException) return Task.CompletedTask;
            context.HandleResponse();
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "5";
            // Under a key an earlier sending may have been obeyed.
            if (!context.Request.Headers.ContainsKey("Idempotency-Key")) context.Response.Headers["Seats-Outcome"] = "not-applied";
            return Task.CompletedTask;
        },
    };

    private bool IsAlive(DateTime? notBefore, DateTime? expires, TimeSpan skew)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + skew && (notBefore is null || notBefore <= now + skew);
    }
}
