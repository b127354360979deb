using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Seats.Identity;

namespace Seats.Api.Hosting;

/// <summary>Denies unless allowed, and bounds what one connection may do.</summary>
internal static class ApiDefaults
{
    private const int ConnectionsAtMost = 20_000;

    public static void DenyUnlessAllowed(AuthorizationOptions options)
    {
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        options.AddPolicy(Policies.Admin, policy => policy.RequireAuthenticatedUser().RequireAssertion(context => Caller.From(context.User)?.IsAdmin == true));
    }

    public static void Bound(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxConcurrentConnections = ConnectionsAtMost;
        // Endpoints that take more say so: BodyLimit.
        options.Limits.MaxRequestBodySize = 1024 * 1024;
        options.Limits.MaxRequestLineSize = 32 * 1024;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        options.Limits.MaxRequestHeadersTotalSize = 24 * 1024;
    }
}
