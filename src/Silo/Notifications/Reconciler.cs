using Seats.Mail;

namespace Seats.Silo.Notifications;

/// <summary>
/// Compares what the journals demand with what the ledger holds, and adds what is missing: a record that Kafka lost, or that could not be
/// published for so long that its mail would be late. Works from the journal alone, so it finds what nobody else remembers.
/// </summary>
internal sealed class Reconciler(Outbox outbox, Ledger ledger, Intake intake, Mailer mailer, MailSettings settings, TimeProvider time, ILogger<Reconciler> logger)
{
    private const int EventsInPage = 500;
    private readonly Guestbooks books = new(NotificationLimits.GuestsKeptAtMost);

    public async Task RunAsync(Func<long, bool> isMine, CancellationToken stop)
    {
        var period = TimeSpan.FromSeconds(Math.Clamp(settings.ReconcileSeconds / 4, 0.5, 15));
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await StepAsync(isMine, stop);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                logger.LogWarning("The ledger could not be compared with the journals: {Reason}", failure.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(period, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Looks at every event with news that are old enough; returns how many notifications were missing.</summary>
    internal async Task<int> StepAsync(Func<long, bool> isMine, CancellationToken stop)
    {
        var missing = 0;
        if (!await intake.IsOpenAsync() || intake.WasClosedWithin(TimeSpan.FromSeconds(settings.ReconcileSeconds))) return 0;
        for (long after = 0; ;)
        {
            var found = await outbox.ListUnreconciledAsync(after, EventsInPage);
            foreach (var (eventId, version, reconciled) in found)
                if (isMine(eventId)) missing += await ReconcileAsync(eventId, version, reconciled, stop);
            if (found.Count < EventsInPage) break;
            after = found[^1].EventId;
        }
        if (missing > 0) mailer.Wake();
        return missing;
    }

    private async Task<int> ReconcileAsync(long eventId, long version, long reconciled, CancellationToken stop)
    {
        var oldest = time.GetUtcNow() - TimeSpan.FromSeconds(settings.ReconcileSeconds);
        var missing = 0;
        try
        {
            var book = await books.AtAsync(outbox, eventId, reconciled, stop);
            for (var before = -1L; book.Version < version && book.Version != before;)
            {
                before = book.Version;
                var demanded = await outbox.TakePageAsync(book, version, oldest, stop);
                var added = demanded.Count == 0 ? 0 : await ledger.EnqueueAsync(demanded);
                if (added > 0) logger.LogWarning("Event {EventId}: {Count} notifications up to version {Version} were missing from the ledger; they are sent now", eventId, added, book.Version);
                missing += added;
                if (book.Version != before) await outbox.SetReconciledAsync(eventId, book.Version);
            }
        }
        catch
        {
            books.Drop(eventId);
            throw;
        }
        return missing;
    }
}
