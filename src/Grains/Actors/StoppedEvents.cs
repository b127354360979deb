using System.Collections.Concurrent;

namespace Seats.Grains.Actors;

/// <summary>Events that stopped because their journal cannot be believed, for health: event id to what is wrong, the version included.</summary>
public sealed class StoppedEvents
{
    private readonly ConcurrentDictionary<long, string> stopped = new();

    /// <summary>Event ids and what is wrong with each.</summary>
    public IReadOnlyDictionary<long, string> All => stopped;

    internal void Add(long eventId, string trouble) => stopped[eventId] = trouble;

    internal void Remove(long eventId) => stopped.TryRemove(eventId, out _);
}
