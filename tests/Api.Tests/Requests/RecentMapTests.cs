using Seats.Api.Requests;
using Seats.Core;

namespace Seats.Api.Tests.Requests;

/// <summary>What a node remembers for a while.</summary>
public sealed class RecentMapTests
{
    [Fact]
    public void Map_NeverGrowsBeyondItsBound_AndKeepsWhatIsUsed()
    {
        var map = new RecentMap<int, string>(100);
        Assert.True(map.TryAdd(0, "kept"));
        for (var key = 1; key <= 10_000; key++)
        {
            Assert.True(map.TryAdd(key, "new"));
            Assert.True(map.TryGet(0, out var value) && value == "kept");
            Assert.InRange(map.Count, 1, 100);
        }
        Assert.False(map.TryGet(9_000, out _));
        Assert.True(map.TryGet(9_990, out _));
    }

    [Fact]
    public void Key_IsAddedOnce_AlsoWhenItHasGrownOld()
    {
        var map = new RecentMap<int, string>(4);
        Assert.True(map.TryAdd(1, "first"));
        Assert.True(map.TryAdd(2, "first"));
        Assert.True(map.TryAdd(3, "first"));
        Assert.False(map.TryAdd(1, "second"));
        Assert.True(map.TryGet(1, out var value));
        Assert.Equal("first", value);
    }
}
