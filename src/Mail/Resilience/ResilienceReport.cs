namespace Seats.Mail.Resilience;

/// <summary>How sending goes, on one silo.</summary>
/// <param name="FailureRate">Failures among the last calls the breaker judges by, 0..1.</param>
public sealed record ResilienceReport(
    string BreakerState, double FailureRate, int Calls, long RetryAttempts, long RetrySucceeded, long RetryExhausted,
    int BulkheadLimit, int BulkheadRunning, long BulkheadRejected, double TimeLimitSeconds, long Timeouts);
