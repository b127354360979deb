using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Seats.Grains.Notify;
using Seats.Grains.Seating;

namespace Seats.Silo.Notifications;

/// <summary>
/// Hands every event's notifications on, in the order of its versions. The journal is the outbox and <c>published_version</c> of its head the
/// cursor: it moves only when everything up to there is safe, so that a crash at any moment repeats and never loses. An event is drained when it
/// says that it has news, or when a sweep finds it behind.
/// </summary>
internal sealed class Relay(Outbox outbox, INotificationOutlet outlet, TimeProvider time, ILogger<Relay> logger) : IRelay
{
    private enum Phase
    {
        Waiting,
        Draining,
        DrainAgain,
    }

    private readonly ConcurrentDictionary<long, Phase> phases = new();
    private readonly Channel<long> waiting = Channel.CreateUnbounded<long>();
    private readonly Guestbooks books = new(NotificationLimits.GuestsKeptAtMost);
    private readonly ConcurrentDictionary<long, TimeSpan> pauses = new();
    private Dictionary<long, long> behindBefore = [];
    private bool swept;

    public void Committed(long eventId)
    {
        while (true)
        {
            if (phases.TryGetValue(eventId, out var phase))
            {
                if (phase != Phase.Draining || phases.TryUpdate(eventId, Phase.DrainAgain, Phase.Draining)) return;
            }
            else if (phases.Count >= NotificationLimits.EventsWaitingAtMost) return;
            else if (phases.TryAdd(eventId, Phase.Waiting))
            {
                waiting.Writer.TryWrite(eventId);
                return;
            }
        }
    }

    /// <summary>Works until told to stop.</summary>
    /// <param name="isMine">Which events this silo sweeps.</param>
    public Task RunAsync(Func<long, bool> isMine, CancellationToken stop) =>
        Task.WhenAll([.. Enumerable.Range(0, NotificationLimits.RelayWorkers).Select(_ => Task.Run(() => WorkAsync(stop), CancellationToken.None)), Task.Run(() => SweepAsync(isMine, stop), CancellationToken.None)]);

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
            phases[eventId] = Phase.Draining;
            await TryDrainAsync(eventId, stop);
            if (!phases.TryRemove(new KeyValuePair<long, Phase>(eventId, Phase.Draining)))
            {
                phases[eventId] = Phase.Waiting;
                waiting.Writer.TryWrite(eventId);
            }
        }
    }

    private async Task TryDrainAsync(long eventId, CancellationToken stop)
    {
        try
        {
            await DrainAsync(eventId, stop);
            pauses.TryRemove(eventId, out _);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What is left is found by whoever sweeps next.
        }
        catch (Exception failure)
        {
            books.Drop(eventId);
            var pause = pauses.AddOrUpdate(eventId, TimeSpan.FromMilliseconds(500), (_, last) => last * 2 < NotificationLimits.LongestPause ? last * 2 : NotificationLimits.LongestPause);
            if (failure is JsonException or InvariantViolatedException) logger.LogError("Event {EventId}: its journal cannot be relayed: {Reason}", eventId, failure.Message);
            else logger.LogWarning("Event {EventId}: notifications wait, next try in {Seconds} s: {Reason}", eventId, pause.TotalSeconds, failure.Message);
            _ = AgainAsync(eventId, pause, stop);
        }
    }

    private async Task AgainAsync(long eventId, TimeSpan pause, CancellationToken stop)
    {
        await Task.Delay(pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stop.IsCancellationRequested) Committed(eventId);
    }

    private async Task DrainAsync(long eventId, CancellationToken stop)
    {
        var (version, published) = await outbox.ReadPositionAsync(eventId);
        if (published >= version) return;
        var book = await books.AtAsync(outbox, eventId, published, stop);
        while (book.Version < version)
        {
            var told = await outbox.TakePageAsync(book, version, until: null, stop);
            foreach (var batch in told.Chunk(NotificationLimits.InBatchAtMost)) await outlet.PublishAsync(batch, stop);
            await outbox.AdvanceAsync(eventId, book.Version);
        }
    }

    /// <summary>Finds events that were left behind: by a silo that died, or by a signal that was lost.</summary>
    private async Task SweepAsync(Func<long, bool> isMine, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await SweepOnceAsync(isMine);
            }
            catch (Exception failure)
            {
                logger.LogWarning("The sweep for unsent notifications failed: {Reason}", failure.Message);
            }
            await Task.Delay(NotificationLimits.SweepPeriod, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal async Task SweepOnceAsync(Func<long, bool> isMine)
    {
        const int page = 1_000;
        var behind = new Dictionary<long, long>();
        for (long after = 0; behind.Count < NotificationLimits.EventsWaitingAtMost;)
        {
            var found = await outbox.ListBehindAsync(after, page);
            foreach (var (eventId, published) in found)
            {
                if (!isMine(eventId)) continue;
                behind.Add(eventId, published);
                // Where the cursor moves, another silo is at work; where it stands, nobody is.
                if (!swept || behindBefore.TryGetValue(eventId, out var before) && before == published) Committed(eventId);
            }
            if (found.Count < page) break;
            after = found[^1].EventId;
        }
        (behindBefore, swept) = (behind, true);
    }
}
