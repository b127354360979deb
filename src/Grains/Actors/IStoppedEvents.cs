using Seats.Grains.Abstractions;

namespace Seats.Grains.Actors;

/// <summary>Events that stopped, wherever in the cluster.</summary>
public interface IStoppedEvents
{
    /// <summary>What every silo that answers knows of; one that does not is left out.</summary>
    Task<IReadOnlyList<StoppedEvent>> OnAllSilosAsync();
}
