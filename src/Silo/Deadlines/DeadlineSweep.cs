using Seats.Grains.Abstractions;
using Seats.Silo.Notifications;

namespace Seats.Silo.Deadlines;

/// <summary>
/// Wakes events whose deadline passed while nobody held them: after a crash their timers are gone, and the reminder that wakes them comes by once a
/// minute. An event that is awake has moved its deadline on long before it is looked for here.
/// </summary>
internal sealed class DeadlineSweep(NotificationDatabase database, IGrainFactory grains, TimeProvider time, ILogger<DeadlineSweep> logger) : BackgroundService
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
                // The silo may still be starting, or the database be away: the next sweep finds the same.
                logger.LogInformation("Overdue events could not be woken yet: {Reason}", failure.Message);
            }
        }
    }

    internal async Task<int> SweepAsync()
    {
        var overdue = await database.ReadAsync(
            "select event_id, next_deadline from heads where next_deadline <= @late order by next_deadline limit @limit",
            row => (EventId: row.GetInt64(0), Deadline: database.Time(row.GetValue(1))), ("late", database.Value(time.GetUtcNow() - Late)), ("limit", EventsAtOnce));
        var known = woken;
        woken = overdue.ToDictionary(item => item.EventId, item => item.Deadline);
        // One that was woken and had nothing to do is left in peace.
        var asleep = overdue.Where(item => !known.TryGetValue(item.EventId, out var before) || before != item.Deadline).ToList();
        await Task.WhenAll(asleep.Select(item => grains.GetGrain<IEventGrain>(item.EventId).Get(Requester.System)));
        return asleep.Count;
    }
}
