using Seats.Api.Docs;
using Seats.Api.Json;
using Seats.Api.Requests;
using Seats.Grains.Abstractions;

namespace Seats.Api.Health;

internal sealed record LiveAnswer(string Status);

/// <param name="Trouble">What stands in the way; absent when nothing does.</param>
/// <param name="StoppedEvents">Events whose journal cannot be believed, by id, and what is wrong at which version.</param>
internal sealed record ReadyAnswer(string Status, string? Trouble, IReadOnlyDictionary<string, string> StoppedEvents);

/// <summary>Whether this node lives, and whether it can serve.</summary>
internal static class HealthApi
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", LiveAsync).AllowAnonymous().Describe("Health", "Whether this node lives").Gives<LiveAnswer>();
        routes.MapGet("/health/ready", ReadyAsync).AllowAnonymous().Describe("Health", "Whether this node can serve; the same body with 503 where it cannot").Gives<ReadyAnswer>(200, 503);
    }

    private static Task LiveAsync(HttpContext context) => Answer.WriteAsync(context, new LiveAnswer("live"), ApiJson.Answers.LiveAnswer);

    /// <summary>An event that stopped takes nothing from the others: the node stays ready, and says which.</summary>
    private static async Task ReadyAsync(HttpContext context)
    {
        var (trouble, stopped) = await CheckAsync(context);
        context.Response.StatusCode = trouble is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        if (trouble is not null) context.Response.Headers.RetryAfter = "1";
        var answer = new ReadyAnswer(trouble is null ? "ready" : "not ready", trouble, stopped.ToDictionary(item => $"{item.EventId}", item => item.Trouble));
        await Answer.WriteAsync(context, answer, ApiJson.Answers.ReadyAnswer);
    }

    private static async Task<(string? Trouble, IReadOnlyList<StoppedEvent> Stopped)> CheckAsync(HttpContext context)
    {
        if (context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested) return ("stopping", []);
        try
        {
            return (null, await EventCalls.Of(context).Health.Check().WaitAsync(Patience, context.RequestAborted));
        }
        catch (Exception failure) when (Attempts.IsTransient(failure) && !context.RequestAborted.IsCancellationRequested)
        {
            return (TroubleOf(failure), []);
        }
    }

    private static string TroubleOf(Exception failure) => failure switch
    {
        EventUnavailableException { Reason: UnavailableReason.Clock } => failure.Message,
        EventUnavailableException => "the journal does not answer",
        _ => "no silo answers",
    };
}
