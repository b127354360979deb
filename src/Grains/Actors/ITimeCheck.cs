namespace Seats.Grains.Actors;

/// <summary>
/// Whether this process's clock may be believed. An event writes its time down for good and never turns it back: decided by a wrong clock
/// once, it would stand still until the right one has caught up.
/// </summary>
public interface ITimeCheck
{
    /// <summary>What is wrong with the clock at this moment, and what to do; null while it may be believed.</summary>
    string? Trouble { get; }

    /// <summary>Compares it anew; before an event is taken over. One that cannot be compared now keeps what is known.</summary>
    Task CompareAsync(CancellationToken cancellationToken);
}

/// <summary>The clock of the one process that has the database: there is none to compare it with.</summary>
public sealed class OwnTime : ITimeCheck
{
    /// <inheritdoc/>
    public string? Trouble => null;

    /// <inheritdoc/>
    public Task CompareAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>The clocks of all silos.</summary>
public interface IClusterClocks
{
    /// <summary>What is wrong with a clock, where no silo that answers has a right one; else null.</summary>
    Task<string?> TroubleAsync();
}
