using Microsoft.Extensions.Logging;
using Seats.Core;
using Seats.Grains.Abstractions;

namespace Seats.Grains.Watching;

/// <summary>The API nodes that keep a copy of this event's map: each is told one delta at a time, and what changes meanwhile comes together in the next.</summary>
internal sealed class Watchers(TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private readonly Dictionary<IEventObserver, Watcher> watchers = [];

    public void Add(IEventObserver observer) => watchers[observer] = new Watcher(observer, Until());

    /// <summary>Whether the observer was known; one that was not must begin with a map.</summary>
    public bool Renew(IEventObserver observer)
    {
        if (!watchers.TryGetValue(observer, out var watcher)) return false;
        watcher.Until = Until();
        return true;
    }

    public void Remove(IEventObserver observer) => watchers.Remove(observer);

    public void Tell(MapDelta delta)
    {
        foreach (var watcher in watchers.Values)
        {
            watcher.Waiting = watcher.Waiting is { } earlier ? Deltas.Join(earlier, delta) : delta;
            if (!watcher.IsBusy) _ = TellAsync(watcher);
        }
    }

    private async Task TellAsync(Watcher watcher)
    {
        watcher.IsBusy = true;
        try
        {
            while (watcher.Waiting is { } delta && watcher.Until > time.GetUtcNow())
            {
                watcher.Waiting = null;
                await watcher.Observer.OnChanged(delta);
            }
        }
        catch (Exception gone)
        {
            logger.LogInformation("A watcher is gone: {Reason}", gone.Message);
            watcher.Until = DateTimeOffset.MinValue;
        }
        watcher.IsBusy = false;
        if (watcher.Until <= time.GetUtcNow() && watchers.GetValueOrDefault(watcher.Observer) == watcher) watchers.Remove(watcher.Observer);
    }

    private DateTimeOffset Until() => time.GetUtcNow() + Lease;

    private sealed class Watcher(IEventObserver observer, DateTimeOffset until)
    {
        public IEventObserver Observer => observer;
        public DateTimeOffset Until { get; set; } = until;
        public MapDelta? Waiting { get; set; }
        public bool IsBusy { get; set; }
    }
}
