namespace Seats.Grains.Journal;

/// <summary>The durable memory of every event: entries by version, one head an event, and the indexes that change with them.</summary>
public interface IJournal
{
    /// <summary>
    /// Appends a slice whole or not at all, gated by compare-and-set on the event's head. A slice without entries writes nothing
    /// and only confirms that the head still stands at <see cref="Slice.ExpectedVersion"/>.
    /// </summary>
    /// <returns><see cref="AppendOutcome.Committed"/> on stable storage, or <see cref="AppendOutcome.Conflict"/>: another activation wrote.</returns>
    /// <exception cref="JournalUnavailableException">The store could not be asked, or its answer was lost.</exception>
    Task<AppendOutcome> AppendAsync(Slice slice);

    /// <summary>Reads the entries of an event with a version above <paramref name="afterVersion"/>, ascending.</summary>
    /// <exception cref="JournalUnavailableException">The store could not be read.</exception>
    IAsyncEnumerable<JournalEntry> ReadAsync(long eventId, long afterVersion, CancellationToken cancellationToken);

    /// <summary>The version of the event's last entry; 0 for an id that is handed out but not created, null for an unknown id.</summary>
    /// <exception cref="JournalUnavailableException">The store could not be read.</exception>
    Task<long?> ReadHeadAsync(long eventId, CancellationToken cancellationToken);

    /// <summary>The refusals remembered for an event since <paramref name="since"/>.</summary>
    /// <exception cref="JournalUnavailableException">The store could not be read.</exception>
    Task<IReadOnlyList<RememberedRefusal>> ReadRefusalsAsync(long eventId, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Whether it can be written to: goes the way of every slice, and writes nothing.</summary>
    /// <exception cref="JournalUnavailableException">It cannot.</exception>
    Task ProbeAsync() => AppendAsync(new Slice(0, 0, [], IndexChanges.None));

    /// <summary>Hands out the id of an event to be created; the same command id gets the same event id again.</summary>
    /// <exception cref="JournalUnavailableException">The store could not be asked.</exception>
    Task<long> AllocateEventIdAsync(Guid commandId, CancellationToken cancellationToken);
}

/// <summary>What became of a slice.</summary>
public enum AppendOutcome
{
    /// <summary>Every entry of the slice is on stable storage, or the head was confirmed.</summary>
    Committed,

    /// <summary>The head had moved: nothing of the slice was written.</summary>
    Conflict,
}

/// <summary>The store is away. <see cref="NotApplied"/> says whether it is certain that nothing was written.</summary>
public sealed class JournalUnavailableException(string message, bool notApplied, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>True when nothing was written for certain; false when the outcome is unknown.</summary>
    public bool NotApplied { get; } = notApplied;
}
