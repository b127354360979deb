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
        await keys.OpenAsync(patience.Token);
        await using var scope = scopes.CreateAsyncScope();
        await AddRolesAsync(scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole>>());
        await AddClientAsync(scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>(), patience.Token);
        await administrator.EnsureAsync(scope.ServiceProvider);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task AddRolesAsync(RoleManager<IdentityRole> roles)
    {
        foreach (var role in new[] { Roles.User, Roles.Admin })
            await Racing.IgnoreAsync(async () =>
            {
                if (!await roles.RoleExistsAsync(role)) await roles.CreateAsync(new IdentityRole(role));
            });
    }

    private static Task AddClientAsync(IOpenIddictApplicationManager clients, CancellationToken cancellationToken) => Racing.IgnoreAsync(async () =>
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
    });
}

/// <summary>Steps that several nodes take at once, of which one wins.</summary>
internal static class Racing
{
    public static async Task IgnoreAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Microsoft.EntityFrameworkCore.DbUpdateException)
        {
            // Another node did the same at the same time; the unique index let one through, and that one is enough.
        }
    }
}
