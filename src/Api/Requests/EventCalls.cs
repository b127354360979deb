using System.Text.Json.Serialization.Metadata;
using Seats.Api.Json;
using Seats.Api.Places;
using Seats.Api.Problems;
using Seats.Core;
using Seats.Grains.Abstractions;

namespace Seats.Api.Requests;

/// <summary>Calls events that exist: once more with the same command id when one cannot answer, then says so honestly.</summary>
internal sealed class EventCalls(
    IGrainFactory grains, DirectoryCalls directory, KnownEvents known, MissedCommands missed, SeatMaps maps, Attempts attempts)
{
    public static EventCalls Of(HttpContext context) => context.RequestServices.GetRequiredService<EventCalls>();

    public INotificationsGrain Notifications => grains.GetGrain<INotificationsGrain>(0);

    public ITicketsGrain Tickets => grains.GetGrain<ITicketsGrain>(0);

    public IHealthGrain Health => grains.GetGrain<IHealthGrain>(0);

    /// <summary>An event that is known to exist: an id that somebody sent must not come here before it was asked for.</summary>
    public IEventGrain Event(long eventId) => grains.GetGrain<IEventGrain>(eventId);

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
        var stamp = context.Features.Get<CommandStamp>();
        var outcome = await attempts.TryAsync(() => CallAsync(eventId, stamp, call), context.RequestAborted);
        await WriteAsync(context, eventId, outcome, body, type, location);
    }

    /// <summary>Sends the command that creates an event, under an id that was handed out for it.</summary>
    public async Task CreateAsync<T, TBody>(
        HttpContext context, long eventId, Func<IEventGrain, Task<Reply<T>>> call, Func<T, TBody> body, JsonTypeInfo<TBody> type,
        Func<TBody, string> location)
        where T : class
    {
        var outcome = await attempts.TryAsync(() => call(Event(eventId)), context.RequestAborted);
        await WriteAsync(context, eventId, outcome, (value, _) => body(value), type, location);
    }

    /// <summary>The event's reply to a question; null when a problem was written instead.</summary>
    public Task<Reply<T>?> AskAsync<T>(HttpContext context, long eventId, Func<IEventGrain, Task<Reply<T>>> question)
        where T : class => TryAsync(context, () => CallAsync(eventId, null, question));

    /// <summary>What the directory says; null when a problem was written instead.</summary>
    /// <param name="question">May be asked twice.</param>
    public Task<T?> AskDirectoryAsync<T>(HttpContext context, Func<IDirectoryGrain, Task<T>> question)
        where T : class => TryAsync(context, () => directory.AskAsync(question));

    /// <summary>The reply; null when a problem was written instead.</summary>
    public async Task<T?> TryAsync<T>(HttpContext context, Func<Task<T>> call)
        where T : class
    {
        var outcome = await attempts.TryAsync(call, context.RequestAborted);
        // Only the event itself knows whether an earlier sending under the same key was obeyed.
        if (outcome.Reply is null)
            await Problem.UnavailableAsync(context, outcome.NotApplied && !Stamps.IsKeyed(context), outcome.Stopped, outcome.Reason);
        return outcome.Reply;
    }

    private async Task<Reply<T>> CallAsync<T>(long eventId, CommandStamp? stamp, Func<IEventGrain, Task<Reply<T>>> call)
        where T : class => await ExistsAsync(eventId, stamp) ? await call(Event(eventId)) : missed.Reply<T>(eventId, stamp);

    private async ValueTask<bool> ExistsAsync(long eventId, CommandStamp? stamp)
    {
        try
        {
            return await known.ExistsAsync(eventId);
        }
        catch (EventUnavailableException failure) when (stamp is not null)
        {
            // An earlier sending under the same key may have been obeyed.
            throw new EventUnavailableException(failure.Message, notApplied: false, reason: failure.Reason);
        }
    }

    private async Task WriteAsync<T, TBody>(
        HttpContext context, long eventId, Outcome<Reply<T>> outcome, Func<T, long, TBody> body, JsonTypeInfo<TBody> type,
        Func<TBody, string>? location)
        where T : class
    {
        // The second try may meet the first, which nobody heard the end of.
        if (outcome is { Attempts: > 1, Reply.Refusal.Status: RefusalStatus.CommandInFlight }) outcome = outcome with { Reply = null, NotApplied = false };
        if (outcome.Reply is not { } reply)
        {
            await Problem.UnavailableAsync(context, outcome.NotApplied, outcome.Stopped, outcome.Reason);
            return;
        }
        if (reply.Version > 0) known.Note(eventId);
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
}
