using Microsoft.Extensions.Logging;
using Seats.Core;
using Seats.Grains.Abstractions;
using Seats.Grains.Journal;

namespace Seats.Grains.Actors;

public sealed partial class EventActor
{
    private const int EntriesBetweenReplaySnapshots = 50_000;

    // Much less than an activation may take: each one that is cut short leaves the next one less to do.
    private static readonly TimeSpan TimeBetweenReplaySnapshots = TimeSpan.FromSeconds(5);

    /// <summary>A snapshot in the format of another program: it goes back where it was if this one cannot serve the event.</summary>
    private byte[]? otherSnapshot;
    private int replayed;

    /// <summary>Takes the event over from any earlier activation, and rebuilds it from its snapshot and the journal behind it, or from the journal alone.</summary>
    /// <exception cref="EventUnavailableException">The journal is unavailable, or the event has stopped.</exception>
    public async Task ActivateAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Before anything is taken from whoever serves the event now.
            await ports.Check.CompareAsync(cancellationToken);
            if (!IsTimeRight()) throw Unavailable(notApplied: true);
            head = await ports.Journal.TakeOverAsync(eventId, cancellationToken);
            var version = head?.Version ?? 0;
            if (version > 0) await RestoreSnapshotAsync(version);
            await ReplayAsync(version, cancellationToken);
            if (state.Version < version)
                throw new InvariantViolatedException($"The journal ends at version {state.Version}, and its head says {version}: entries are missing.");
        }
        catch (JournalUnavailableException unavailable)
        {
            Poison(unavailable);
            throw Unavailable(notApplied: false);
        }
        catch (NewerFactException newer)
        {
            throw await LeaveToNewerAsync(newer);
        }
        catch (Exception trouble) when (trouble is not (OperationCanceledException or EventUnavailableException))
        {
            // Whatever an entry does to the program that reads it, the entry is not believed.
            throw Distrust(trouble);
        }
        Begin();
    }

    /// <summary>The journal holds what cannot be: this event stops, and is replayed from its beginning until that is mended.</summary>
    /// <returns>What to tell the caller.</returns>
    public EventUnavailableException Distrust(Exception trouble)
    {
        Stop(trouble);
        return Unavailable(notApplied: true);
    }

    /// <summary>
    /// What a newer program wrote is right, and cannot be read here: nothing is stopped, nothing is thrown away, and a silo of that program,
    /// or the next try of this one after its upgrade, serves the event.
    /// </summary>
    private async Task<EventUnavailableException> LeaveToNewerAsync(NewerFactException newer)
    {
        var version = state.Version + 1;
        ports.Logger.LogWarning(
            "Event {EventId} is left to a newer program at version {Version}: {Reason}", eventId, version, newer.Message);
        if (otherSnapshot is { } theirs && snapshotVersion > 0) await WriteSnapshotAsync(theirs, 0);
        return GiveUp(
            UnavailableReason.NewerProgram, new InvalidOperationException($"Event {eventId}, version {version}: {newer.Message}", newer));
    }

    /// <summary>
    /// Reads the journal behind the snapshot. A replay that is long leaves snapshots on its way: one that is cut short, because an activation
    /// may take only so long, is gone on with, and not begun again each time.
    /// </summary>
    private async Task ReplayAsync(long version, CancellationToken cancellationToken)
    {
        var (since, began) = (0, ports.Time.GetTimestamp());
        await foreach (var entry in EntriesAsync(version, cancellationToken))
        {
            Take(entry, version);
            (since, replayed) = (since + 1, replayed + 1);
            if (since < EntriesBetweenReplaySnapshots && ports.Time.GetElapsedTime(began) < TimeBetweenReplaySnapshots) continue;
            if (TryEncode() is { } snapshot) await WriteSnapshotAsync(snapshot, state.Version);
            (since, began) = (0, ports.Time.GetTimestamp());
        }
    }

    private IAsyncEnumerable<JournalEntry> EntriesAsync(long version, CancellationToken cancellationToken) =>
        version == state.Version ? AsyncEnumerable.Empty<JournalEntry>() : ports.Journal.ReadAsync(eventId, state.Version, cancellationToken);

    /// <summary>Takes an entry in. Of the latest, whose callers may not have heard a reply before the last activation ended, the replies are told again.</summary>
    private void Take(JournalEntry entry, long lastVersion)
    {
        var facts = FactCodec.Decode(entry.Facts.Span);
        Turn.Replay(state, entry.Version, entry.At, facts);
        if (entry.CommandId is not { } id || entry.At < ports.Time.GetUtcNow().AddMinutes(-Limits.CommandRetryMinutes)) return;
        obeyed.Add(id, entry.Version, entry.At);
        if (entry.Version <= lastVersion - Limits.RecentRepliesAtMost) return;
        if (FactReplies.Of(state, facts, entry.At) is { } reply) recent.Add(id, new RecentReply(reply, entry.BodyHash, Done));
    }

    private void Begin()
    {
        state.TakeIndexChanges();
        state.TakeChanges();
        if (head is { HasReplies: true }) keyed.Earlier(ports.Time.GetUtcNow());
        CommittedVersion = state.Version;
        open = new OpenSlice(state.Version);
        ports.Stopped.Remove(eventId);
        otherSnapshot = null;
        if (state.Version - snapshotVersion >= EntriesBetweenSnapshots && replayed > 0 && TryEncode() is { } snapshot)
            writing = WriteSnapshotAsync(snapshot, state.Version);
        WarnOfTheFuture();
    }

    /// <summary>A silo whose clock was wrong wrote it: the event's time stands still until the clock has caught up.</summary>
    private void WarnOfTheFuture()
    {
        var ahead = state.LastAt - ports.Time.GetUtcNow();
        if (ahead > TimeSpan.FromMinutes(1))
            ports.Logger.LogWarning(
                "Event {EventId}: version {Version} was decided at {At}, {Ahead} ahead of the clock; its time stands still until then",
                eventId, state.Version, state.LastAt, ahead);
    }

    /// <param name="version">The journal's last version: a snapshot beyond it is of another journal.</param>
    private async Task RestoreSnapshotAsync(long version)
    {
        try
        {
            if (await ports.Snapshots.ReadAsync() is not { } bytes) return;
            otherSnapshot = bytes;
            if (ActorSnapshot.Decode(eventId, bytes) is not { } snapshot || snapshot.State.Version > version) return;
            otherSnapshot = null;
            (state, obeyed) = snapshot;
            snapshotVersion = state.Version;
            snapshotAt = ports.Time.GetUtcNow();
        }
        catch (Exception damaged)
        {
            var reason = damaged.Message.ReplaceLineEndings(" ");
            ports.Logger.LogWarning("Event {EventId}: the snapshot cannot be read ({Reason}); replaying the journal", eventId, reason);
            (state, obeyed) = (new EventState(eventId), new CommandMemory());
        }
    }
}
