using Seats.Grains.Abstractions;
using Seats.Spelling;

namespace Seats.Api.Notifications;

/// <summary>What somebody was or will be told.</summary>
/// <param name="EventId">Absent where it is about an account.</param>
internal sealed record NotificationAnswer(
    string Key, string Kind, long? EventId, string Recipient, string State, int Attempts, DateTimeOffset? SentAt, string? Answer)
{
    public static NotificationAnswer Of(NotificationView view) =>
        new(
            view.Key, view.Kind, EventOf(view.EventId), EmailAddress.ToShow(view.Recipient), view.State, view.Attempts, view.SentAt,
            view.Answer);

    /// <summary>The ledger has 0 where there is none.</summary>
    public static long? EventOf(long eventId) => eventId == 0 ? null : eventId;
}

/// <summary>A mail that failed for good.</summary>
/// <param name="EventId">Absent where it is about an account, or where a record that could not be read does not say.</param>
internal sealed record DeadLetterAnswer(
    string Id, string Key, string Kind, long? EventId, string Recipient, string Reason, int Attempts, DateTimeOffset FailedAt)
{
    public static DeadLetterAnswer Of(DeadLetterView view) => new(
        view.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), view.Key, view.Kind, NotificationAnswer.EventOf(view.EventId),
        EmailAddress.ToShow(view.Recipient), view.Reason, view.Attempts, view.FailedAt);
}

internal sealed record ReplayedAnswer(int Replayed);

internal sealed record DeletedAnswer(int Deleted);

/// <summary>How sending goes, over all silos.</summary>
internal sealed record ResilienceAnswer(
    BreakerAnswer Breaker, RetryAnswer Retry, BulkheadAnswer Bulkhead, TimeLimiterAnswer TimeLimiter, MailAnswer Mail, KafkaAnswer Kafka)
{
    public static ResilienceAnswer Of(MailReport report) => new(
        new BreakerAnswer(report.BreakerState, report.FailureRate, report.Calls),
        new RetryAnswer(report.RetryAttempts, report.RetrySucceeded, report.RetryExhausted),
        new BulkheadAnswer(report.BulkheadLimit, report.BulkheadRunning, report.BulkheadRejected),
        new TimeLimiterAnswer(report.TimeLimitSeconds, report.Timeouts),
        new MailAnswer(report.Sent, report.Failed, report.DeadLetters, report.Queued, report.Outdated),
        new KafkaAnswer(report.Published, report.Consumed, report.Lag));
}

/// <param name="FailureRate">0..1, of the last <paramref name="Calls"/> calls.</param>
internal sealed record BreakerAnswer(string State, double FailureRate, int Calls);

internal sealed record RetryAnswer(long Attempts, long Succeeded, long Exhausted);

internal sealed record BulkheadAnswer(int Limit, int Running, long Rejected);

internal sealed record TimeLimiterAnswer(double LimitSeconds, long Timeouts);

/// <param name="Outdated">Not sent, because what they say was not so any more.</param>
internal sealed record MailAnswer(long Sent, long Failed, long DeadLetters, long Queued, long Outdated);

internal sealed record KafkaAnswer(long Published, long Consumed, long Lag);
