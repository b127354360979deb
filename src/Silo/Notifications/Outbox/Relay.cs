using Seats.Core;
using Seats.Grains.Notifications;

namespace Seats.Silo.Notifications;

/// <summary>
/// Hands every event's notifications on. The journal is the outbox, and a cursor for each audience moves only when everything up to there is safe, so
/// that a crash at any moment repeats and never loses. What everybody must know goes its own way: a person's offer does not wait for it.
/// </summary>
internal sealed class Relay(Outbox outbox, INotificationOutlet outlet, TimeProvider time, ILogger<Relay> logger) : IRelay
{
    private const int EventsInPage = 1_000;
    private readonly RelayLane person = new(Audience.Person, NotificationLimits.PersonWorkers, outbox, outlet, time, logger);
    private readonly RelayLane everybody = new(Audience.Everybody, NotificationLimits.EverybodyWorkers, outbox, outlet, time, logger);

    public void Committed(long eventId, Audience audience)
    {
        if ((audience & Audience.Person) != 0) person.Committed(eventId);
        if ((audience & Audience.Everybody) != 0) everybody.Committed(eventId);
    }

    /// <summary>Works until told to stop.</summary>
    /// <param name="isMine">Which events this silo sweeps.</param>
    public Task RunAsync(Func<long, bool> isMine, CancellationToken stop) =>
        Task.WhenAll(person.RunAsync(stop), everybody.RunAsync(stop), Task.Run(() => SweepAsync(isMine, stop), CancellationToken.None));

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
        var behind = new List<OutboxRow>();
        for (long after = 0; behind.Count < NotificationLimits.EventsWaitingAtMost;)
        {
            var found = await outbox.ListBehindAsync(after, EventsInPage);
            behind.AddRange(found.Where(row => isMine(row.EventId)));
            if (found.Count < EventsInPage) break;
            after = found[^1].EventId;
        }
        person.Swept(behind);
        everybody.Swept(behind);
    }
}
