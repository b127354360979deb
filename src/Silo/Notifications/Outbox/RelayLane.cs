using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Seats.Core;

namespace Seats.Silo.Notifications;

/// <summary>
/// Relays the notifications of one audience, in the order of each event's versions. Events take turns, a portion at a time, so that one that notifies
/// many holds up nobody; one that fails is put off alone.
/// </summary>
internal sealed class RelayLane(Audience audience, int workers, Outbox outbox, INotificationOutlet outlet, TimeProvider time, ILogger logger)
{
    private enum Phase
    {
        Waiting,
        Working,
        WorkAgain,
    }

    private readonly ConcurrentDictionary<long, Phase> phases = new();
    private readonly ConcurrentDictionary<long, int> failures = new();
    private readonly Channel<long> waiting = Channel.CreateUnbounded<long>();
    private readonly RelayCursors cursors = new(outbox, audience, NotificationLimits.GuestsKeptAtMost);
    private Dictionary<long, long> behindBefore = [];
    private bool swept;

    /// <summary>An event has news; said twice before its turn, it counts once.</summary>
    public void Committed(long eventId)
    {
        while (true)
        {
            if (phases.TryGetValue(eventId, out var phase))
            {
                if (phase != Phase.Working || phases.TryUpdate(eventId, Phase.WorkAgain, Phase.Working)) return;
            }
            else if (phases.Count >= NotificationLimits.EventsWaitingAtMost) return;
            else if (phases.TryAdd(eventId, Phase.Waiting))
            {
                waiting.Writer.TryWrite(eventId);
                return;
            }
        }
    }

    /// <summary>Events that a sweep found behind. Where the cursor moves between two sweeps, somebody is at work; where it stands, nobody is.</summary>
    public void Swept(IEnumerable<OutboxRow> rows)
    {
        var behind = rows.Where(row => row.Of(audience).IsBehind).ToDictionary(row => row.EventId, row => row.Of(audience).Published);
        foreach (var (eventId, published) in behind)
            if (!swept || behindBefore.TryGetValue(eventId, out var before) && before == published) Committed(eventId);
        (behindBefore, swept) = (behind, true);
    }

    /// <summary>Works until told to stop.</summary>
    public Task RunAsync(CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(() => WorkAsync(stop), CancellationToken.None)));

    private async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            long eventId;
            try
            {
                eventId = await waiting.Reader.ReadAsync(stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            phases[eventId] = Phase.Working;
            var next = await TryTurnAsync(eventId, stop);
            if (next is { } pause) Again(eventId, pause, stop);
            else if (!phases.TryRemove(new KeyValuePair<long, Phase>(eventId, Phase.Working))) Again(eventId, TimeSpan.Zero, stop);
        }
    }

    /// <summary>Puts the event at the end of the queue, after a pause.</summary>
    private void Again(long eventId, TimeSpan pause, CancellationToken stop)
    {
        phases[eventId] = Phase.Waiting;
        if (pause == TimeSpan.Zero) waiting.Writer.TryWrite(eventId);
        else _ = LaterAsync();

        async Task LaterAsync()
        {
            await Task.Delay(pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            waiting.Writer.TryWrite(eventId);
        }
    }

    /// <summary>One turn of an event; returns when it wants the next, or null when nothing is left.</summary>
    private async Task<TimeSpan?> TryTurnAsync(long eventId, CancellationToken stop)
    {
        try
        {
            var next = await TurnAsync(eventId, stop);
            failures.TryRemove(eventId, out _);
            return next;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What is left is found by whoever sweeps next.
            return null;
        }
        catch (Exception failure)
        {
            var before = failures.AddOrUpdate(eventId, 1, (_, count) => count + 1) - 1;
            var pause = Backoff.After(before, NotificationLimits.ShortestPause, NotificationLimits.LongestPause);
            if (failure is (JsonException and not NewerFactException) or InvariantViolatedException)
                logger.LogError("Event {EventId}: its journal cannot be relayed: {Reason}", eventId, failure.Message);
            else logger.LogWarning("Event {EventId}: notifications wait, next try in {Seconds} s: {Reason}", eventId, pause.TotalSeconds, failure.Message);
            return pause;
        }
    }

    private async Task<TimeSpan?> TurnAsync(long eventId, CancellationToken stop)
    {
        var position = await outbox.ReadPositionAsync(eventId, audience);
        if (!position.IsBehind) return null;
        var cursor = await cursors.TakeAsync(eventId, position.Published, stop);
        var portion = await cursor.NextAsync(outbox, position.Version, until: null, stop);
        var rest = portion.Count == 0 ? portion : await outlet.PublishAsync(portion, stop);
        cursor.Took(rest);
        if (cursor.Version > position.Published) await outbox.AdvanceAsync(eventId, audience, cursor.Version);
        cursors.Keep(cursor);
        if (rest.Count > 0) return NotificationLimits.IntakePause;
        return cursor.Version < position.Version ? TimeSpan.Zero : null;
    }
}
