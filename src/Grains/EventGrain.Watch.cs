using Seats.Core;
using Seats.Grains.Abstractions;

namespace Seats.Grains;

public sealed partial class EventGrain
{
    /// <inheritdoc/>
    public Task<SeatMap?> Watch(IEventObserver observer)
    {
        watchers.Add(observer);
        return AnsweredAsync(actor.MapAsync());
    }

    /// <inheritdoc/>
    public Task<MapDelta?> Renew(IEventObserver observer)
    {
        // One that cannot serve must not make anybody throw away the map they have.
        if (!actor.Serves) throw new EventUnavailableException("The event cannot answer now.", notApplied: true);
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
