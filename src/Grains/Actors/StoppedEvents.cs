using System.Collections.Concurrent;

namespace Seats.Grains.Actors;

/// <summary>Events that stopped on this silo because their journal cannot be believed, for health.</summary>
public sealed class StoppedEvents
{
    private readonly ConcurrentDictionary<long, (long Epoch, string Trouble)> stopped = new();

    /// <summary>Event ids and what is wrong with each, the version included.</summary>
    public IReadOnlyDictionary<long, string> All => stopped.ToDictionary(pair => pair.Key, pair => pair.Value.Trouble);

    /// <summary>Event ids, and the epoch of the activation that stopped.</summary>
    public IReadOnlyDictionary<long, long> Epochs => stopped.ToDictionary(pair => pair.Key, pair => pair.Value.Epoch);

    /// <summary>An activation with a later epoch, on whichever silo, knows better: it serves the event, or stopped itself.</summary>
    public void TakenOver(long eventId, long epoch)
    {
        if (stopped.TryGetValue(eventId, out var known) && known.Epoch < epoch)
            stopped.TryRemove(new KeyValuePair<long, (long, string)>(eventId, known));
    }

    /// <summary>True when this is news.</summary>
    internal bool Add(long eventId, long epoch, string trouble)
    {
        var known = stopped.TryGetValue(eventId, out var before) && before.Trouble == trouble;
        stopped[eventId] = (epoch, trouble);
        return !known;
    }

    internal void Remove(long eventId) => stopped.TryRemove(eventId, out _);
}
