namespace Seats.Grains.Abstractions;

/// <summary>Which notifications.</summary>
/// <param name="Recipient">E-mail address; null for all.</param>
/// <param name="Kind">As in keys; null for all.</param>
/// <param name="Before">Keyset: those older than this id.</param>
[GenerateSerializer, Immutable, Alias("notification-query")]
public sealed record NotificationQuery(string? Recipient, long? EventId, string? Kind, long? Before);

/// <summary>A notification as the ledger has it.</summary>
/// <param name="State">QUEUED, SENT or FAILED.</param>
/// <param name="Answer">What the mail server answered last.</param>
[GenerateSerializer, Immutable, Alias("notification-view")]
public sealed record NotificationView(
    long Id, string Key, string Kind, long EventId, string Recipient, string State, int Attempts, DateTimeOffset? SentAt, string? Answer);

/// <summary>A notification that failed for good.</summary>
[GenerateSerializer, Immutable, Alias("dead-letter-view")]
public sealed record DeadLetterView(
    long Id, string Key, string Kind, long EventId, string Recipient, string Reason, int Attempts, DateTimeOffset FailedAt);

/// <summary>What became of the wish to send a dead letter again.</summary>
public enum ReplayOutcome
{
    /// <summary>It is on its way.</summary>
    Queued,

    /// <summary>There is none of this id, or it is one no longer.</summary>
    NotFound,

    /// <summary>It is a record that could not be read: there is nothing to send.</summary>
    Unreadable,
}

/// <summary>How telling people goes, over all silos.</summary>
/// <param name="Outdated">Mails that were not sent, because what they say was not so any more.</param>
[GenerateSerializer, Immutable, Alias("mail-report")]
public sealed record MailReport(
    string BreakerState, double FailureRate, int Calls,
    long RetryAttempts, long RetrySucceeded, long RetryExhausted,
    int BulkheadLimit, int BulkheadRunning, long BulkheadRejected,
    double TimeLimitSeconds, long Timeouts,
    long Sent, long Failed, long DeadLetters, long Queued,
    long Published, long Consumed, long Lag, long Outdated);
