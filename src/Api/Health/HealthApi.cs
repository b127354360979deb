using Seats.Api.Requests;
using Seats.Grains.Abstractions;

namespace Seats.Api.Health;

/// <summary>Whether this node lives, and whether it can serve.</summary>
internal static class HealthApi
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", context => context.Response.WriteAsJsonAsync(new { status = "live" })).AllowAnonymous();
        routes.MapGet("/health/ready", ReadyAsync).AllowAnonymous();
    }

    /// <summary>An event that stopped takes nothing from the others: the node stays ready, and says which.</summary>
    private static async Task ReadyAsync(HttpContext context)
    {
        var (trouble, stopped) = await CheckAsync(context);
        context.Response.StatusCode = trouble is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsJsonAsync(new
        {
            status = trouble is null ? "ready" : "not ready",
            trouble,
            stoppedEvents = stopped.ToDictionary(item => item.EventId, item => item.Trouble),
        });
    }

    private static async Task<(string? Trouble, IReadOnlyList<StoppedEvent> Stopped)> CheckAsync(HttpContext context)
    {
        if (context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested) return ("stopping", []);
        try
        {
            return (null, await EventCalls.Of(context).Health.Check().WaitAsync(Patience, context.RequestAborted));
        }
        catch (Exception failure) when (failure is EventUnavailableException or TimeoutException or Orleans.Runtime.OrleansException)
        {
            return (failure is EventUnavailableException ? "the journal does not answer" : "no silo answers", []);
        }
    }
}
