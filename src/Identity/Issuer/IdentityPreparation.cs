using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenIddict.Abstractions;
using Seats.Identity.Accounts;
using Seats.Identity.Storage;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Seats.Identity.Issuer;

/// <summary>Makes the issuer ready before anybody is served: keys, roles, the first client and the first administrator.</summary>
internal sealed class IdentityPreparation(IServiceScopeFactory scopes, IdentityKeys keys, FirstAdministrator administrator) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        await using var scope = scopes.CreateAsyncScope();
        await using var turn = await OneNodeAtATime.EnterAsync(scope.ServiceProvider.GetRequiredService<IdentityDb>(), patience.Token);
        await keys.OpenAsync(patience.Token);
        await AddRolesAsync(scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole>>());
        await AddClientAsync(scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>(), patience.Token);
        await administrator.EnsureAsync(scope.ServiceProvider);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task AddRolesAsync(RoleManager<IdentityRole> roles)
    {
        foreach (var role in new[] { Roles.User, Roles.Admin })
            if (!await roles.RoleExistsAsync(role)) await roles.CreateAsync(new IdentityRole(role));
    }

    private static async Task AddClientAsync(IOpenIddictApplicationManager clients, CancellationToken cancellationToken)
    {
        if (await clients.FindByClientIdAsync(IssuerOptions.FirstPartyClient, cancellationToken) is not null) return;
        await clients.CreateAsync(new OpenIddictApplicationDescriptor
        {
            ClientId = IssuerOptions.FirstPartyClient,
            ClientType = ClientTypes.Public,
            ConsentType = ConsentTypes.Implicit,
            DisplayName = "Seats",
            Permissions = { Permissions.Endpoints.Token, Permissions.GrantTypes.RefreshToken, Permissions.Scopes.Email, Permissions.Scopes.Profile, Permissions.Scopes.Roles },
        }, cancellationToken);
    }
}
