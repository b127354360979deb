using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;
using Seats.Api.Json;

namespace Seats.Api.Requests;

/// <summary>
/// Asks the events of a list, each for itself. One that cannot answer, does not answer in time, or says what cannot be written is left out
/// and named: it takes nothing from the others.
/// </summary>
internal sealed class ListedEvents(Attempts attempts, KnownEvents known, TimeProvider time, ILogger<ListedEvents> logger)
{
    private readonly ConcurrentDictionary<long, Task> unanswered = new();
    private readonly RecentMap<(long EventId, Type Trouble), bool> reported = new(ApiLimits.TroublesRememberedAtMost);

    /// <summary>What each event says.</summary>
    /// <param name="eventIds">As the directory lists them: they exist.</param>
    public async Task<ListedReplies<T>> AskAsync<T>(IReadOnlyCollection<long> eventIds, Func<long, Task<T>> ask)
        where T : class
    {
        var replies = await Task.WhenAll(eventIds.Select(async eventId => (EventId: eventId, Reply: await AskAsync(eventId, ask))));
        var heard = new ListedReplies<T>([], []);
        foreach (var (eventId, reply) in replies)
        {
            known.Note(eventId);
            if (reply is not null) heard.Replies[eventId] = reply;
            else heard.Unavailable.Add(eventId);
        }
        return heard;
    }

    /// <summary>Writes the list.</summary>
    /// <param name="unavailable">Events left out so far; those whose items cannot be written join them.</param>
    public Task WriteAsync<TView, TBody>(
        HttpContext context, IEnumerable<(long EventId, TView View)> items, Func<TView, TBody> body, JsonTypeInfo<TBody> type,
        string? next, SortedSet<long> unavailable) =>
        ListWriter.WriteAsync(context, items, body, type, next, unavailable, Report);

    private async Task<T?> AskAsync<T>(long eventId, Func<long, Task<T>> ask)
        where T : class
    {
        // It still owes an answer to an earlier list: waiting for it again would make every list slow.
        if (unanswered.ContainsKey(eventId)) return null;
        var call = attempts.TryAsync(() => ask(eventId));
        try
        {
            return (await call.WaitAsync(ApiLimits.ListPatience, time)).Reply;
        }
        catch (TimeoutException) when (!call.IsCompleted)
        {
            Await(eventId, call);
            return null;
        }
        catch (Exception unexpected)
        {
            Report(eventId, unexpected);
            return null;
        }
    }

    private void Await<T>(long eventId, Task<Outcome<T>> call)
        where T : class
    {
        unanswered[eventId] = call;
        logger.LogInformation("Event {EventId} does not answer in time: lists leave it out until it does", eventId);
        call.ContinueWith(
            late =>
            {
                unanswered.TryRemove(new KeyValuePair<long, Task>(eventId, call));
                if (late.Exception is { } unexpected) Report(eventId, unexpected.GetBaseException());
            },
            TaskScheduler.Default);
    }

    /// <summary>Loud once: lists are asked for again and again.</summary>
    private void Report(long eventId, Exception unexpected)
    {
        if (reported.TryAdd((eventId, unexpected.GetType()), true)) logger.LogError(unexpected, "Lists leave out event {EventId}", eventId);
        else logger.LogDebug("Lists leave out event {EventId}: {Reason}", eventId, unexpected.Message);
    }
}

/// <summary>What the events of a list said.</summary>
/// <param name="Unavailable">Events that said nothing.</param>
internal sealed record ListedReplies<T>(Dictionary<long, T> Replies, SortedSet<long> Unavailable);
