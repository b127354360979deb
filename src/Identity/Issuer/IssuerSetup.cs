using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using Seats.Identity.Issuer.Refresh;
using Seats.Identity.Storage;

namespace Seats.Identity.Issuer;

/// <summary>The embedded OIDC issuer on OpenIddict: discovery, keys, and refresh; neither password grant nor implicit flow.</summary>
internal static class IssuerSetup
{
    public static void AddIssuer(this IServiceCollection services, IssuerOptions options)
    {
        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<IdentityDb>())
            .AddServer(server =>
            {
                server.SetIssuer(options.Issuer);
                server.SetTokenEndpointUris("connect/token");
                server.AllowRefreshTokenFlow();
                server.DisableAccessTokenEncryption();
                server.SetAccessTokenLifetime(options.AccessTokenLifetime);
                server.SetRefreshTokenLifetime(options.RefreshTokenLifetime);
                // Within it a used token is answered with the successor it has (Redemption); later the family ends.
                server.SetRefreshTokenReuseLeeway(TimeSpan.FromSeconds(IdentityLimits.SuccessorSeconds));
                server.RegisterScopes("email", "profile", "roles");
                server.AddEventHandler<OpenIddictServerEvents.ApplyTokenResponseContext>(handler => handler
                    .UseInlineHandler(TokenMint.TakeOverAsync).SetOrder(int.MinValue));
                server.AddEventHandler(FamilyLock.Descriptor);
                server.AddEventHandler(RefreshAtTokenEndpoint.Descriptor);
                // TLS ends before this process, or there is none on a loopback address.
                server.UseAspNetCore().DisableTransportSecurityRequirement();
            });
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>, IssuerKeySetup>();
        services.AddScoped<TokenMint>();
        services.AddSingleton<RefreshGrant>();
        services.AddScoped<Redemption>();
        services.AddScoped<TokenFamily>();
        services.AddScoped<Successors>();
    }
}

/// <summary>Gives the issuer its keys; they are open by the time anybody asks for its options.</summary>
internal sealed class IssuerKeySetup(IdentityKeys keys) : IConfigureOptions<OpenIddictServerOptions>
{
    public void Configure(OpenIddictServerOptions options)
    {
        options.SigningCredentials.Add(new SigningCredentials(keys.Signing, SecurityAlgorithms.RsaSha256));
        options.EncryptionCredentials.Add(new EncryptingCredentials(keys.Encryption, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512));
    }
}
