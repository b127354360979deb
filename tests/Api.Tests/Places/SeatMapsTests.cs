using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Seats.Api.Places;
using Seats.Api.Requests;
using Seats.Core;
using Seats.Grains.Abstractions;
using Seats.Testing;

namespace Seats.Api.Tests.Places;

/// <summary>The copies of maps that a node keeps, and what they leave behind.</summary>
public sealed class SeatMapsTests : IDisposable
{
    private readonly FakeCluster cluster = new();
    private readonly FakeTimeProvider time = new();
    private readonly SeatMaps maps;
    private int watches;
    private int unwatches;

    public SeatMapsTests()
    {
        var known = new KnownEvents(new DirectoryCalls(cluster.Grains, time));
        maps = new SeatMaps(cluster.Grains, known, time, NullLogger<SeatMaps>.Instance);
        cluster.Event = (id, call) => call switch
        {
            nameof(IEventGrain.Watch) => Watched(id),
            nameof(IEventGrain.Unwatch) => Unwatched(),
            _ => throw new NotSupportedException(call),
        };
    }

    public void Dispose() => maps.Dispose();

    [Fact]
    public async Task FloodOfIds_KeepsNoMoreCopiesThanTheBound_AndGivesTheirReferencesBack()
    {
        const int more = 200;
        foreach (var read in Enumerable.Range(1, ApiLimits.MapsAtMost + more).Chunk(50))
        {
            Assert.All(await Task.WhenAll(read.Select(id => maps.ReadAsync(id, CancellationToken.None))), Assert.NotNull);
            time.Advance(TimeSpan.FromMilliseconds(1));
        }
        Assert.Equal(ApiLimits.MapsAtMost, maps.Count);
        await SettledAsync(() => cluster.References == ApiLimits.MapsAtMost && unwatches == more);
        // Those read last are still there.
        Assert.NotNull(await maps.ReadAsync(ApiLimits.MapsAtMost + more, CancellationToken.None));
        Assert.Equal(ApiLimits.MapsAtMost + more, watches);
    }

    [Fact]
    public async Task IdThatDoesNotExist_CostsNoCopyAndNoCall()
    {
        cluster.FindExisting = _ => Task.FromResult(Array.Empty<long>());
        Assert.Null(await maps.ReadAsync(1, CancellationToken.None));
        Assert.Equal((0, 0, 0), (maps.Count, cluster.References, watches));
    }

    [Fact]
    public async Task CopyWithoutAnEvent_IsDropped_AndGivesItsReferenceBack()
    {
        cluster.Event = (_, call) => call == nameof(IEventGrain.Watch) ? Task.FromResult<SeatMap?>(null) : Unwatched();
        Assert.Null(await maps.ReadAsync(1, CancellationToken.None));
        await SettledAsync(() => (maps.Count, cluster.References, unwatches) == (0, 0, 1));
    }

    [Fact]
    public async Task CopyWhoseLoadFailed_IsDropped_AndTheNextReaderBeginsAnew()
    {
        var away = true;
        var serving = cluster.Event;
        var failed = Task.FromException<SeatMap?>(new EventUnavailableException("away", notApplied: true));
        cluster.Event = (id, call) => away ? failed : serving(id, call);
        await Assert.ThrowsAsync<EventUnavailableException>(() => maps.ReadAsync(1, CancellationToken.None));
        await SettledAsync(() => (maps.Count, cluster.References) == (0, 0));
        away = false;
        Assert.NotNull(await maps.ReadAsync(1, CancellationToken.None));
        Assert.Equal((1, 1), (maps.Count, cluster.References));
    }

    [Fact]
    public async Task CopyGivenUpWhileItLoads_EndsTheWatchThatBeganAfterwards()
    {
        var loading = new TaskCompletionSource<SeatMap?>(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Event = (_, call) => call == nameof(IEventGrain.Watch) ? loading.Task : Unwatched();
        var copy = new MapCopy(1, cluster.Grains, time);
        var reading = copy.ReadAsync(CancellationToken.None);
        copy.Close();
        Assert.Equal((0, 1), (unwatches, cluster.References));
        loading.SetResult(MapOf(1));
        Assert.NotNull(await reading);
        await SettledAsync(() => (unwatches, cluster.References) == (1, 0));
    }

    private Task<SeatMap?> Watched(long id)
    {
        Interlocked.Increment(ref watches);
        return Task.FromResult<SeatMap?>(MapOf(id));
    }

    private Task Unwatched()
    {
        Interlocked.Increment(ref unwatches);
        return Task.CompletedTask;
    }

    private static SeatMap MapOf(long id)
    {
        var section = new SectionLayout("main", "Main", "standard", false, [new RowLayout("1", 1, 3, 0)]);
        return new SeatMap(id, 1, 1, Visibility.Public, [section], "FFF"u8.ToArray());
    }

    private static Task SettledAsync(Func<bool> condition) => Eventually.TrueAsync(condition, TimeSpan.FromSeconds(10));
}
