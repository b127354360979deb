namespace Seats.Grains.Journal;

/// <summary>What one event wants written at once: its next entries and the index rows that change with them.</summary>
/// <param name="EventId">The event.</param>
/// <param name="ExpectedVersion">The version the head must have; the first entry has the next one.</param>
/// <param name="Entries">Contiguous entries; empty to confirm the head alone.</param>
/// <param name="Indexes">Index rows to write in the same transaction.</param>
public sealed record Slice(long EventId, long ExpectedVersion, IReadOnlyList<JournalEntry> Entries, IndexChanges Indexes)
{
    /// <summary>The version of the head once the slice is written.</summary>
    public long NewVersion => ExpectedVersion + Entries.Count;
}

/// <summary>Changes to what lists read. Every row replaces the one with the same key.</summary>
/// <param name="Event">The event's row, when its settings or state changed.</param>
/// <param name="Invitations">Rows of invitations that were made or found their person.</param>
/// <param name="Refusals">Refusals of commands that came with a client's idempotency key.</param>
/// <param name="NextDeadline">When time itself will change the event next; null when nothing is pending. Written to the head with every slice that has entries.</param>
public sealed record IndexChanges(
    EventIndexRow? Event,
    IReadOnlyList<InvitationIndexRow> Invitations,
    IReadOnlyList<RememberedRefusal> Refusals,
    DateTimeOffset? NextDeadline)
{
    /// <summary>No row changes.</summary>
    public static IndexChanges None { get; } = new(null, [], [], null);
}

/// <summary>What the list of events filters and sorts by.</summary>
/// <param name="Visibility">PUBLIC or UNLISTED.</param>
/// <param name="State">ON_SALE, PAUSED or CANCELLED; OVER follows from <paramref name="EndsAt"/>.</param>
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
    /// <summary>What searches look in: lower case of every language.</summary>
    public string Search => SearchText.Of($"{Title}\n{Location}");
}

/// <summary>Texts as they are searched: case does not matter.</summary>
public static class SearchText
{
    public static string Of(string text) => text.ToLowerInvariant();
}

/// <summary>Whose invitation it is. The e-mail address is in lower case.</summary>
public sealed record InvitationIndexRow(int Number, string? PersonId, string Email, DateTimeOffset CreatedAt);

/// <summary>A refused command under an idempotency key: enough to decide it again as it was decided then.</summary>
/// <param name="BaseVersion">The version of the state it was decided on.</param>
/// <param name="At">The time it was decided at.</param>
public sealed record RememberedRefusal(Guid CommandId, long BodyHash, long BaseVersion, DateTimeOffset At);
