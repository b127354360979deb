using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Seats.Grains.Notify;
using Seats.Mail;
using Seats.Mail.Composing;
using Seats.Mail.Resilience;
using Seats.Mail.Transports;

namespace Seats.Silo.Notifications;

/// <summary>
/// Sends what the ledger holds. A message is taken for the time of a lease that is renewed while it is worked on; right before the mail server
/// is given its end, the lease is looked at once more. What became of it is written down before anything else happens to it.
/// </summary>
internal sealed class Mailer(
    Ledger ledger, MailComposer composer, IMailTransport transport, SendingPolicy policy, Courtesy courtesy, MailSettings settings, NotificationMetrics metrics, TimeProvider time, ILogger<Mailer> logger)
{
    private readonly ConcurrentDictionary<long, Lease> inFlight = new();
    private readonly Channel<Settlement> settlements = Channel.CreateBounded<Settlement>(NotificationLimits.InFlightAtMost);
    private readonly WakeUp wake = new();
    private TimeSpan LeaseTime => TimeSpan.FromSeconds(settings.LeaseSeconds);

    /// <summary>Tells this mailer from all others, those of earlier processes included.</summary>
    public string Owner { get; } = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    /// <summary>Called when a message is settled that somebody must still be told of.</summary>
    public Action? OnUnreported { get; set; }

    /// <summary>Whether more should be taken from Kafka.</summary>
    public bool IsWilling => policy.IsClosed;

    public ResilienceReport Report() => policy.Report();

    /// <summary>There is something to send.</summary>
    public void Wake() => wake.Now();

    /// <summary>Works until told to stop; then lets what is being sent finish for a moment, and gives the rest back.</summary>
    public async Task RunAsync(bool alone, CancellationToken stop)
    {
        using var sending = new CancellationTokenSource();
        var settling = Task.Run(SettleAsync, CancellationToken.None);
        var renewing = Task.Run(() => RenewAsync(stop), CancellationToken.None);
        if (alone) await TryAsync("The ledger", () => ledger.ReleaseAsync(null));
        while (!stop.IsCancellationRequested)
        {
            var taken = 0;
            await TryAsync("The ledger", async () => taken = await TakeAsync(sending.Token));
            if (taken == 0) await wake.SleepAsync(stop);
        }
        sending.CancelAfter(TimeSpan.FromSeconds(3));
        while (!inFlight.IsEmpty) await Task.Delay(20, CancellationToken.None);
        settlements.Writer.Complete();
        await settling;
        await renewing;
        await TryAsync("The ledger", () => ledger.ReleaseAsync(Owner));
    }

    private async Task<int> TakeAsync(CancellationToken sending)
    {
        var room = policy.Room(Math.Min(NotificationLimits.InFlightAtMost - inFlight.Count, NotificationLimits.ClaimedAtOnceAtMost));
        if (room <= 0)
        {
            // All places are taken, or the mail server is believed to be away.
            await Task.Delay(20, CancellationToken.None);
            return policy.IsClosed ? 1 : 0;
        }
        var until = LeaseFromNow();
        var messages = await ledger.ClaimAsync(Owner, room, LeaseTime);
        foreach (var message in messages)
        {
            var lease = new Lease(time) { Until = until };
            if (inFlight.TryAdd(message.Id, lease)) _ = Task.Run(() => SendAsync(message, lease, sending), CancellationToken.None);
        }
        return messages.Count;
    }

    private async Task SendAsync(ClaimedMessage message, Lease lease, CancellationToken sending)
    {
        try
        {
            var outcome = await OutcomeAsync(message, lease, sending);
            if (outcome.Result == SendResult.Lost) return;
            await settlements.Writer.WriteAsync(SettlementOf(message, outcome), CancellationToken.None);
        }
        catch (OperationCanceledException) when (sending.IsCancellationRequested)
        {
            // Given back when the mailer stops.
        }
        catch (Exception failure)
        {
            logger.LogError(failure, "Message {Key} was left to its lease", message.Key);
        }
        finally
        {
            inFlight.TryRemove(message.Id, out _);
        }
    }

    private async Task<SendOutcome> OutcomeAsync(ClaimedMessage message, Lease lease, CancellationToken sending)
    {
        try
        {
            await courtesy.WaitAsync(sending);
            var notification = NotificationCodec.Decode(Encoding.UTF8.GetBytes(message.Body));
            if (notification is { Kind: NotificationKind.EventReminder, Data.Event: { } reminded } && reminded.StartsAt <= message.TakenAt)
                throw new UnsendableException("The event had begun before the reminder could be sent.");
            if (notification.Data.Account is { } account && account.Until <= message.TakenAt)
                throw new UnsendableException("The link had ended before the mail could be sent.");
            using var mail = await composer.ComposeAsync(notification);
            return await policy.SendAsync(message.Key, cancellation => transport.SendAsync(mail, () => lease.IsHeld, cancellation), message.Counted, sending);
        }
        catch (Exception unsendable) when (unsendable is UnsendableException or JsonException)
        {
            return new SendOutcome(SendResult.Refused, unsendable.Message, 0, 0);
        }
    }

    private Settlement SettlementOf(ClaimedMessage message, SendOutcome outcome)
    {
        var offer = message.Kind == NotificationKind.PlaceAvailable.Name();
        switch (outcome.Result)
        {
            case SendResult.Accepted:
                metrics.Sent();
                return new Settlement(message.Id, "SENT", outcome.Attempts, outcome.Counted, 0, outcome.Answer, offer);
            case SendResult.Later:
                var tries = Math.Min(10, message.Attempts + outcome.Attempts);
                var pause = Backoff.After(tries - 1, TimeSpan.FromSeconds(settings.BackoffSeconds), NotificationLimits.LongestPutOff);
                var delay = outcome.Attempts == 0 ? 0 : (long)pause.TotalMilliseconds;
                return new Settlement(message.Id, "QUEUED", outcome.Attempts, outcome.Counted, delay, outcome.Answer, false);
            default:
                metrics.Failed();
                logger.LogWarning("Message {Key} failed for good after {Attempts} tries: {Reason}", message.Key, message.Attempts + outcome.Attempts, outcome.Answer);
                return new Settlement(message.Id, "FAILED", outcome.Attempts, outcome.Counted, 0, outcome.Answer, true);
        }
    }

    /// <summary>One writer: what settles while a statement is on its way goes with the next.</summary>
    private async Task SettleAsync()
    {
        var batch = new List<Settlement>();
        while (await settlements.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < NotificationLimits.ClaimedAtOnceAtMost && settlements.Reader.TryRead(out var settlement)) batch.Add(settlement);
            // An accepted mail whose row is not written would be sent again: this goes on until it is, or the lease is over.
            for (var pause = TimeSpan.FromMilliseconds(50); !await TryAsync("The ledger", () => ledger.SettleAsync(batch)); pause *= 2)
            {
                if (pause > LeaseTime) break;
                await Task.Delay(pause, time);
            }
            // What waited for these may go.
            Wake();
            if (batch.Any(settlement => settlement.Unreported)) OnUnreported?.Invoke();
        }
    }

    private async Task RenewAsync(CancellationToken stop)
    {
        var period = LeaseTime / 4 < NotificationLimits.RenewPeriod ? LeaseTime / 4 : NotificationLimits.RenewPeriod;
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(period, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await TryAsync("The ledger", async () =>
            {
                var ids = inFlight.Keys.ToArray();
                if (ids.Length == 0) return;
                var until = LeaseFromNow();
                foreach (var id in await ledger.RenewAsync(Owner, ids, LeaseTime))
                    if (inFlight.TryGetValue(id, out var lease)) lease.Until = until;
            });
        }
    }

    private long LeaseFromNow() => time.GetTimestamp() + (long)(LeaseTime.TotalSeconds * time.TimestampFrequency);

    private async Task<bool> TryAsync(string what, Func<Task> step)
    {
        try
        {
            await step();
            return true;
        }
        catch (Exception failure)
        {
            logger.LogWarning("{What} did not answer: {Reason}", what, failure.Message);
            await Task.Delay(TimeSpan.FromMilliseconds(500), CancellationToken.None);
            return false;
        }
    }

    /// <summary>How long a message is this mailer's. Measured from before it was taken, so that it ends here first.</summary>
    private sealed class Lease(TimeProvider time)
    {
        private long until;

        public long Until
        {
            get => Interlocked.Read(ref until);
            set => Interlocked.Exchange(ref until, value);
        }

        public bool IsHeld => time.GetTimestamp() < Until;
    }
}
