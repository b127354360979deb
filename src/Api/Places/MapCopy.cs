using Seats.Core;
using Seats.Grains.Abstractions;

namespace Seats.Api.Places;

/// <summary>This node's copy of one map: a map, then deltas without a gap; after a gap or another epoch, a map again.</summary>
internal sealed class MapCopy(long eventId, IGrainFactory grains, TimeProvider time) : IEventObserver
{
    private static readonly TimeSpan CatchUpAtMost = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private IEventObserver? reference;
    private Task<bool>? loading;
    private SeatMap? map;
    private MapPage? page;
    private List<MapDelta> early = [];
    private TaskCompletionSource moved = NewSignal();
    private long wanted;
    private long? lastFailure;
    private bool isClosed;

    public long EventId => eventId;

    public DateTimeOffset LastRead { get; private set; } = time.GetUtcNow();

    public void NoteVersion(long version)
    {
        lock (gate) wanted = Math.Max(wanted, version);
    }

    /// <summary>Null when there is no such event.</summary>
    /// <exception cref="EventUnavailableException">The event cannot answer, or this copy ends or begins anew at this moment.</exception>
    public async Task<MapPage?> ReadAsync(CancellationToken cancellationToken)
    {
        LastRead = time.GetUtcNow();
        if (!await LoadedAsync()) return null;
        await CatchUpAsync(cancellationToken);
        lock (gate)
        {
            // Another epoch began at this moment: that is no reason to say that there is no such event.
            if (map is null) throw new EventUnavailableException("The map began anew.", notApplied: true);
            return page ??= new MapPage(map with { States = [.. map.States] });
        }
    }

    public Task OnChanged(MapDelta delta)
    {
        lock (gate)
        {
            if (map is not null) Apply(delta);
            else if (loading is { IsCompleted: false }) early.Add(delta);
            moved.TrySetResult();
            moved = NewSignal();
        }
        return Task.CompletedTask;
    }

    public async Task RenewAsync()
    {
        if (reference is not { } observer || map is null) return;
        var position = await grains.GetGrain<IEventGrain>(eventId).Renew(observer);
        lock (gate)
            if (map is not null && position?.Epoch != map.Epoch) Forget();
    }

    /// <summary>Begins anew with the next reader.</summary>
    public void Forget()
    {
        lock (gate) (map, page, loading, early) = (null, null, null, []);
    }

    /// <summary>Ends the watch and gives its reference back. Nothing is loaded any more.</summary>
    public void Close()
    {
        lock (gate)
        {
            if (isClosed) return;
            isClosed = true;
            if (reference is { } observer) _ = EndAsync(observer, loading ?? Task.CompletedTask);
            reference = null;
        }
    }

    private async Task EndAsync(IEventObserver observer, Task lastLoad)
    {
        // A watch that begins after its end would stay. Where the event cannot be told, its lease on this observer ends by itself.
        await lastLoad.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await grains.GetGrain<IEventGrain>(eventId).Unwatch(observer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        grains.DeleteObjectReference<IEventObserver>(observer);
    }

    private Task<bool> LoadedAsync()
    {
        lock (gate)
        {
            if (loading is { IsFaulted: false, IsCanceled: false } known) return known;
            if (isClosed) throw new EventUnavailableException("This copy of the map was given up.", notApplied: true);
            early = [];
            return loading = LoadAsync();
        }
    }

    private async Task<bool> LoadAsync()
    {
        var observer = reference ??= grains.CreateObjectReference<IEventObserver>(this);
        var fresh = await grains.GetGrain<IEventGrain>(eventId).Watch(observer);
        lock (gate)
        {
            (map, page) = (fresh, null);
            foreach (var delta in early) if (map is not null) Apply(delta);
            early = [];
            if (map is null && fresh is not null) loading = null;
        }
        return fresh is not null;
    }

    private void Apply(MapDelta delta)
    {
        if (map is null || delta.ToVersion <= map.Version && delta.Epoch == map.Epoch) return;
        if (delta.Epoch != map.Epoch || delta.Reload || delta.FromVersion > map.Version)
        {
            Forget();
            return;
        }
        // Letters are those of the delta's end: applied over a map that is already past its beginning, they are right as well.
        for (var index = 0; index < delta.Positions.Length; index++) map.States[delta.Positions[index]] = delta.States[index];
        (map, page) = (map with { Version = delta.ToVersion }, null);
    }

    /// <summary>
    /// Waits a moment for a version this node told somebody of. Where it does not come, whoever sent the deltas may be gone, and the event is asked;
    /// where it cannot answer either, the map stays what it was.
    /// </summary>
    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        if (lastFailure is { } failed && time.GetElapsedTime(failed) < AskAgainAfter) return;
        var began = time.GetTimestamp();
        while (IsBehind(out var signal))
        {
            var left = CatchUpAtMost - time.GetElapsedTime(began);
            if (left > TimeSpan.Zero) await Task.WhenAny(signal, Task.Delay(left, time, cancellationToken));
            else if (await TryRenewAsync()) break;
            else return;
        }
        if (map is null) await LoadedAsync();
    }

    private async Task<bool> TryRenewAsync()
    {
        try
        {
            await RenewAsync().WaitAsync(AskAgainAfter, time);
            lastFailure = null;
            return true;
        }
        catch (Exception away) when (
            away is TimeoutException or EventUnavailableException or OrleansException or OperationCanceledException)
        {
            lastFailure = time.GetTimestamp();
            return false;
        }
    }

    private bool IsBehind(out Task signal)
    {
        lock (gate)
        {
            signal = moved.Task;
            return map is not null && map.Version < wanted;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
