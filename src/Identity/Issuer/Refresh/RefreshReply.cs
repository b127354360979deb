using OpenIddict.Abstractions;

namespace Seats.Identity.Issuer.Refresh;

/// <summary>What a refresh token is answered with.</summary>
/// <param name="Response">As RFC 6749 writes it: tokens, or an error.</param>
/// <param name="IsReused">The token was used before, and not just now: its family has ended.</param>
internal sealed record RefreshReply(OpenIddictResponse Response, bool IsReused = false)
{
    public bool IsRefused => Response.Error is not null;

    public static RefreshReply Refused(string? error, string? description) =>
        new(new OpenIddictResponse { Error = error ?? OpenIddictConstants.Errors.InvalidGrant, ErrorDescription = description });

    public static RefreshReply Gone { get; } = Refused(null, "The account is gone or locked.");

    public static RefreshReply Reused { get; } = Refused(null, "It was used before: its session has ended.") with { IsReused = true };
}
