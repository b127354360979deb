using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Seats.Api.Hosting;
using Seats.Api.Requests;

namespace Seats.Api.Tests.Requests;

/// <summary>Calls that the cluster gives up by itself.</summary>
public sealed class AttemptsTests
{
    private readonly Attempts attempts = new(NullLogger<Attempts>.Instance);

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
    public async Task CancellationThatNobodyElseCaught_IsAnsweredWith503_AndWhenToComeBack()
    {
        var context = new DefaultHttpContext();
        var problems = new PlainProblems(
            _ => throw new OperationCanceledException("A placement took too long."), NullLogger<PlainProblems>.Instance);
        await problems.InvokeAsync(context);
        Assert.Equal((503, "1"), (context.Response.StatusCode, context.Response.Headers.RetryAfter.ToString()));
    }
}
