using Seats.Core;
using Seats.Grains.Abstractions;

namespace Seats.Grains.Tests.Grain;

/// <summary>Reads that many people ask for at once.</summary>
public sealed class ReadLimitTests
{
    [Fact]
    public async Task Calls_BeyondTheRoom_Wait_AndBeyondThat_AreRefused()
    {
        using var limit = new ReadLimit(atOnce: 2, waitingAtMost: 1);
        var end = new TaskCompletionSource<int>();
        var started = 0;
        Task<int> Read() => limit.RunAsync(() =>
        {
            started++;
            return end.Task;
        });
        Task<int>[] calls = [Read(), Read(), Read()];
        Assert.Equal(2, started);
        Assert.True((await Assert.ThrowsAsync<EventUnavailableException>(Read)).NotApplied);
        end.SetResult(7);
        Assert.All(await Task.WhenAll(calls), read => Assert.Equal(7, read));
        Assert.Equal(7, await Read());
    }

    [Fact]
    public async Task Read_ThatFails_MakesRoomForTheNext()
    {
        using var limit = new ReadLimit(atOnce: 1, waitingAtMost: 0);
        await Assert.ThrowsAsync<IOException>(() => limit.RunAsync<int>(() => throw new IOException("away")));
        Assert.Equal(7, await limit.RunAsync(() => Task.FromResult(7)));
    }
}
