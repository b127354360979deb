using Microsoft.Extensions.Configuration;

namespace Seats.Identity.Issuer;

/// <summary>Who issues tokens, and for whom.</summary>
internal sealed class IssuerOptions
{
    public const string DefaultAudience = "seats";
    public const string FirstPartyClient = "seats-web";

    /// <summary>Another OIDC issuer; null for the embedded one.</summary>
    public Uri? Authority { get; private init; }

    public string Audience { get; private init; } = DefaultAudience;

    /// <summary>The embedded issuer's own address: the same on every node, and after every restart.</summary>
    public Uri Issuer { get; private init; } = new("http://localhost:8080/");

    public TimeSpan AccessTokenLifetime { get; private init; }

    public TimeSpan RefreshTokenLifetime { get; private init; }

    public bool IsEmbedded => Authority is null;

    /// <exception cref="InvalidOperationException">The configuration cannot be meant.</exception>
    public static IssuerOptions From(IConfiguration configuration) => new()
    {
        Authority = AuthorityFrom(configuration["Authentication:Authority"]),
        Audience = configuration["Authentication:Audience"] is { Length: > 0 } audience ? audience : DefaultAudience,
        Issuer = IssuerFrom(configuration),
        AccessTokenLifetime = TimeSpan.FromMinutes(configuration.GetValue("Authentication:AccessTokenMinutes", 60)),
        RefreshTokenLifetime = TimeSpan.FromDays(configuration.GetValue("Authentication:RefreshTokenDays", 30)),
    };

    private static Uri? AuthorityFrom(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var authority) || authority.Scheme is not ("http" or "https"))
            throw new InvalidOperationException($"Authentication:Authority must be an absolute http or https address, not \"{text}\".");
        if (authority.Scheme == "http" && !authority.IsLoopback)
            throw new InvalidOperationException($"Authentication:Authority {text} is plain http: tokens could be forged on the way. Use https; plain http is for loopback alone.");
        return authority;
    }

    private static Uri IssuerFrom(IConfiguration configuration)
    {
        var text = configuration["PublicUrl"] is { Length: > 0 } given ? given
            : configuration["urls"]?.Split(';', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "http://localhost:8080";
        text = text.Replace("//+", "//localhost").Replace("//*", "//localhost").Replace("//0.0.0.0", "//localhost").Replace("//[::]", "//localhost");
        return Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var issuer)
            ? issuer
            : throw new InvalidOperationException($"PublicUrl must be an absolute address, not \"{text}\".");
    }
}
