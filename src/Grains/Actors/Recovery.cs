using Microsoft.Extensions.Logging;
using Seats.Grains.Abstractions;
using Seats.Grains.Journal;
using Seats.Grains.Seating;

namespace Seats.Grains.Actors;

public sealed partial class EventActor
{
    /// <summary>Rebuilds the event from its snapshot and the journal behind it, or from the journal alone.</summary>
    /// <exception cref="EventUnavailableException">The journal is away, or the event has stopped.</exception>
    public async Task ActivateAsync(CancellationToken cancellationToken)
    {
        try
        {
            var head = await ports.Journal.ReadHeadAsync(eventId, cancellationToken) ?? 0;
            await RestoreSnapshotAsync(head);
            var oldest = ports.Time.GetUtcNow() - TimeSpan.FromHours(Limits.CommandMemoryHours);
            await foreach (var entry in ports.Journal.ReadAsync(eventId, state.Version, cancellationToken))
            {
                Turn.Replay(state, entry.Version, entry.At, FactCodec.Decode(entry.Facts.Span));
                if (entry.CommandId is { } id && entry.At >= oldest) memory.Add(id, entry.Version, entry.At);
            }
            if (state.Version < head)
                throw new InvariantViolatedException($"The journal ends at version {state.Version}, and its head says {head}: entries are missing.");
            foreach (var refusal in await ports.Journal.ReadRefusalsAsync(eventId, oldest, cancellationToken)) refusals.Add(refusal);
        }
        catch (JournalUnavailableException away)
        {
            Poison(away);
            throw Unavailable(notApplied: true);
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

    private void Begin()
    {
        state.TakeIndexChanges();
        state.TakeChanges();
        CommittedVersion = state.Version;
        open = new OpenSlice(state.Version);
        ports.Stopped.Remove(eventId);
    }

    /// <param name="head">The journal's last version: a snapshot beyond it is of another journal.</param>
    private async Task RestoreSnapshotAsync(long head)
    {
        try
        {
            if (await ports.Snapshots.ReadAsync() is not { } bytes || ActorSnapshot.Decode(eventId, bytes) is not { } snapshot || snapshot.State.Version > head) return;
            (state, memory) = snapshot;
            snapshotVersion = state.Version;
            snapshotAt = ports.Time.GetUtcNow();
        }
        catch (Exception damaged)
        {
            ports.Logger.LogWarning("Event {EventId}: the snapshot cannot be read ({Reason}); replaying the journal", eventId, damaged.Message.ReplaceLineEndings(" "));
            (state, memory) = (new EventState(eventId), new CommandMemory());
        }
    }
}
