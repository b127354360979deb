using System.Threading.RateLimiting;

namespace Seats.Identity.Accounts;

/// <summary>
/// The one way to the processor for passwords: hashing one takes as long as thousands of holds, and anybody may ask for it. A few run at a
/// time, on threads of their own, some wait in order of arrival, and the rest are told when to come back. Who waits holds nothing but
/// memory.
/// </summary>
internal sealed class PasswordLane(TimeProvider time) : IDisposable
{
    private const double FirstGuessMilliseconds = 100;
    private const double WeightOfTheLast = 0.2;
    private readonly Lock gate = new();
    private double typicalMilliseconds = FirstGuessMilliseconds;

    private readonly ConcurrencyLimiter limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = IdentityLimits.PasswordsAtOnce,
        QueueLimit = IdentityLimits.PasswordsWaitingAtMost,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>How many wait.</summary>
    public long Waiting => limiter.GetStatistics()?.CurrentQueuedCount ?? 0;

    /// <summary>When to come back, where there is no room to wait now: nothing needs to be read for somebody who is sent away.</summary>
    public int? RetryAfterSeconds => Waiting < IdentityLimits.PasswordsWaitingAtMost ? null : PauseSeconds();

    /// <summary>Does the work when its turn comes, or says in how many seconds to come back.</summary>
    public async Task<LaneOutcome<T>> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
        where T : class
    {
        using var turn = await limiter.AcquireAsync(1, cancellationToken);
        if (!turn.IsAcquired) return new LaneOutcome<T>(null, PauseSeconds());
        // Not on the pool: its threads answer everybody else.
        var result = await Task.Factory.StartNew(() => Timed(work), CancellationToken.None, Alone, TaskScheduler.Default);
        return new LaneOutcome<T>(result, null);
    }

    public void Dispose() => limiter.Dispose();

    private static TaskCreationOptions Alone => TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach;

    private T Timed<T>(Func<T> work)
    {
        var start = time.GetTimestamp();
        var result = work();
        var took = time.GetElapsedTime(start).TotalMilliseconds;
        lock (gate) typicalMilliseconds += (took - typicalMilliseconds) * WeightOfTheLast;
        return result;
    }

    /// <summary>How long it takes until those who are there now have had their turn.</summary>
    private int PauseSeconds()
    {
        var before = Waiting + IdentityLimits.PasswordsAtOnce;
        lock (gate)
        {
            var seconds = before * typicalMilliseconds / IdentityLimits.PasswordsAtOnce / 1000;
            return (int)Math.Clamp(Math.Ceiling(seconds), 1, IdentityLimits.PasswordPauseSecondsAtMost);
        }
    }
}

/// <summary>What came of waiting in the lane.</summary>
/// <param name="Result">Null when there was no room to wait.</param>
/// <param name="RetryAfterSeconds">Then when to come back.</param>
internal sealed record LaneOutcome<T>(T? Result, int? RetryAfterSeconds)
    where T : class;
