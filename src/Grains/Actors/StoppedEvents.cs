using System.Collections.Concurrent;

namespace Seats.Grains.Actors;

/// <summary>Events that stopped because their journal cannot be believed, for health: event id to what is wrong, the version included.</summary>
public sealed class StoppedEvents
{
    private readonly ConcurrentDictionary<long, string> stopped = new();

    /// <summary>Event ids and what is wrong with each.</summary>
    public IReadOnlyDictionary<long, string> All => stopped;

    /// <summary>True when this is news.</summary>
    internal bool Add(long eventId, string trouble)
    {
        var known = stopped.TryGetValue(eventId, out var before) && before == trouble;
        stopped[eventId] = trouble;
        return !known;
    }

    internal void Remove(long eventId) => stopped.TryRemove(eventId, out _);
}
