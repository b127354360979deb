using System.Text;
using Seats.Core;
using Seats.Core.Notifications;
using Seats.Silo.Storage;

namespace Seats.Silo.Notifications;

/// <summary>
/// The journals as the relay reads them: how far each event's people were notified, and the entries that may notify somebody. Single invitations and
/// what everybody must know have a cursor each, so that neither waits for the other.
/// </summary>
internal sealed class Outbox(SiloDatabase database)
{
    private const string Behind = "(person_published < person_version or everybody_published < everybody_version)";
    private const string Unreconciled = "(reconciled < person_version or reconciled < everybody_version)";
    private static readonly string Silent = string.Join(", ", Guestbook.Silent.Select(fact => $"'{fact.Name}'"));

    /// <summary>Now by the database's clock.</summary>
    public Task<DateTimeOffset> NowAsync() => database.NowAsync();

    /// <summary>Events with entries that were not handed on yet.</summary>
    public Task<List<OutboxRow>> ListBehindAsync(long afterEventId, int limit) => database.ReadAsync(
        $"""
        select event_id, person_version, person_published, everybody_version, everybody_published from outbox
        where {Behind} and event_id > @after order by event_id limit @limit
        """,
        row => new OutboxRow(row.GetInt64(0), new(row.GetInt64(1), row.GetInt64(2)), new(row.GetInt64(3), row.GetInt64(4))),
        ("after", afterEventId), ("limit", limit));

    /// <summary>The last version of an event that may notify an audience, and the last one handed on to it.</summary>
    public async Task<OutboxPosition> ReadPositionAsync(long eventId, Audience audience) =>
        (await database.ReadAsync(
            $"select {Column(audience)}_version, {Column(audience)}_published from outbox where event_id = @event",
            row => new OutboxPosition(row.GetInt64(0), row.GetInt64(1)), ("event", eventId))).FirstOrDefault();

    /// <summary>Entries after one version and up to another that may notify somebody: the rush is left out by the database.</summary>
    public Task<List<JournalEntry>> ReadNotifyingAsync(long eventId, long after, long upTo, int limit) => database.ReadAsync(
        $"""
        select version, at, kinds, cast(facts as text) from journal
        where event_id = @event and version > @after and version <= @upto and kinds not in ({Silent}) order by version limit @limit
        """,
        row => new JournalEntry(
            row.GetInt64(0), database.Time(row.GetValue(1)), null, 0, row.GetString(2), Encoding.UTF8.GetBytes(row.GetString(3))),
        ("event", eventId), ("after", after), ("upto", upTo), ("limit", limit));

    /// <summary>Everything up to a version was handed on to an audience. Never goes back.</summary>
    public Task AdvanceAsync(long eventId, Audience audience, long version) => database.ExecuteAsync(
        $"""
        update outbox set {Column(audience)}_published = @version where event_id = @event and {Column(audience)}_published < @version
        """,
        ("event", eventId), ("version", version));

    /// <summary>Events whose entries were not all found in the ledger yet: the last version, and up to where they were.</summary>
    public Task<List<(long EventId, OutboxPosition Position)>> ListUnreconciledAsync(long afterEventId, int limit) => database.ReadAsync(
        $"""
        select event_id, case when person_version > everybody_version then person_version else everybody_version end, reconciled from outbox
        where {Unreconciled} and event_id > @after order by event_id limit @limit
        """,
        row => (row.GetInt64(0), new OutboxPosition(row.GetInt64(1), row.GetInt64(2))), ("after", afterEventId), ("limit", limit));

    public Task SetReconciledAsync(long eventId, long version) => database.ExecuteAsync(
        "update outbox set reconciled = @version where event_id = @event and reconciled < @version", ("event", eventId), ("version", version));

    private static string Column(Audience audience) => audience switch
    {
        Audience.Person => "person",
        Audience.Everybody => "everybody",
        _ => throw new ArgumentOutOfRangeException(nameof(audience), audience, "One audience has a cursor."),
    };
}

/// <summary>How far an event's people were notified.</summary>
internal sealed record OutboxRow(long EventId, OutboxPosition Person, OutboxPosition Everybody)
{
    public OutboxPosition Of(Audience audience) => audience == Audience.Person ? Person : Everybody;
}

/// <summary>The last version that may notify somebody, and the last one that was handed on.</summary>
internal readonly record struct OutboxPosition(long Version, long Published)
{
    public bool IsBehind => Published < Version;
}
