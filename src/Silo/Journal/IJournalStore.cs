using Seats.Grains.Journal;

namespace Seats.Silo.Journal;

/// <summary>A database under the journal's writer.</summary>
internal interface IJournalStore
{
    /// <summary>Writes slices of different events in one transaction, each gated by its head.</summary>
    /// <returns>Ids of the events whose slice landed, or whose head was confirmed.</returns>
    /// <exception cref="StoreRejectedException">The database refused; nothing was written.</exception>
    /// <exception cref="StoreUnreachableException">The database could not be reached; nothing was sent.</exception>
    /// <exception cref="StoreAnswerLostException">What became of the batch is unknown.</exception>
    Task<HashSet<long>> WriteAsync(IReadOnlyList<PendingSlice> batch);

    /// <summary>The ids of the last slices written for these events.</summary>
    Task<Dictionary<long, Guid>> ReadSliceIdsAsync(IReadOnlyList<long> eventIds, CancellationToken cancellationToken);

    /// <summary>Returns when the database answers, and throws whatever stands in the way.</summary>
    Task PingAsync(CancellationToken cancellationToken);
}

/// <summary>The database refused the batch and rolled it back.</summary>
internal sealed class StoreRejectedException(string message, Exception inner) : Exception(message, inner);

/// <summary>The database could not be reached before anything was sent.</summary>
internal sealed class StoreUnreachableException(string message, Exception inner) : Exception(message, inner);

/// <summary>The connection was lost, or the answer took too long, after the batch was sent.</summary>
internal sealed class StoreAnswerLostException(string message, Exception inner) : Exception(message, inner);

/// <summary>A slice on its way, with the id its head will carry.</summary>
internal sealed class PendingSlice(Slice slice)
{
    private readonly TaskCompletionSource<AppendOutcome> done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Slice Slice => slice;
    public Guid Id { get; } = Guid.NewGuid();
    public bool IsConfirmOnly => slice.Entries.Count == 0;
    public Task<AppendOutcome> Outcome => done.Task;

    public void Complete(bool landed) => done.TrySetResult(landed ? AppendOutcome.Committed : AppendOutcome.Conflict);

    public void Fail(JournalUnavailableException reason) => done.TrySetException(reason);
}
