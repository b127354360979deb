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
    public async Task AnswerAsync<T, TBody>(
        HttpContext context, long eventId, Func<IEventGrain, Task<Reply<T>>> call, Func<T, TBody> body, JsonTypeInfo<TBody> type, Func<TBody, string>? location = null)
        where T : class
    {
        if (await TryAsync(context, () => call(Event(eventId))) is not { } reply) return;
        await WriteAsync(context, eventId, reply, body, type, location);
    }

    /// <summary>The reply; null when a problem was written instead.</summary>
    public async Task<T?> TryAsync<T>(HttpContext context, Func<Task<T>> call)
        where T : class
    {
        var (reply, notApplied) = await TryAsync(call);
        if (reply is null) await Problem.UnavailableAsync(context, notApplied);
        return reply;
    }

    public async Task WriteAsync<T, TBody>(
        HttpContext context, long eventId, Reply<T> reply, Func<T, TBody> body, JsonTypeInfo<TBody> type, Func<TBody, string>? location)
        where T : class
    {
        maps.NoteVersion(eventId, reply.Version);
        var headers = context.Response.Headers;
        if (reply.Replayed) headers["Idempotency-Replayed"] = "true";
        if (reply.Refusal is { } refusal)
        {
            await Problem.WriteAsync(context, refusal, reply.Version);
            return;
        }
        var answer = body(reply.Value!);
        headers.ETag = $"\"{reply.Version}\"";
        headers.CacheControl = "no-store";
        if (reply.Made)
        {
            context.Response.StatusCode = StatusCodes.Status201Created;
            if (location is not null) headers.Location = location(answer);
        }
        await Answer.WriteAsync(context, answer, type);
    }

    private async Task<(T? Reply, bool NotApplied)> TryAsync<T>(Func<Task<T>> call)
        where T : class
    {
        var notApplied = true;
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            try
            {
                return (await call(), false);
            }
            catch (Exception failure) when (IsPassing(failure))
            {
                notApplied &= failure is EventUnavailableException { NotApplied: true };
                logger.LogInformation("An event could not answer (attempt {Attempt}): {Reason}", attempt, failure.Message);
                if (attempt == 1) await Task.Delay(Random.Shared.Next(JitterMilliseconds / 2, JitterMilliseconds));
            }
        }
        return (null, notApplied);
    }

    private static bool IsPassing(Exception failure) =>
        failure is EventUnavailableException or TimeoutException or OrleansException or SiloUnavailableException
            or System.Net.Sockets.SocketException or System.Data.Common.DbException or ClientNotAvailableException or Orleans.Serialization.SerializerException;
}
