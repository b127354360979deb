using Microsoft.Extensions.Logging;
using Seats.Grains.Abstractions;
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
        while (pumping) await open.Committed.ContinueWith(_ => { }, TaskScheduler.Current);
        await writing;
        if (poison is null && CommittedVersion - snapshotVersion >= EntriesWorthASnapshot && state.Version == CommittedVersion)
            await WriteSnapshotAsync(ActorSnapshot.Encode(state, memory, Now()), CommittedVersion);
    }

    /// <summary>Sends the open slice unless one is in flight; an idle event pays no delay for batching.</summary>
    private void Pump()
    {
        if (pumping || poison is not null) return;
        pumping = true;
        _ = PumpAsync();
    }

    private async Task PumpAsync()
    {
        while (poison is null && open.IsWanted)
        {
            var slice = open;
            open = new OpenSlice(state.Version);
            var closed = Close(slice);
            try
            {
                if (await WriteAsync(closed.Slice) == AppendOutcome.Conflict)
                {
                    ports.Logger.LogWarning("Event {EventId}: another activation wrote after version {Version}", eventId, CommittedVersion);
                    Fail(slice, new InvalidOperationException("Another activation of this event took over."), notApplied: true);
                    break;
                }
            }
            catch (JournalUnavailableException away)
            {
                ports.Logger.LogWarning("Event {EventId}: {Reason}", eventId, away.Message);
                Fail(slice, away, away.NotApplied);
                break;
            }
            CommittedVersion = closed.Slice.NewVersion;
            if (closed.Delta is { } delta) host.Committed(delta, slice.Tells);
            slice.Complete();
            if (closed.Snapshot is { } snapshot && writing.IsCompleted) writing = WriteSnapshotAsync(snapshot, CommittedVersion);
        }
        pumping = false;
    }

    /// <summary>
    /// An event that was never created may have no head to confirm: that there is still none is what its answers rest on. Where its id is handed out
    /// there is one, and it takes refusals to be remembered.
    /// </summary>
    private async Task<AppendOutcome> WriteAsync(Slice slice)
    {
        if (slice.NewVersion > 0) return await ports.Journal.AppendAsync(slice);
        if (slice.Indexes.Refusals.Count > 0 && await ports.Journal.AppendAsync(slice) == AppendOutcome.Committed) return AppendOutcome.Committed;
        return await ports.Journal.ReadHeadAsync(eventId, CancellationToken.None) is null or 0 ? AppendOutcome.Committed : AppendOutcome.Conflict;
    }

    private void Fail(OpenSlice slice, Exception reason, bool notApplied)
    {
        Poison(reason);
        slice.Fail(Unavailable(notApplied));
    }

    /// <summary>Everything that belongs to a slice is taken at the moment it closes: later decisions belong to the next.</summary>
    private (Slice Slice, MapDelta? Delta, byte[]? Snapshot) Close(OpenSlice open)
    {
        var (row, invitations) = state.TakeIndexChanges();
        var indexes = row is null && invitations.Count == 0 && open.Remembered.Count == 0 && state.NextDeadline is null
            ? IndexChanges.None
            : new IndexChanges(row, invitations, open.Remembered, state.NextDeadline);
        var slice = new Slice(eventId, open.ExpectedVersion, open.Entries, indexes);
        if (open.Entries.Count == 0) return (slice, null, null);
        var (positions, layout) = state.TakeChanges();
        var letters = new byte[positions.Length];
        for (var index = 0; index < positions.Length; index++) letters[index] = state.Letter(positions[index]);
        var delta = new MapDelta(eventId, ports.Epoch, open.ExpectedVersion, slice.NewVersion, positions, letters, layout);
        return (slice, delta, IsSnapshotDue(slice.NewVersion) ? ActorSnapshot.Encode(state, memory, state.LastAt) : null);
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
