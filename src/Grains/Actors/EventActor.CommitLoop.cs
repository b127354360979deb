using Microsoft.Extensions.Logging;
using Seats.Core;
using Seats.Grains.Journal;

namespace Seats.Grains.Actors;

public sealed partial class EventActor
{
    private const int EntriesBetweenSnapshots = 10_000;

    // Fewer are read again in the time a snapshot takes; and whoever reads the journal finds what is wrong with it.
    private const int EntriesWorthASnapshot = 2_000;
    private static readonly TimeSpan TimeBetweenSnapshots = TimeSpan.FromMinutes(1);
    private long snapshotVersion;
    private DateTimeOffset snapshotAt;
    private Task writing = Task.CompletedTask;

    /// <summary>Writes what waits, takes a last snapshot, and ends.</summary>
    public async Task StopAsync()
    {
        while (committing) await open.Committed.ContinueWith(_ => { }, TaskScheduler.Current);
        await writing;
        if (poison is not null || CommittedVersion - snapshotVersion < EntriesWorthASnapshot || state.Version != CommittedVersion) return;
        if (TryEncode() is { } snapshot) await WriteSnapshotAsync(snapshot, CommittedVersion);
    }

    /// <summary>Sends the open slice unless one is in flight; an idle event pays no delay for batching.</summary>
    private void Commit()
    {
        if (committing || poison is not null) return;
        committing = true;
        _ = CommitAsync();
    }

    private async Task CommitAsync()
    {
        try
        {
            while (poison is null && open.IsWanted)
            {
                var slice = open;
                open = new OpenSlice(state.Version);
                await TryCommitAsync(slice);
            }
        }
        finally
        {
            committing = false;
        }
    }

    private async Task TryCommitAsync(OpenSlice slice)
    {
        try
        {
            await CommitAsync(slice);
        }
        catch (JournalUnavailableException unavailable)
        {
            Fail(slice, unavailable, unavailable.NotApplied);
            ports.Logger.LogWarning("Event {EventId}: {Reason}", eventId, unavailable.Message);
        }
        catch (Exception unexpected)
        {
            // Nobody may be left waiting, whatever went wrong; what became of the slice is not known.
            Fail(slice, unexpected, notApplied: false);
            ports.Logger.LogError(unexpected, "Event {EventId}: a slice after version {Version} failed", eventId, CommittedVersion);
        }
    }

    private async Task CommitAsync(OpenSlice slice)
    {
        var closed = Close(slice);
        if (await WriteAsync(closed.Slice) == AppendOutcome.Conflict)
        {
            ports.Logger.LogWarning("Event {EventId}: another activation took over after version {Version}", eventId, CommittedVersion);
            Fail(slice, new InvalidOperationException("Another activation of this event took over."), notApplied: true);
            return;
        }
        CommittedVersion = closed.Slice.NewVersion;
        if (closed.Delta is { } delta) host.Committed(delta, slice.Notifies);
        slice.Complete();
        if (closed.Snapshot is { } snapshot && writing.IsCompleted) writing = WriteSnapshotAsync(snapshot, CommittedVersion);
    }

    /// <summary>An id that was never handed out has no head to confirm: that there is still none is what its replies rest on.</summary>
    private async Task<AppendOutcome> WriteAsync(Slice slice)
    {
        if (head is not null) return await ports.Journal.AppendAsync(slice);
        return await ports.Journal.ReadHeadAsync(eventId, CancellationToken.None) is null ? AppendOutcome.Committed : AppendOutcome.Conflict;
    }

    private void Fail(OpenSlice slice, Exception reason, bool notApplied)
    {
        try
        {
            Poison(reason);
        }
        finally
        {
            slice.Fail(Unavailable(notApplied));
        }
    }

    /// <summary>Everything that belongs to a slice is taken at the moment it closes: later decisions belong to the next.</summary>
    private (Slice Slice, MapDelta? Delta, byte[]? Snapshot) Close(OpenSlice open)
    {
        var (row, invitations) = state.TakeIndexChanges();
        var indexes = row is null && invitations.Count == 0 && open.Replies.Count == 0 && state.NextDeadline is null
            ? IndexChanges.None
            : new IndexChanges(row, invitations, open.Replies, state.NextDeadline);
        var slice = new Slice(eventId, Epoch, open.ExpectedVersion, open.Entries, indexes);
        if (open.Entries.Count == 0) return (slice, null, null);
        var (positions, layout) = state.TakeChanges();
        var letters = new byte[positions.Length];
        for (var index = 0; index < positions.Length; index++) letters[index] = state.Letter(positions[index]);
        var delta = new MapDelta(eventId, Epoch, open.ExpectedVersion, slice.NewVersion, positions, letters, layout);
        return (slice, delta, IsSnapshotDue(slice.NewVersion) ? TryEncode() : null);
    }

    /// <summary>Null where it fails: a snapshot only saves time, and nobody's command fails with it.</summary>
    private byte[]? TryEncode()
    {
        try
        {
            return ActorSnapshot.Encode(state, obeyed, state.LastAt);
        }
        catch (Exception failure)
        {
            snapshotAt = ports.Time.GetUtcNow();
            ports.Logger.LogError(failure, "Event {EventId}: version {Version} cannot be written as a snapshot", eventId, state.Version);
            return null;
        }
    }

    private bool IsSnapshotDue(long version) =>
        version - snapshotVersion >= EntriesBetweenSnapshots && writing.IsCompleted && ports.Time.GetUtcNow() - snapshotAt >= TimeBetweenSnapshots;

    /// <summary>A snapshot would hide what is wrong with the entries before it.</summary>
    private async Task DropSnapshotAsync()
    {
        await writing;
        await WriteSnapshotAsync([], 0);
    }

    private async Task WriteSnapshotAsync(byte[] snapshot, long version)
    {
        snapshotAt = ports.Time.GetUtcNow();
        try
        {
            await ports.Snapshots.WriteAsync(snapshot);
            snapshotVersion = version;
        }
        catch (Exception failure)
        {
            // A snapshot only saves time; the journal has everything.
            ports.Logger.LogInformation(failure, "Event {EventId}: no snapshot at version {Version}", eventId, version);
        }
    }
}
