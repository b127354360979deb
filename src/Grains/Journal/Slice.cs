using Seats.Spelling;

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

/// <summary>What the list of events filters and sorts by.</summary>
/// <param name="Visibility">PUBLIC or UNLISTED.</param>
/// <param name="State">ON_SALE, PAUSED or CANCELLED; the others follow from the times.</param>
/// <param name="Organisers">Person ids of the owner and the co-organisers.</param>
public sealed record EventIndexRow(
    string Title,
    string Location,
    string Visibility,
    string State,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    IReadOnlyList<string> Organisers)
{
    /// <summary>Who answers for the event; null where nobody knows.</summary>
    public string? Owner { get; init; }

    /// <summary>Places it has, sold or not.</summary>
    public int? Places { get; init; }

    /// <summary>When sales begin and end; null where nobody knows: since ever, and at the start.</summary>
    public DateTimeOffset? SalesFrom { get; init; }
    public DateTimeOffset? SalesUntil { get; init; }

    /// <summary>What searches look in.</summary>
    public string Search => SearchText.Of(Title, Location);
}

/// <summary>Whose invitation it is. The e-mail address is in its canonical form.</summary>
public sealed record InvitationIndexRow(int Number, string? PersonId, string Email, DateTimeOffset CreatedAt);

/// <summary>The reply to a command under an idempotency key, kept for a day so that a repetition gets it again.</summary>
/// <param name="Version">The version the reply rests on.</param>
/// <param name="At">The event's own time of the decision.</param>
/// <param name="Reply">The reply as JSON; empty where a program of the first release obeyed the command and kept none.</param>
public sealed record StoredReply(Guid CommandId, long BodyHash, long Version, DateTimeOffset At, ReadOnlyMemory<byte> Reply);
