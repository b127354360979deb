using Seats.Core;
using Seats.Core.Notifications;
using Seats.Mail;

namespace Seats.Silo.Notifications;

/// <summary>
/// Compares what the journals demand with what the ledger holds, and adds what is missing: a record that Kafka lost, or that could not be
/// published for so long that its mail would be late. Works from the journal alone, so it finds what nobody else remembers.
/// </summary>
internal sealed class Reconciler(Outbox outbox, Ledger ledger, Intake intake, Mailer mailer, MailSettings settings, TimeProvider time, ILogger<Reconciler> logger)
{
    private const int EventsInPage = 500;
    private readonly RelayCursors cursors = new(outbox, Audience.Person | Audience.Everybody, NotificationLimits.GuestsKeptAtMost);
    private readonly Dictionary<long, PutOff> putOff = [];

    public async Task RunAsync(Func<long, bool> isMine, CancellationToken stop)
    {
        var period = TimeSpan.FromSeconds(Math.Clamp(settings.ReconcileSeconds / 4, 0.5, 15));
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await StepAsync(isMine, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                logger.LogWarning("The ledger could not be compared with the journals: {Reason}", failure.Message);
            }
            await Task.Delay(period, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Looks at every event with news that are old enough; returns how many notifications were missing. One that fails is put off alone.</summary>
    internal async Task<int> StepAsync(Func<long, bool> isMine, CancellationToken stop)
    {
        var missing = 0;
        if (!(await intake.OpenAsync()).Has(Urgency.Everybody)) return 0;
        if (intake.WasClosedWithin(TimeSpan.FromSeconds(settings.ReconcileSeconds))) return 0;
        var oldest = await outbox.NowAsync() - TimeSpan.FromSeconds(settings.ReconcileSeconds);
        for (long after = 0; ;)
        {
            var found = await outbox.ListUnreconciledAsync(after, EventsInPage);
            foreach (var (eventId, position) in found)
                if (isMine(eventId) && IsDue(eventId)) missing += await TryReconcileAsync(eventId, position, oldest, stop);
            if (found.Count < EventsInPage) break;
            after = found[^1].EventId;
        }
        if (missing > 0) mailer.Wake();
        return missing;
    }

    private bool IsDue(long eventId) => !putOff.TryGetValue(eventId, out var off) || off.Until <= time.GetUtcNow();

    private async Task<int> TryReconcileAsync(long eventId, OutboxPosition position, DateTimeOffset oldest, CancellationToken stop)
    {
        try
        {
            var added = await ReconcileAsync(eventId, position, oldest, stop);
            putOff.Remove(eventId);
            return added;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            var before = putOff.TryGetValue(eventId, out var off) ? off.Failures : 0;
            var pause = Backoff.After(before, NotificationLimits.ShortestPause, NotificationLimits.LongestReportPause);
            if (putOff.Count >= NotificationLimits.EventsPutOffAtMost) putOff.Clear();
            putOff[eventId] = new PutOff(time.GetUtcNow() + pause, before + 1);
            logger.LogWarning("Event {EventId}: the ledger could not be compared with its journal: {Reason}", eventId, failure.Message);
            return 0;
        }
    }

    private async Task<int> ReconcileAsync(long eventId, OutboxPosition position, DateTimeOffset oldest, CancellationToken stop)
    {
        var cursor = await cursors.TakeAsync(eventId, position.Published, stop);
        var missing = 0;
        for (var turn = 0; turn < NotificationLimits.PagesReconciledInATurn && cursor.Version < position.Version; turn++)
        {
            var demanded = await cursor.NextAsync(outbox, position.Version, oldest, stop);
            var before = cursor.Version;
            var added = demanded.Count == 0 ? 0 : await ledger.EnqueueAsync(demanded);
            if (added > 0)
                logger.LogWarning("Event {EventId}: {Count} notifications were missing from the ledger; they are sent now", eventId, added);
            missing += added;
            cursor.Took([]);
            if (cursor.Version > before) await outbox.SetReconciledAsync(eventId, cursor.Version);
            if (demanded.Count == 0) break;
        }
        cursors.Keep(cursor);
        return missing;
    }

    /// <summary>An event whose comparison failed: not tried again before, and how often it failed.</summary>
    private readonly record struct PutOff(DateTimeOffset Until, int Failures);
}
