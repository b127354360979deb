using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Seats.Identity.Issuer.Refresh;

/// <summary>
/// Locks the family of a refresh token as soon as it is known to be one of ours, and before the issuer reads anything of it: what it read
/// earlier would be believed though another node changed it.
/// </summary>
internal sealed class FamilyLock(TokenFamily family) : IOpenIddictServerHandler<ValidateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ValidateTokenContext>()
        .UseScopedHandler<FamilyLock>()
        .SetOrder(OpenIddictServerHandlers.Protection.RestoreTokenEntryProperties.Descriptor.Order - 500)
        .Build();

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.EndpointType != OpenIddictServerEndpointType.Token || context.Principal?.GetTokenId() is not { } tokenId) return;
        if (context.Principal.HasTokenType(OpenIddictConstants.TokenTypeIdentifiers.RefreshToken)) await family.LockAsync(tokenId);
    }
}
