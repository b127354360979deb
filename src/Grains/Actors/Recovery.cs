using System.Text.Json;
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
            await RestoreSnapshotAsync();
            var oldest = ports.Time.GetUtcNow() - TimeSpan.FromHours(Limits.CommandMemoryHours);
            await foreach (var entry in ports.Journal.ReadAsync(eventId, state.Version, cancellationToken))
            {
                Turn.Replay(state, entry.Version, entry.At, FactCodec.Decode(entry.Facts.Span));
                if (entry.CommandId is { } id && entry.At >= oldest) memory.Add(id, entry.Version, entry.At);
            }
            foreach (var refusal in await ports.Journal.ReadRefusalsAsync(eventId, oldest, cancellationToken)) factless[refusal.CommandId] = refusal;
        }
        catch (JournalUnavailableException away)
        {
            throw new EventUnavailableException(away.Message, notApplied: true);
        }
        catch (Exception trouble) when (trouble is InvariantViolatedException or JsonException)
        {
            Stop(trouble);
            throw Unavailable(notApplied: true);
        }
        Begin();
    }

    private void Begin()
    {
        state.TakeIndexChanges();
        state.TakeChanges();
        CommittedVersion = state.Version;
        open = new OpenSlice(state.Version);
        ports.Stopped.Remove(eventId);
    }

    private async Task RestoreSnapshotAsync()
    {
        try
        {
            if (await ports.Snapshots.ReadAsync() is not { } bytes || ActorSnapshot.Decode(eventId, bytes) is not { } snapshot) return;
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
