using System.Collections.Concurrent;
using Seats.Core;
using Seats.Grains.Abstractions;
using Seats.Silo.Storage;

namespace Seats.Silo.Deadlines;

/// <summary>
/// Wakes events whose deadline passed while nobody held them: after a crash their timers are gone, and the reminder that wakes them comes by once a
/// minute. An event that is awake has moved its deadline on long before it is looked for here.
/// </summary>
internal sealed class DeadlineSweep(SiloDatabase database, IGrainFactory grains, TimeProvider time, ILogger<DeadlineSweep> logger) : BackgroundService
{
    private const int EventsInPage = 500;
    private const int EventsRememberedAtMost = 100_000;
    private static readonly ParallelOptions Wakers = new() { MaxDegreeOfParallelism = 32 };
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

    /// <summary>Wakes every overdue event, page by page: those that cannot be woken keep their deadline, and hold up nobody behind them.</summary>
    internal async Task<int> SweepAsync()
    {
        var count = 0;
        var overdue = new Dictionary<long, DateTimeOffset>();
        Overdue? last = null;
        do
        {
            var page = await ReadAsync(last);
            // One that was woken and had nothing to do is left in peace.
            var asleep = page.Where(item => !woken.TryGetValue(item.EventId, out var before) || before != item.Deadline).ToList();
            var failed = new ConcurrentBag<long>();
            await Parallel.ForEachAsync(asleep, Wakers, async (item, _) => await WakeAsync(item.EventId, failed));
            foreach (var item in page.Where(item => !failed.Contains(item.EventId))) overdue[item.EventId] = item.Deadline;
            count += asleep.Count - failed.Count;
            last = page.Count == EventsInPage ? page[^1] : null;
        }
        while (last is not null && overdue.Count < EventsRememberedAtMost);
        woken = overdue;
        return count;
    }

    private Task<List<Overdue>> ReadAsync(Overdue? after) => database.ReadAsync(
        $"""
        select event_id, next_deadline from heads where next_deadline <= {database.Ago(Late)}
        {(after is null ? "" : "and (next_deadline, event_id) > (@deadline, @event)")} order by next_deadline, event_id limit @limit
        """,
        row => new Overdue(row.GetInt64(0), database.Time(row.GetValue(1))),
        [
            ("limit", EventsInPage),
            .. after is null ? [] : new (string, object?)[] { ("deadline", database.Value(after.Deadline)), ("event", after.EventId) },
        ]);

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

    /// <summary>An event whose deadline passed.</summary>
    private sealed record Overdue(long EventId, DateTimeOffset Deadline);
}
