using Orleans.Concurrency;
using Orleans.Services;
using Seats.Grains.Abstractions;
using Seats.Mail;

namespace Seats.Silo.Notifications;

/// <summary>The mailer of a silo.</summary>
[Alias("seats.mailer")]
public interface IMailerService : IGrainService
{
    /// <summary>How sending goes on this silo.</summary>
    [Alias("report"), AlwaysInterleave] Task<MailReport> Report();
}

/// <summary>
/// One on each silo, with the life of its silo: relays the events of its part of the ring, reads its partitions, sends what it takes from the
/// ledger. When a silo dies its part of the ring, its partitions and its messages go to the others.
/// </summary>
[Reentrant]
internal sealed class MailerService(
    GrainId id, Orleans.Runtime.Silo silo, ILoggerFactory loggers, NotificationWork work, IGrainFactory grains) : GrainService(id, silo, loggers), IMailerService
{
    private readonly CancellationTokenSource stop = new();
    private Task working = Task.CompletedTask;

    public override Task Start()
    {
        working = Task.Run(() => work.RunAsync(IsMine, stop.Token));
        return base.Start();
    }

    public override async Task Stop()
    {
        await stop.CancelAsync();
        await working.WaitAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await base.Stop();
    }

    public Task<MailReport> Report() => Task.FromResult(work.Report());

    private bool IsMine(long eventId) => RingRange.InRange(grains.GetGrain<IEventGrain>(eventId).GetGrainId());
}

/// <summary>Everything that runs on a silo to tell people.</summary>
internal sealed class NotificationWork(
    Relay relay, Mailer mailer, DeliveryFeedback feedback, NotificationMetrics metrics, MailSettings settings, IServiceProvider services, Storage.SeatsStorage storage)
{
    public Task RunAsync(Func<long, bool> isMine, CancellationToken stop) => !settings.Enabled ? Task.CompletedTask : Task.WhenAll(
        relay.RunAsync(isMine, stop),
        mailer.RunAsync(alone: storage.Postgres is null, stop),
        feedback.RunAsync(stop),
        services.GetService<KafkaInbox>()?.RunAsync(stop) ?? Task.CompletedTask,
        services.GetService<Reconciler>()?.RunAsync(isMine, stop) ?? Task.CompletedTask);

    public MailReport Report()
    {
        var sending = mailer.Report();
        return new MailReport(
            sending.BreakerState, sending.FailureRate, sending.Calls, sending.RetryAttempts, sending.RetrySucceeded, sending.RetryExhausted,
            sending.BulkheadLimit, sending.BulkheadRunning, sending.BulkheadRejected, sending.TimeLimitSeconds, sending.Timeouts,
            metrics.SentCount, metrics.FailedCount, 0, 0, services.GetService<KafkaInbox>() is null ? 0 : metrics.PublishedCount, metrics.ConsumedCount, metrics.Lag,
            metrics.OutdatedCount);
    }
}
