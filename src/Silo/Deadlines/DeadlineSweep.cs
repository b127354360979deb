using System.Collections.Concurrent;
using Seats.Grains.Abstractions;
using Seats.Silo.Storage;

namespace Seats.Silo.Deadlines;

/// <summary>
/// Wakes events whose deadline passed while nobody held them: after a crash their timers are gone, and the reminder that wakes them comes by once a
/// minute. An event that is awake has moved its deadline on long before it is looked for here.
/// </summary>
internal sealed class DeadlineSweep(SiloDatabase database, IGrainFactory grains, TimeProvider time, ILogger<DeadlineSweep> logger) : BackgroundService
{
    private const int EventsAtOnce = 500;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    /// <summary>How late a deadline is before its event is taken for asleep.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(2);

    private Dictionary<long, DateTimeOffset> woken = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Period, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return;
            try
            {
                await SweepAsync();
            }
            catch (Exception failure)
            {
                // The database is away: the next sweep finds the same.
                logger.LogInformation("Overdue events could not be looked for: {Reason}", failure.Message);
            }
        }
    }

    internal async Task<int> SweepAsync()
    {
        var overdue = await database.ReadAsync(
            "select event_id, next_deadline from heads where next_deadline <= @late order by next_deadline limit @limit",
            row => (EventId: row.GetInt64(0), Deadline: database.Time(row.GetValue(1))), ("late", database.Value(time.GetUtcNow() - Late)), ("limit", EventsAtOnce));
        // One that was woken and had nothing to do is left in peace.
        var asleep = overdue.Where(item => !woken.TryGetValue(item.EventId, out var before) || before != item.Deadline).ToList();
        var failed = new ConcurrentBag<long>();
        await Task.WhenAll(asleep.Select(item => WakeAsync(item.EventId, failed)));
        woken = overdue.Where(item => !failed.Contains(item.EventId)).ToDictionary(item => item.EventId, item => item.Deadline);
        return asleep.Count - failed.Count;
    }

    /// <summary>Asking an event anything makes it end what is due. One that cannot be asked, as while the silo starts, is found again by the next sweep.</summary>
    private async Task WakeAsync(long eventId, ConcurrentBag<long> failed)
    {
        try
        {
            await grains.GetGrain<IEventGrain>(eventId).Get(Requester.System);
        }
        catch (Exception failure)
        {
            failed.Add(eventId);
            logger.LogInformation("Event {EventId} is overdue and could not be woken yet: {Reason}", eventId, failure.Message);
        }
    }
}
