using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Seats.Identity.Issuer;

namespace Seats.Identity.Validation;

/// <summary>What an access token must be: signed by the issuer, for this audience, not expired, and an access token at all.</summary>
internal sealed class BearerSetup(IssuerOptions issuer, IdentityKeys keys, TimeProvider time) : IConfigureNamedOptions<JwtBearerOptions>
{
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
        options.RefreshOnIssuerKeyNotFound = true;
        options.TokenValidationParameters.TypeValidator = (type, token, _) => AccessTokenType(type, token);
    }

    /// <summary>RFC 9068 says at+jwt; Keycloak says JWT, and Bearer in a claim where an ID token says ID.</summary>
    private static string AccessTokenType(string? type, SecurityToken token)
    {
        if (type is "at+jwt" or "application/at+jwt") return type;
        var claim = token is Microsoft.IdentityModel.JsonWebTokens.JsonWebToken jwt && jwt.TryGetPayloadValue<string>("typ", out var typ) ? typ : null;
        return claim == "Bearer" ? type ?? "JWT" : throw new SecurityTokenInvalidTypeException("Not an access token.");
    }

    private bool IsAlive(DateTime? notBefore, DateTime? expires, TimeSpan skew)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + skew && (notBefore is null || notBefore <= now + skew);
    }
}
