using Seats.Core;
using Seats.Core.History;

namespace Seats.Grains.Journal;

/// <summary>The durable memory of every event: entries by version, one head an event, and the indexes that change with them.</summary>
public interface IJournal
{
    /// <summary>
    /// Begins an activation: gives the event's head a new epoch, so that no statement of an earlier activation, however late it arrives, does
    /// anything from now on.
    /// </summary>
    /// <returns>The head as it stands; null for an id that was never handed out.</returns>
    /// <exception cref="JournalUnavailableException">The store could not be asked.</exception>
    Task<JournalHead?> TakeOverAsync(long eventId, CancellationToken cancellationToken);

    /// <summary>
    /// Appends a slice whole or not at all, gated by compare-and-set on the epoch and version of the event's head. A slice without entries writes
    /// at most its replies, and confirms that the head still stands at <see cref="Slice.ExpectedVersion"/>.
    /// </summary>
    /// <returns><see cref="AppendOutcome.Committed"/> on stable storage, or <see cref="AppendOutcome.Conflict"/>: another activation took over.</returns>
    /// <exception cref="JournalUnavailableException">The store could not be asked, or its answer was lost.</exception>
    Task<AppendOutcome> AppendAsync(Slice slice);

    /// <summary>Reads the entries of an event with a version above <paramref name="afterVersion"/>, ascending. Few are read at the same time.</summary>
    /// <exception cref="JournalUnavailableException">The store could not be read, or too many read.</exception>
    IAsyncEnumerable<JournalEntry> ReadAsync(long eventId, long afterVersion, CancellationToken cancellationToken);

    /// <summary>Reads the entries of an event that a query asks for, the latest first. Very few are asked at the same time.</summary>
    /// <exception cref="JournalUnavailableException">The store could not be read, or too many ask.</exception>
    Task<IReadOnlyList<JournalEntry>> ReadHistoryAsync(long eventId, HistoryQuery query, CancellationToken cancellationToken);

    /// <summary>The version of the event's last entry; 0 for an id that is handed out but not created, null for an unknown id.</summary>
    /// <exception cref="JournalUnavailableException">The store could not be read.</exception>
    Task<long?> ReadHeadAsync(long eventId, CancellationToken cancellationToken);

    /// <summary>The stored replies to those of the commands that were obeyed or refused before.</summary>
    /// <exception cref="JournalUnavailableException">The store could not be read.</exception>
    Task<IReadOnlyList<StoredReply>> FindRepliesAsync(long eventId, IReadOnlyList<Guid> commandIds, CancellationToken cancellationToken);

    /// <summary>Binds a keyed command, whose body names its event, to that event; the first event counts.</summary>
    /// <returns>The event the command belongs to.</returns>
    /// <exception cref="JournalUnavailableException">The store could not be asked.</exception>
    Task<long> BindKeyAsync(Guid commandId, long eventId, CancellationToken cancellationToken);

    /// <summary>Whether it can be written to: goes the way of every slice, and writes nothing.</summary>
    /// <exception cref="JournalUnavailableException">It cannot.</exception>
    Task ProbeAsync() => AppendAsync(new Slice(0, 0, 0, [], IndexChanges.None));

    /// <summary>Hands out the id of an event to be created; the same command id gets the same event id again.</summary>
    /// <param name="unguessable">Whether the id is drawn from <see cref="EventIds"/>; otherwise it is the next number.</param>
    /// <exception cref="JournalUnavailableException">The store could not be asked.</exception>
    Task<long> AllocateEventIdAsync(Guid commandId, bool unguessable, CancellationToken cancellationToken);
}

/// <summary>Where an event's journal stands when an activation takes it over.</summary>
/// <param name="Version">The version of the last entry; 0 before the event is created.</param>
/// <param name="Epoch">The epoch of the activation that asked: higher than those of all before it.</param>
/// <param name="HasReplies">Whether replies to keyed commands are stored.</param>
public sealed record JournalHead(long Version, long Epoch, bool HasReplies);

/// <summary>What became of a slice.</summary>
public enum AppendOutcome
{
    /// <summary>Every entry of the slice is on stable storage, or the head was confirmed.</summary>
    Committed,

    /// <summary>Another activation took over, or wrote: nothing of the slice was written.</summary>
    Conflict,
}

/// <summary>The store is unavailable. <see cref="NotApplied"/> says whether it is certain that nothing was written.</summary>
public sealed class JournalUnavailableException(string message, bool notApplied, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>True when nothing was written for certain; false when the outcome is unknown.</summary>
    public bool NotApplied { get; } = notApplied;
}
