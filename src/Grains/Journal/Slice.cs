using Seats.Core;

namespace Seats.Grains.Journal;

/// <summary>What one event wants written at once: its next entries and the index rows that change with them.</summary>
/// <param name="EventId">The event.</param>
/// <param name="Epoch">The epoch this activation took (<see cref="IJournal.TakeOverAsync"/>); the head must still have it.</param>
/// <param name="ExpectedVersion">The version the head must have; the first entry has the next one.</param>
/// <param name="Entries">Contiguous entries; empty to confirm the head alone.</param>
/// <param name="Indexes">Index rows to write in the same transaction.</param>
public sealed record Slice(long EventId, long Epoch, long ExpectedVersion, IReadOnlyList<JournalEntry> Entries, IndexChanges Indexes)
{
    /// <summary>The version of the head once the slice is written.</summary>
    public long NewVersion => ExpectedVersion + Entries.Count;

    /// <summary>The version of the last entry that may notify such an audience; 0 when none does.</summary>
    public long LastFor(Audience audience)
    {
        for (var index = Entries.Count - 1; index >= 0; index--)
            if ((Entries[index].Notifies & audience) != 0) return Entries[index].Version;
        return 0;
    }
}

/// <summary>Changes to what lists read. Every row replaces the one with the same key.</summary>
/// <param name="Event">The event's row, when its settings or state changed.</param>
/// <param name="Invitations">Rows of invitations that were made or found their person.</param>
/// <param name="Replies">Replies to commands that came with a client's idempotency key.</param>
/// <param name="NextDeadline">When time itself will change the event next; null when nothing is pending. Written to the head with every slice that has entries.</param>
public sealed record IndexChanges(
    EventIndexRow? Event,
    IReadOnlyList<InvitationIndexRow> Invitations,
    IReadOnlyList<StoredReply> Replies,
    DateTimeOffset? NextDeadline)
{
    /// <summary>No row changes.</summary>
    public static IndexChanges None { get; } = new(null, [], [], null);
}

/// <summary>The reply to a command under an idempotency key, kept for a day so that a repetition gets it again.</summary>
/// <param name="Version">The version the reply rests on.</param>
/// <param name="At">The event's own time of the decision.</param>
/// <param name="Reply">The reply as JSON; empty where a program of the first release obeyed the command and kept none.</param>
public sealed record StoredReply(Guid CommandId, long BodyHash, long Version, DateTimeOffset At, ReadOnlyMemory<byte> Reply);
