using System.Text.Json.Serialization.Metadata;
using Orleans.Runtime;
using Seats.Api.Json;
using Seats.Api.Places;
using Seats.Api.Problems;
using Seats.Grains.Abstractions;

namespace Seats.Api.Requests;

/// <summary>Calls events: once more with the same command id when one cannot answer, then says so honestly.</summary>
internal sealed class EventCalls(IGrainFactory grains, SeatMaps maps, ILogger<EventCalls> logger)
{
    private const int JitterMilliseconds = 40;

    public static EventCalls Of(HttpContext context) => context.RequestServices.GetRequiredService<EventCalls>();

    public IEventGrain Event(long eventId) => grains.GetGrain<IEventGrain>(eventId);

    public INotificationsGrain Notifications => grains.GetGrain<INotificationsGrain>(0);

    public IDirectoryGrain Directory => grains.GetGrain<IDirectoryGrain>(0);

    public ITicketsGrain Tickets => grains.GetGrain<ITicketsGrain>(0);

    public IHealthGrain Health => grains.GetGrain<IHealthGrain>(0);

    /// <summary>Sends a command or question and writes its answer.</summary>
    /// <param name="location">Where the thing that was made can be read.</param>
    public Task AnswerAsync<T, TBody>(
        HttpContext context, long eventId, Func<IEventGrain, Task<Reply<T>>> call, Func<T, TBody> body, JsonTypeInfo<TBody> type, Func<TBody, string>? location = null)
        where T : class => AnswerAsync(context, eventId, call, (value, _) => body(value), type, location);

    /// <summary>As above, for bodies that carry the event's version themselves.</summary>
    public async Task AnswerAsync<T, TBody>(
        HttpContext context, long eventId, Func<IEventGrain, Task<Reply<T>>> call, Func<T, long, TBody> body, JsonTypeInfo<TBody> type, Func<TBody, string>? location = null)
        where T : class
    {
        var outcome = await TryAsync(() => call(Event(eventId)));
        // The second try may meet the first, which nobody heard the end of.
        if (outcome is { Attempts: > 1, Reply.Refusal.Status: RefusalStatus.CommandInFlight }) outcome = outcome with { Reply = null, NotApplied = false };
        if (outcome.Reply is not { } reply)
        {
            await Problem.UnavailableAsync(context, outcome.NotApplied, outcome.Stopped);
            return;
        }
        maps.NoteVersion(eventId, reply.Version);
        var headers = context.Response.Headers;
        if (reply.Replayed) headers["Idempotency-Replayed"] = "true";
        if (reply.Refusal is { } refusal)
        {
            await Problem.WriteAsync(context, refusal, reply.Version);
            return;
        }
        var answer = body(reply.Value!, reply.Version);
        headers.ETag = $"\"{reply.Version}\"";
        if (reply.Made)
        {
            context.Response.StatusCode = StatusCodes.Status201Created;
            if (location is not null) headers.Location = location(answer);
        }
        await Answer.WriteAsync(context, answer, type);
    }

    /// <summary>The reply; null when a problem was written instead.</summary>
    public async Task<T?> TryAsync<T>(HttpContext context, Func<Task<T>> call)
        where T : class
    {
        var outcome = await TryAsync(call);
        // Only the event itself knows whether an earlier sending under the same key was obeyed.
        if (outcome.Reply is null) await Problem.UnavailableAsync(context, outcome.NotApplied && !Stamps.IsKeyed(context), outcome.Stopped);
        return outcome.Reply;
    }

    /// <summary>Replies of several events, in order; an event that stopped is left out, as it takes nothing from the others. Null when a problem was written instead.</summary>
    public async Task<IReadOnlyList<T>?> TryAllAsync<T>(HttpContext context, IEnumerable<Func<Task<T>>> calls)
        where T : class
    {
        var outcomes = await Task.WhenAll(calls.Select(TryAsync));
        if (outcomes.All(outcome => outcome.Reply is not null || outcome.Stopped)) return [.. outcomes.Select(outcome => outcome.Reply).OfType<T>()];
        await Problem.UnavailableAsync(context, notApplied: true);
        return null;
    }

    private async Task<Outcome<T>> TryAsync<T>(Func<Task<T>> call)
        where T : class
    {
        var (notApplied, stopped) = (true, false);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new Outcome<T>(await call(), attempt, false, false);
            }
            catch (Exception failure) when (IsPassing(failure))
            {
                notApplied &= failure is EventUnavailableException { NotApplied: true };
                stopped = failure is EventUnavailableException { Stopped: true };
                logger.LogInformation("An event could not answer (attempt {Attempt}): {Reason}", attempt, failure.Message);
                // What took too long once is not waited for twice, and what has stopped stays so.
                if (attempt == 2 || stopped || failure is TimeoutException) return new Outcome<T>(null, attempt, notApplied, stopped);
                await Task.Delay(Random.Shared.Next(JitterMilliseconds / 2, JitterMilliseconds));
            }
        }
    }

    private static bool IsPassing(Exception failure) =>
        failure is EventUnavailableException or TimeoutException or OrleansException or SiloUnavailableException
            or System.Net.Sockets.SocketException or System.Data.Common.DbException or ClientNotAvailableException or Orleans.Serialization.SerializerException;

    /// <summary>What a call came to.</summary>
    /// <param name="Reply">Null when the event could not answer.</param>
    /// <param name="NotApplied">It is certain that nothing happened.</param>
    /// <param name="Stopped">The event has stopped and stays so.</param>
    private readonly record struct Outcome<T>(T? Reply, int Attempts, bool NotApplied, bool Stopped)
        where T : class;
}
