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
    private ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        var now = time.GetUtcNow();
        if (known.TryGetValue(token, out var cached) && now < cached.Until) return cached.Result;
        var result = await handler.ValidateTokenAsync(token, validationParameters);
        if (!result.IsValid) return result;
        Prepare(result.ClaimsIdentity);
        // Whoever floods with fresh tokens empties the memory, not the machine.
        if (known.Count >= TokensAtMost) known = new ConcurrentDictionary<string, Known>(StringComparer.Ordinal);
        var expires = new DateTimeOffset(DateTime.SpecifyKind(result.SecurityToken.ValidTo, DateTimeKind.Utc));
        known[token] = new Known(result, Earlier(now + Memory, expires));
        return result;
    }

    public override Task<TokenValidationResult> ValidateTokenAsync(SecurityToken token, TokenValidationParameters validationParameters) =>
        handler.ValidateTokenAsync(token, validationParameters);

    public override SecurityToken ReadToken(string token) => handler.ReadToken(token);

    /// <summary>Reads the caller once a token, not once a request.</summary>
    private void Prepare(ClaimsIdentity identity)
    {
        if (embedded) identity.AddClaim(new Claim(Caller.EmbeddedClaim, "true"));
        identity.BootstrapContext = Caller.Read(identity);
        identity.Label = CallerCache.Label;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private sealed record Known(TokenValidationResult Result, DateTimeOffset Until);
}
