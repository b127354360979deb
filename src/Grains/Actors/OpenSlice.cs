using Seats.Core;
using Seats.Grains.Journal;

namespace Seats.Grains.Actors;

/// <summary>What gathers while an earlier slice is in flight: entries, and the callers whose replies rest on them.</summary>
internal sealed class OpenSlice(long expectedVersion)
{
    private readonly TaskCompletionSource committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long ExpectedVersion => expectedVersion;
    public List<JournalEntry> Entries { get; } = [];

    /// <summary>Replies to keyed commands, stored with the slice.</summary>
    public List<StoredReply> Replies { get; } = [];

    /// <summary>Who may have to be notified of it.</summary>
    public Audience Notifies { get; private set; }

    /// <summary>Whether anybody waits for it.</summary>
    public bool IsWanted { get; private set; }
    public bool IsCommitted => committed.Task.IsCompletedSuccessfully;

    /// <summary>Completes when everything a reply in this slice rests on is durable.</summary>
    public Task Committed
    {
        get
        {
            IsWanted = true;
            return committed.Task;
        }
    }

    public void Add(JournalEntry entry)
    {
        Entries.Add(entry);
        Notifies |= entry.Notifies;
    }

    public void Want() => IsWanted = true;

    public void Complete() => committed.TrySetResult();

    public void Fail(Exception reason)
    {
        committed.TrySetException(reason);
        // Nobody may wait for a slice that only time wanted: its failure is seen here.
        _ = committed.Task.Exception;
    }
}
