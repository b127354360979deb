using Orleans.Runtime.Services;
using Seats.Core.Notifications;
using Seats.Grains.Abstractions;
using Seats.Grains.Notifications;

namespace Seats.Silo.Notifications;

/// <summary>Reaches the mailer of a silo by its address.</summary>
internal sealed class MailerServiceClient(IServiceProvider services) : GrainServiceClient<IMailerService>(services)
{
    public Task<MailReport> ReportAsync(SiloAddress silo) => GetGrainService(silo).Report();
}

/// <summary>The ledger, and the mailers of all silos.</summary>
internal sealed class NotificationDesk(
    Ledger ledger, Preferences preferences, UnsubscribeLinks links, VerificationLinks verification, Mailer mailer,
    MailerServiceClient mailers, ISiloStatusOracle silos, ILogger<NotificationDesk> logger) : INotificationDesk
{
    // The worst first: what a reader must know.
    private static readonly string[] Severity = ["OPEN", "HALF_OPEN", "ISOLATED", "CLOSED"];

    public async Task<IReadOnlyList<NotificationView>> ListAsync(NotificationQuery query, int limit) => await ledger.ListAsync(query, limit);

    public async Task<IReadOnlyList<DeadLetterView>> ListDeadLettersAsync(NotificationQuery query, int limit) => await ledger.ListDeadLettersAsync(query, limit);

    public async Task<ReplayOutcome> ReplayAsync(long id)
    {
        var outcome = await ledger.ReplayAsync(id);
        if (outcome == ReplayOutcome.Queued) mailer.Wake();
        return outcome;
    }

    public async Task<int> ReplayAllAsync(NotificationQuery query)
    {
        var replayed = await ledger.ReplayAllAsync(query);
        if (replayed > 0) mailer.Wake();
        return replayed;
    }

    public Task SetLanguageAsync(string personId, string locale, string? email) => preferences.SetLanguageAsync(personId, locale, email);

    public async Task<string?> UnsubscribeAsync(string token, bool confirm)
    {
        if (links.Read(token) is not var (email, what)) return null;
        if (confirm) await preferences.UnsubscribeAsync(email, what);
        return email;
    }

    public async Task AskToVerifyAsync(IReadOnlyList<VerificationMail> mails)
    {
        await ledger.EnqueueAsync([.. mails.Select(Notification.Of)]);
        mailer.Wake();
    }

    public bool IsVerificationToken(string token, string email) => verification.IsToken(token, email);

    public Task<bool> DiscardAsync(long id) => ledger.DiscardAsync(id);

    public async Task<MailReport> ReportAsync()
    {
        var reports = (await Task.WhenAll(silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Select(TryReportAsync))).OfType<MailReport>().ToList();
        var (dead, queued) = (await ledger.CountFailedAsync(), await ledger.CountQueuedAsync(NotificationLimits.QueuedCountedAtMost));
        if (reports.Count == 0) throw new TimeoutException("No mailer answered.");
        var worst = reports.MinBy(report => Array.IndexOf(Severity, report.BreakerState))!;
        return new MailReport(
            worst.BreakerState, worst.FailureRate, worst.Calls,
            reports.Sum(report => report.RetryAttempts), reports.Sum(report => report.RetrySucceeded), reports.Sum(report => report.RetryExhausted),
            worst.BulkheadLimit, reports.Sum(report => report.BulkheadRunning), reports.Sum(report => report.BulkheadRejected),
            worst.TimeLimitSeconds, reports.Sum(report => report.Timeouts),
            reports.Sum(report => report.Sent), reports.Sum(report => report.Failed), dead, queued,
            reports.Sum(report => report.Published), reports.Sum(report => report.Consumed), reports.Sum(report => report.Lag),
            reports.Sum(report => report.Outdated));
    }

    private async Task<MailReport?> TryReportAsync(SiloAddress silo)
    {
        try
        {
            return await mailers.ReportAsync(silo).WaitAsync(TimeSpan.FromSeconds(2));
        }
        catch (Exception away) when (away is TimeoutException or OrleansException or OperationCanceledException)
        {
            logger.LogInformation("The mailer of {Silo} did not answer: {Reason}", silo, away.Message);
            return null;
        }
    }
}
