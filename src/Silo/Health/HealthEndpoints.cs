using Seats.Grains.Actors;
using Seats.Grains.Journal;
using Seats.Silo.Journal;
using Seats.Silo.Membership;

namespace Seats.Silo.Health;

/// <summary>Whether a silo lives, and whether it can serve: <c>/health/live</c> and <c>/health/ready</c>.</summary>
public static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Maps both; neither needs a sign-in, and neither tells more than it must.</summary>
    public static void MapSiloHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", () => Results.Json(new { status = "live" })).AllowAnonymous();
        endpoints.MapGet("/health/ready", ReadyAsync).AllowAnonymous();
    }

    private static async Task<IResult> ReadyAsync(
        HttpContext context, ISiloStatusOracle silos, IJournal journal, StoreGate gate, ITimeCheck check, StoppedEvents stopped,
        CancellationToken cancellationToken)
    {
        // Of several silos, the others may know better than this one.
        var isCountedOn = context.RequestServices.GetService<MembershipWatch>()?.IsCountedOn ?? true;
        var active = silos.CurrentStatus == SiloStatus.Active && isCountedOn;
        var writable = await AnswersAsync(journal, cancellationToken);
        var clock = check.Trouble;
        var ready = active && writable && clock is null;
        if (!ready) context.Response.Headers.RetryAfter = "1";
        var body = new
        {
            status = ready ? "ready" : "not ready",
            silo = silos.CurrentStatus.ToString(),
            cluster = isCountedOn ? "counts on it" : "may have declared it dead",
            journal = writable ? "answers" : gate.Trouble ?? "does not answer",
            clock = clock ?? "agrees",
            stoppedEvents = stopped.All,
        };
        return Results.Json(body, statusCode: ready ? 200 : 503);
    }

    private static async Task<bool> AnswersAsync(IJournal journal, CancellationToken cancellationToken)
    {
        try
        {
            await journal.ProbeAsync().WaitAsync(Patience, cancellationToken);
            return true;
        }
        catch (Exception away) when (away is JournalUnavailableException or TimeoutException)
        {
            return false;
        }
    }
}
