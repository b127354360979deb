using Seats.Core;
using Seats.Grains.Abstractions;
using Seats.Grains.Actors;
using Seats.Silo.Notifications;
using Seats.Silo.Storage;

namespace Seats.Silo.Health;

/// <summary>
/// Finds out that an event was mended: one that another silo took over is that silo's to list, and one that nobody calls is asked once in a
/// while, at growing distance, as each try reads its journal again.
/// </summary>
internal sealed class StoppedEventsWatch(
    StoppedEvents stopped, SiloDatabase database, IGrainFactory grains, TimeProvider time, ILogger<StoppedEventsWatch> logger)
    : BackgroundService
{
    private const int EventsAskedAtOnce = 500;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private readonly Dictionary<long, (int Tries, DateTimeOffset Next)> tries = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Period, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return;
            try
            {
                await LookAsync();
            }
            catch (Exception failure)
            {
                // The database is away: the next look finds the same.
                logger.LogInformation("Stopped events could not be looked at: {Reason}", failure.Message);
            }
        }
    }

    internal async Task LookAsync()
    {
        foreach (var known in stopped.Epochs.Chunk(EventsAskedAtOnce))
            foreach (var (eventId, epoch) in await EpochsAsync(known.Select(pair => pair.Key))) stopped.TakenOver(eventId, epoch);
        var listed = stopped.All.Keys.ToHashSet();
        foreach (var eventId in tries.Keys.Where(eventId => !listed.Contains(eventId)).ToArray()) tries.Remove(eventId);
        foreach (var eventId in listed) await TryAsync(eventId);
    }

    private Task<List<(long EventId, long Epoch)>> EpochsAsync(IEnumerable<long> eventIds) => database.ReadAsync(
        $"select event_id, epoch from heads where event_id in ({string.Join(',', eventIds)})", row => (row.GetInt64(0), row.GetInt64(1)));

    private async Task TryAsync(long eventId)
    {
        var now = time.GetUtcNow();
        if (!tries.TryGetValue(eventId, out var before)) before = (0, now + FirstPause);
        if (now < before.Next)
        {
            tries[eventId] = before;
            return;
        }
        tries[eventId] = (before.Tries + 1, now + Backoff.After(before.Tries + 1, FirstPause, LongestPause));
        try
        {
            await grains.GetGrain<IEventGrain>(eventId).Get(Requester.System);
            // Whichever silo answered has the later epoch: the next look takes the event off the list.
        }
        catch (Exception failure)
        {
            logger.LogDebug("Event {EventId} is still stopped: {Reason}", eventId, failure.Message);
        }
    }
}
