namespace Seats.Grains.Abstractions;

/// <summary>The event cannot answer now: its journal is away, another activation took over, too many calls wait, or it has stopped.</summary>
[GenerateSerializer, Alias("event-unavailable")]
public sealed class EventUnavailableException(
    string message, bool notApplied, bool stopped = false, UnavailableReason reason = UnavailableReason.Passing) : Exception(message)
{
    /// <summary>True when the command changed nothing for certain; false when its outcome is unknown.</summary>
    [Id(0)] public bool NotApplied { get; } = notApplied;

    /// <summary>True when the event's journal cannot be believed: it stays stopped until somebody mends it.</summary>
    [Id(1)] public bool Stopped { get; } = stopped;

    /// <summary>Why, where an operator has to know.</summary>
    [Id(2)] public UnavailableReason Reason { get; } = reason;
}

/// <summary>Why an event cannot answer on this silo.</summary>
public enum UnavailableReason
{
    /// <summary>It passes by itself.</summary>
    Passing = 0,

    /// <summary>The clocks of the silo and of its database differ.</summary>
    Clock = 1,

    /// <summary>A newer program wrote a fact that this one does not know.</summary>
    NewerProgram = 2,
}
