using Seats.Grains.Journal;

namespace Seats.Grains.Actors;

/// <summary>What gathers while an earlier slice is in flight: entries, and the callers whose answers rest on them.</summary>
internal sealed class OpenSlice(long expectedVersion)
{
    private readonly TaskCompletionSource committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long ExpectedVersion => expectedVersion;
    public List<JournalEntry> Entries { get; } = [];
    public List<RememberedRefusal> Remembered { get; } = [];

    /// <summary>Whether somebody may have to be told of it.</summary>
    public bool Tells { get; set; }

    /// <summary>Whether anybody waits for it.</summary>
    public bool IsWanted { get; private set; }
    public bool IsCommitted => committed.Task.IsCompletedSuccessfully;

    /// <summary>Completes when everything an answer in this slice rests on is durable.</summary>
    public Task Committed
    {
        get
        {
            IsWanted = true;
            return committed.Task;
        }
    }

    public void Want() => IsWanted = true;

    public void Complete() => committed.TrySetResult();

    public void Fail(Exception reason)
    {
        committed.TrySetException(reason);
        // A slice that only time wanted has nobody to tell.
        _ = committed.Task.Exception;
    }
}
