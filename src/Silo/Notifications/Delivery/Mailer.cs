using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Seats.Core.Notifications;
using Seats.Grains.Abstractions;
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
    Ledger ledger, MailComposer composer, IMailTransport transport, SendingPolicy policy, MailBackpressure backpressure, IStandings standings,
    MailSettings settings, NotificationMetrics metrics, TimeProvider time, ILogger<Mailer> logger)
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
            await backpressure.WaitAsync(sending);
            if (await SettlementOfAsync(message, lease, sending) is { } settlement)
                await settlements.Writer.WriteAsync(settlement, CancellationToken.None);
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

    /// <summary>What became of it; null when another mailer owns it.</summary>
    private async Task<Settlement?> SettlementOfAsync(ClaimedMessage message, Lease lease, CancellationToken sending)
    {
        Notification notification;
        try
        {
            notification = NotificationCodec.Decode(Encoding.UTF8.GetBytes(message.Body));
        }
        catch (JsonException unreadable)
        {
            return Settled(message, new SendOutcome(SendResult.Refused, unreadable.Message, 0));
        }
        var outcome = await OutcomeAsync(message, notification, lease, sending);
        return outcome.Result == SendResult.Deferred ? Deferred(message, notification, outcome) : Settled(message, outcome);
    }

    private async Task<SendOutcome> OutcomeAsync(ClaimedMessage message, Notification notification, Lease lease, CancellationToken sending)
    {
        try
        {
            if (Timeliness.WhyTooLate(notification, message.TakenAt) is { } late) return new SendOutcome(SendResult.Outdated, late, 0);
            var isDoubtful = message.IsReplayed || Timeliness.IsTimeToAnswerOver(notification, message.TakenAt);
            var standing = isDoubtful ? await standings.AskAsync(notification) : Standing.True(notification);
            if (standing.Notification is not { } current) return new SendOutcome(SendResult.Outdated, standing.WhyNot ?? "", 0);
            using var mail = await composer.ComposeAsync(current);
            return await policy.SendAsync(cancellation => transport.SendAsync(mail, () => lease.IsHeld, cancellation), sending);
        }
        catch (UnsendableException unsendable)
        {
            return new SendOutcome(SendResult.Refused, unsendable.Message, 0);
        }
        catch (Exception unknown) when (unknown is EventUnavailableException or TimeoutException or Orleans.Runtime.OrleansException)
        {
            // Whether it still is so cannot be known now: it is asked again.
            return new SendOutcome(SendResult.Later, unknown.Message, 1);
        }
    }

    private Settlement? Settled(ClaimedMessage message, SendOutcome outcome)
    {
        switch (outcome.Result)
        {
            case SendResult.Accepted:
                metrics.Sent();
                var isOffer = message.Kind == NotificationKind.PlaceAvailable.Name();
                return new Settlement(message.Id, Ledger.Sent, outcome.Attempts, false, 0, outcome.Answer, isOffer);
            case SendResult.Later:
                var tries = Math.Min(10, message.Attempts + outcome.Attempts);
                var pause = Backoff.After(tries - 1, TimeSpan.FromSeconds(settings.BackoffSeconds), NotificationLimits.LongestPutOff);
                var delay = outcome.Attempts == 0 ? 0 : (long)pause.TotalMilliseconds;
                return new Settlement(message.Id, Ledger.Queued, outcome.Attempts, false, delay, outcome.Answer, false);
            case SendResult.Outdated:
                metrics.Outdated();
                logger.LogInformation("Message {Key} is not sent: {Reason}", message.Key, outcome.Answer);
                return new Settlement(message.Id, Ledger.Discarded, 0, false, 0, outcome.Answer, false);
            case SendResult.Lost:
                return null;
            default:
                metrics.Failed();
                logger.LogWarning(
                    "Message {Key} failed for good after {Attempts} tries: {Reason}", message.Key, message.Attempts + outcome.Attempts,
                    outcome.Answer);
                return new Settlement(message.Id, Ledger.Failed, outcome.Attempts, false, 0, outcome.Answer, true);
        }
    }

    /// <summary>A round of refusals: the next one comes after a pause that grows, the last one at the end of the message's life.</summary>
    private Settlement? Deferred(ClaimedMessage message, Notification notification, SendOutcome outcome)
    {
        var since = message.RefusedSince ?? message.TakenAt;
        var left = Lifetime.EndOf(notification, since, outcome.IsRecipients, settings.Life) - message.TakenAt;
        if (left <= TimeSpan.Zero && message.Rounds > 0) return Settled(message, outcome with { Result = SendResult.Refused });
        var pause = settings.Pauses[Math.Min(message.Rounds, settings.Pauses.Count - 1)];
        if (pause > left) pause = left > NotificationLimits.ShortestPause ? left : NotificationLimits.ShortestPause;
        return new Settlement(message.Id, Ledger.Queued, outcome.Attempts, true, (long)pause.TotalMilliseconds, outcome.Answer, false);
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
