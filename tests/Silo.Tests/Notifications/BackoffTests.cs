using Seats.Silo.Notifications;

namespace Seats.Silo.Tests.Notifications;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(-1, 0.5)]
    [InlineData(0, 0.5)]
    [InlineData(1, 1)]
    [InlineData(5, 16)]
    [InlineData(6, 30)]
    [InlineData(int.MaxValue, 30)]
    public void Pause_DoublesWithEachFailure_UpToItsBound(int before, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.After(before, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(30)));
}
