using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Seats.Identity.Validation;

/// <summary>
/// Validates access tokens, and remembers for a minute those it found good: a rush sends the same token thousands of times, and a signature costs
/// more than a seat.
/// </summary>
internal sealed class CachedTokenHandler(TimeProvider time, bool embedded) : TokenHandler
{
    private const int TokensAtMost = 10_000;
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);
    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = 16 * 1024 };
    private readonly KeyRefresh keys = new(time);
    private ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        var now = time.GetUtcNow();
        if (known.TryGetValue(token, out var cached) && now < cached.Until) return cached.Result;
        var issuer = validationParameters.ConfigurationManager;
        if (issuer is not null)
        {
            if (await MissingKeysAsync(issuer) is { } away) return new TokenValidationResult { IsValid = false, Exception = away };
            validationParameters = validationParameters.Clone();
            validationParameters.ConfigurationManager = new KnownKeys(issuer);
        }
        var result = await handler.ValidateTokenAsync(token, validationParameters);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException && issuer is not null && await keys.AskAsync(issuer))
            result = await handler.ValidateTokenAsync(token, validationParameters);
        if (!result.IsValid) return result;
        if (!TryPrepare(result.ClaimsIdentity)) return new TokenValidationResult { IsValid = false, Exception = new SecurityTokenValidationException("The token names nobody.") };
        // Whoever floods with fresh tokens empties the memory, not the machine.
        if (known.Count >= TokensAtMost) known = new ConcurrentDictionary<string, Known>(StringComparer.Ordinal);
        var expires = new DateTimeOffset(DateTime.SpecifyKind(result.SecurityToken.ValidTo, DateTimeKind.Utc));
        known[token] = new Known(result, Earlier(now + Memory, expires));
        return result;
    }

    public override Task<TokenValidationResult> ValidateTokenAsync(SecurityToken token, TokenValidationParameters validationParameters) =>
        handler.ValidateTokenAsync(token, validationParameters);

    public override SecurityToken ReadToken(string token) => handler.ReadToken(token);

    /// <summary>Null when the issuer's keys are known; they are fetched once, and now and then again.</summary>
    private static async Task<IssuerAwayException?> MissingKeysAsync(BaseConfigurationManager issuer)
    {
        try
        {
            await issuer.GetBaseConfigurationAsync(CancellationToken.None);
            return null;
        }
        catch (InvalidOperationException away)
        {
            return new IssuerAwayException(away);
        }
    }

    /// <summary>Reads the caller once a token, not once a request; false when the token names nobody.</summary>
    private bool TryPrepare(ClaimsIdentity identity)
    {
        foreach (var forged in identity.FindAll(Caller.IsOwnClaim).ToList()) identity.RemoveClaim(forged);
        if (embedded) identity.AddClaim(new Claim(Caller.EmbeddedClaim, "true"));
        identity.BootstrapContext = Caller.Read(identity);
        identity.Label = CallerCache.Label;
        return identity.BootstrapContext is not null;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    /// <summary>
    /// The issuer's keys as they are. The library's handler would ask for others at every token it cannot check, past <see cref="KeyRefresh"/>, and what it
    /// fetched meanwhile would look to that like no news.
    /// </summary>
    private sealed class KnownKeys : BaseConfigurationManager
    {
        private readonly BaseConfigurationManager issuer;

        public KnownKeys(BaseConfigurationManager issuer)
        {
            this.issuer = issuer;
            UseLastKnownGoodConfiguration = false;
        }

        public override Task<BaseConfiguration> GetBaseConfigurationAsync(CancellationToken cancel) => issuer.GetBaseConfigurationAsync(cancel);

        public override void RequestRefresh()
        {
        }
    }

    private sealed record Known(TokenValidationResult Result, DateTimeOffset Until);
}

/// <summary>The issuer of tokens does not answer, and its keys are not known.</summary>
internal sealed class IssuerAwayException(Exception inner) : Exception("The issuer of tokens does not answer.", inner);
