namespace Seats.Api.Hosting;

/// <summary>HEAD is GET without the body (RFC 9110, 9.3.2): the server leaves the body out by itself, so that every GET answers both.</summary>
internal sealed class HeadRequests(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (HttpMethods.IsHead(context.Request.Method)) context.Request.Method = HttpMethods.Get;
        return next(context);
    }
}
