using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Seats.Identity.Issuer.Refresh;

/// <summary>Answers the refresh grant of the token endpoint by <see cref="RefreshGrant"/>, in place of the issuer's own steps.</summary>
internal sealed class RefreshAtTokenEndpoint(RefreshGrant grant, IOpenIddictServerDispatcher dispatcher)
    : IOpenIddictServerHandler<ProcessRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ProcessRequestContext>()
        .AddFilter<OpenIddictServerHandlerFilters.RequireTokenRequest>()
        .UseScopedHandler<RefreshAtTokenEndpoint>()
        .SetOrder(OpenIddictServerHandlers.Exchange.ExtractTokenRequest.Descriptor.Order + 500)
        .Build();

    public async ValueTask HandleAsync(ProcessRequestContext context)
    {
        if (context.Transaction.Request is not { } request || !request.IsRefreshTokenGrantType()) return;
        var reply = await grant.RedeemAsync(request);
        if (reply.IsRefused)
        {
            context.Reject(reply.Response.Error, reply.Response.ErrorDescription, reply.Response.ErrorUri);
            return;
        }
        context.Transaction.Response = reply.Response;
        await dispatcher.DispatchAsync(new ApplyTokenResponseContext(context.Transaction));
        context.HandleRequest();
    }
}
