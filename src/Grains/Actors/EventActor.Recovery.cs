using Microsoft.Extensions.Logging;
using Seats.Grains.Abstractions;
using Seats.Grains.Journal;
using Seats.Grains.Seating;

namespace Seats.Grains.Actors;

public sealed partial class EventActor
{
    /// <summary>Takes the event over from any earlier activation, and rebuilds it from its snapshot and the journal behind it, or from the journal alone.</summary>
    /// <exception cref="EventUnavailableException">The journal is unavailable, or the event has stopped.</exception>
    public async Task ActivateAsync(CancellationToken cancellationToken)
    {
        try
        {
            head = await ports.Journal.TakeOverAsync(eventId, cancellationToken);
            var version = head?.Version ?? 0;
            if (version > 0) await RestoreSnapshotAsync(version);
            await foreach (var entry in EntriesAsync(version, cancellationToken)) Take(entry, version);
            if (state.Version < version)
                throw new InvariantViolatedException($"The journal ends at version {state.Version}, and its head says {version}: entries are missing.");
        }
        catch (JournalUnavailableException unavailable)
        {
            Poison(unavailable);
            throw Unavailable(notApplied: false);
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
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
    }

    /// <param name="version">The journal's last version: a snapshot beyond it is of another journal.</param>
    private async Task RestoreSnapshotAsync(long version)
    {
        try
        {
            if (await ports.Snapshots.ReadAsync() is not { } bytes || ActorSnapshot.Decode(eventId, bytes) is not { } snapshot) return;
            if (snapshot.State.Version > version) return;
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
