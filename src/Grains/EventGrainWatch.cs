using Seats.Grains.Abstractions;

namespace Seats.Grains;

public sealed partial class EventGrain
{
    /// <inheritdoc/>
    public Task<SeatMap?> Watch(IEventObserver observer)
    {
        watchers.Add(observer);
        return actor.MapAsync();
    }

    /// <inheritdoc/>
    public Task<MapDelta?> Renew(IEventObserver observer)
    {
        var known = watchers.Renew(observer);
        return Task.FromResult(known ? actor.Position : null);
    }

    /// <inheritdoc/>
    public Task Unwatch(IEventObserver observer)
    {
        watchers.Remove(observer);
        return Task.CompletedTask;
    }
}
