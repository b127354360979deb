namespace Seats.Grains.Abstractions;

/// <summary>The event cannot answer now: its journal is away, another activation took over, or too many calls wait.</summary>
[GenerateSerializer, Alias("event-unavailable")]
public sealed class EventUnavailableException(string message, bool notApplied) : Exception(message)
{
    /// <summary>True when the command changed nothing for certain; false when its outcome is unknown.</summary>
    [Id(0)] public bool NotApplied { get; } = notApplied;
}
