using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Seats.Api.Hosting;
using Seats.Api.Requests;
using Seats.Clustering;
using Seats.Core;
using Seats.Testing;

namespace Seats.Api.Tests.Requests;

/// <summary>Calls that the cluster gives up by itself.</summary>
public sealed class AttemptsTests
{
    private readonly FakeTimeProvider time = new();
    private readonly GatewayLosses losses = new();
    private readonly Attempts attempts;

    public AttemptsTests() => attempts = new Attempts(losses, time, NullLogger<Attempts>.Instance);

    [Fact]
    public async Task CallThatTheClusterCancels_IsTriedAgain_AndThenItsOutcomeIsUnknown()
    {
        var calls = 0;
        Task<string> Cancelled() => Task.FromException<string>(new OperationCanceledException($"No place for the grain, {++calls}."));
        Assert.Equal(new Outcome<string>(null, 2, false, false), await attempts.TryAsync(Cancelled));
        Assert.Equal(2, calls);
        Task<string> CancelledOnce() => calls++ == 2 ? Cancelled() : Task.FromResult("served");
        Assert.Equal("served", (await attempts.TryAsync(CancelledOnce)).Reply);
    }

    [Fact]
    public async Task CallThatItsOwnCallerGaveUp_IsNotTriedAgain()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        var calls = 0;
        await Assert.ThrowsAsync<OperationCanceledException>(() => attempts.TryAsync(() =>
        {
            calls++;
            return Task.FromException<string>(new OperationCanceledException());
        }, gone.Token));
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task CallToASiloThatIsLost_IsMadeAgain_WithoutWaitingForItsWholeTime()
    {
        var (calls, silent) = (0, new TaskCompletionSource<string>());
        var outcome = attempts.TryAsync(() => calls++ == 0 ? silent.Task : Task.FromResult("served by another"));
        losses.Note();
        Assert.False(outcome.IsCompleted);
        time.Advance(Attempts.PatienceAfterLoss);
        Assert.Equal(("served by another", 2), ((await outcome).Reply, calls));
    }

    [Fact]
    public async Task CallToASiloThatIsLost_AndThatNoOtherAnswers_HasAnUnknownOutcome()
    {
        var outcome = attempts.TryAsync(() => new TaskCompletionSource<string>().Task);
        await Eventually.TrueAsync(() =>
        {
            losses.Note();
            time.Advance(Attempts.PatienceAfterLoss);
            return outcome.IsCompleted;
        }, TimeSpan.FromSeconds(30));
        Assert.Equal(new Outcome<string>(null, 2, false, false), await outcome);
    }

    [Fact]
    public async Task AnswerThatIsOnItsWay_WhenASiloIsLost_IsTaken()
    {
        var (calls, slow) = (0, new TaskCompletionSource<string>());
        var outcome = attempts.TryAsync(() =>
        {
            calls++;
            return slow.Task;
        });
        losses.Note();
        slow.SetResult("served");
        Assert.Equal(("served", 1), ((await outcome).Reply, calls));
    }

    [Fact]
    public async Task CancellationThatNobodyElseCaught_IsAnsweredWith503_AndWhenToComeBack()
    {
        var context = new DefaultHttpContext();
        var problems = new PlainProblems(
            _ => throw new OperationCanceledException("A placement took too long."), NullLogger<PlainProblems>.Instance);
        await problems.InvokeAsync(context);
        Assert.Equal((503, "1"), (context.Response.StatusCode, context.Response.Headers.RetryAfter.ToString()));
    }
}
