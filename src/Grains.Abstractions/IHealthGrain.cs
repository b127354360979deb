namespace Seats.Grains.Abstractions;

/// <summary>Whether events can be served. Key 0; stateless.</summary>
[Alias("health")]
public interface IHealthGrain : IGrainWithIntegerKey
{
    /// <summary>Asks the journal, and every silo for events that stopped.</summary>
    /// <exception cref="EventUnavailableException">The journal does not answer, or no silo has a clock that can be believed.</exception>
    [Alias("check")] Task<IReadOnlyList<StoppedEvent>> Check();
}

/// <summary>An event that stopped because its journal cannot be believed: which, and what is wrong at which version.</summary>
[GenerateSerializer, Immutable, Alias("stopped-event")]
public sealed record StoppedEvent(long EventId, string Trouble);
