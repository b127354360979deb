using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Retry;
using Polly.Timeout;
using Seats.Mail.Transports;

namespace Seats.Mail.Resilience;

/// <summary>
/// How a message is tried in one round: retry around bulkhead around breaker around time limit. Waiting for the next try holds no slot, so
/// that a recipient who is refused delays nobody. A server that refuses a recipient works: that never opens the breaker, whatever the answer.
/// What it refuses otherwise is its own affair, or ours: that does, and ends no message.
/// </summary>
public sealed class SendingPolicy : IDisposable
{
    private static readonly ResiliencePropertyKey<Tries> TriesKey = new("seats.tries");
    private readonly MailSettings settings;
    private readonly TimeProvider time;
    private readonly ResiliencePipeline pipeline;
    private readonly ConcurrencyLimiter bulkhead;
    private readonly CircuitBreakerStateProvider breaker = new();
    private readonly BreakerWindow window;
    private long opensUntil;
    private int running;
    private long retries, succeededAfterRetry, exhausted, timeouts, rejected;

    /// <param name="waitingAtMost">Messages that may wait for a slot; a mailer takes no more than that at a time.</param>
    public SendingPolicy(MailSettings settings, TimeProvider time, int waitingAtMost, IMeterFactory? meters = null)
    {
        (this.settings, this.time) = (settings, time);
        window = new BreakerWindow(settings.BreakerWindow);
        bulkhead = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = settings.Concurrency, QueueLimit = waitingAtMost, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });
        pipeline = Build();
        if (meters is not null) Measure(meters.Create("Seats.Mail"));
    }

    /// <summary>Whether messages should be taken from the ledger now: not while the breaker is open, but for one that finds out.</summary>
    public int Room(int wanted) => breaker.CircuitState switch
    {
        CircuitState.Closed => wanted,
        CircuitState.HalfOpen => 0,
        _ => time.GetTimestamp() >= Volatile.Read(ref opensUntil) ? Math.Min(1, wanted) : 0,
    };

    /// <summary>Whether the server is believed to be well.</summary>
    public bool IsClosed => breaker.CircuitState == CircuitState.Closed;

    /// <summary>Tries one message until it is accepted, refused for good, or the tries of a round are used up.</summary>
    public async Task<SendOutcome> SendAsync(Func<CancellationToken, Task<string>> send, CancellationToken cancellationToken)
    {
        var tries = new Tries();
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(TriesKey, tries);
        try
        {
            var answer = await pipeline.ExecuteAsync(static async (context, state) =>
            {
                var (policy, tries) = (state.policy, state.tries);
                // A probe finds out about the server: the message it is made with does not answer for it.
                var isProbe = !policy.IsClosed;
                tries.Made++;
                Interlocked.Increment(ref policy.running);
                try
                {
                    var answer = await state.send(context.CancellationToken);
                    policy.window.Add(failed: false);
                    return answer;
                }
                catch (Exception failure)
                {
                    policy.Note(failure, context.CancellationToken, state.outside);
                    if (!isProbe && failure is not MailServerAwayException and not LeaseLostException) tries.Counted++;
                    throw;
                }
                finally
                {
                    Interlocked.Decrement(ref policy.running);
                }
            }, context, (send, tries, policy: this, outside: cancellationToken));
            if (tries.Made > 1) Interlocked.Increment(ref succeededAfterRetry);
            return new SendOutcome(SendResult.Accepted, answer, tries.Made);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return OutcomeOf(failure, tries);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    public ResilienceReport Report()
    {
        var (failureRate, calls) = window.Read();
        return new ResilienceReport(
            breaker.CircuitState switch
            {
                CircuitState.Closed => "CLOSED",
                CircuitState.Open => "OPEN",
                CircuitState.HalfOpen => "HALF_OPEN",
                CircuitState.Isolated => "ISOLATED",
            },
            failureRate, calls, Read(ref retries), Read(ref succeededAfterRetry), Read(ref exhausted), settings.Concurrency, Volatile.Read(ref running),
            Read(ref rejected), settings.TimeoutSeconds, Read(ref timeouts));
    }

    public void Dispose() => bulkhead.Dispose();

    private void Note(Exception failure, CancellationToken inside, CancellationToken outside)
    {
        // The transport says what it was waiting for; that the time was over is known here.
        if (failure is MailServerAwayException && inside.IsCancellationRequested && !outside.IsCancellationRequested) Interlocked.Increment(ref timeouts);
        if (failure is not LeaseLostException) window.Add(IsServers(failure));
    }

    private static long Read(ref long value) => Interlocked.Read(ref value);

    private ResiliencePipeline Build()
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        if (settings.Attempts > 1) builder.AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = arguments => ValueTask.FromResult(MayRetry(arguments.Outcome.Exception, arguments.Context)),
            MaxRetryAttempts = settings.Attempts - 1,
            Delay = TimeSpan.FromSeconds(settings.BackoffSeconds),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            OnRetry = _ =>
            {
                Interlocked.Increment(ref retries);
                return default;
            },
        });
        return builder
            .AddRateLimiter(new RateLimiterStrategyOptions
            {
                RateLimiter = arguments => bulkhead.AcquireAsync(1, arguments.Context.CancellationToken),
                OnRejected = _ =>
                {
                    Interlocked.Increment(ref rejected);
                    return default;
                },
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                // Polly judges by time, the configuration by calls: the window decides, and the first failure that Polly sees opens the breaker.
                ShouldHandle = arguments => ValueTask.FromResult(
                    IsServers(arguments.Outcome.Exception)
                    && (breaker.CircuitState == CircuitState.HalfOpen || window.Failed(settings.BreakerFailureRatio))),
                FailureRatio = 0,
                MinimumThroughput = 2,
                SamplingDuration = TimeSpan.FromHours(1),
                BreakDuration = TimeSpan.FromSeconds(settings.BreakerSeconds),
                StateProvider = breaker,
                OnOpened = opened =>
                {
                    Volatile.Write(ref opensUntil, time.GetTimestamp() + (long)(opened.BreakDuration.TotalSeconds * time.TimestampFrequency));
                    return default;
                },
                OnClosed = _ =>
                {
                    window.Clear();
                    return default;
                },
            })
            .AddTimeout(new TimeoutStrategyOptions
            {
                Timeout = TimeSpan.FromSeconds(settings.TimeoutSeconds),
                OnTimeout = _ =>
                {
                    Interlocked.Increment(ref timeouts);
                    return default;
                },
            })
            .Build();
    }

    /// <summary>Seconds later a server says the same again that it said for good.</summary>
    private bool MayRetry(Exception? failure, ResilienceContext context) =>
        (IsServers(failure) || failure is MailRefusedException) && failure is not MailRefusedException { IsPermanent: true }
        && context.Properties.TryGetValue(TriesKey, out var tries) && tries.Counted < settings.Attempts;

    /// <summary>Whether the server failed, or refuses us.</summary>
    private static bool IsServers(Exception? failure) => failure is not (
        null or MailRefusedException { IsRecipients: true } or LeaseLostException or BrokenCircuitException
        or RateLimiterRejectedException);

    private SendOutcome OutcomeOf(Exception failure, Tries tries)
    {
        var isRecipients = failure is MailRefusedException { IsRecipients: true };
        var result = failure switch
        {
            MailRefusedException { IsFinal: true } => SendResult.Refused,
            LeaseLostException => SendResult.Lost,
            MailServerAwayException or RateLimiterRejectedException or BrokenCircuitException => SendResult.Later,
            MailRefusedException { IsPermanent: true } when tries.Counted > 0 => SendResult.Deferred,
            _ => tries.Counted >= settings.Attempts ? SendResult.Deferred : SendResult.Later,
        };
        if (result == SendResult.Deferred) Interlocked.Increment(ref exhausted);
        var reason = failure is TimeoutRejectedException ? $"The mail server did not answer within {settings.TimeoutSeconds:0.###} s." : failure.Message;
        return new SendOutcome(result, reason, tries.Made, isRecipients);
    }

    private void Measure(Meter meter)
    {
        meter.CreateObservableGauge("seats.mail.breaker.open", () => IsClosed ? 0 : 1, description: "1 while the breaker keeps mail back.");
        meter.CreateObservableGauge("seats.mail.running", () => Volatile.Read(ref running), description: "Sends in flight.");
        meter.CreateObservableCounter("seats.mail.retries", () => Read(ref retries));
        meter.CreateObservableCounter("seats.mail.timeouts", () => Read(ref timeouts));
        meter.CreateObservableCounter("seats.mail.exhausted", () => Read(ref exhausted), description: "Rounds of tries that were used up.");
    }

    /// <summary>The tries of one round.</summary>
    private sealed class Tries
    {
        public int Made { get; set; }

        /// <summary>Of those, the ones that count against the message: the server was believed to be well, and was there.</summary>
        public int Counted { get; set; }
    }
}
