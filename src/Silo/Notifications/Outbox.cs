using System.Text;
using Seats.Grains.Journal;
using Seats.Grains.Notify;
using Seats.Grains.Seating;
using Seats.Silo.Storage;

namespace Seats.Silo.Notifications;

/// <summary>The journals as the relay reads them: how far each event's people were told, and the entries that tell them something.</summary>
internal sealed class Outbox(SiloDatabase database)
{
    private static readonly string Silent = string.Join(", ", Guestbook.Silent.Select(fact => $"'{fact.Name}'"));

    /// <summary>Events with entries that were not handed on yet, and up to where they were.</summary>
    public Task<List<(long EventId, long Published)>> ListBehindAsync(long afterEventId, int limit) => database.ReadAsync(
        "select event_id, published_version from heads where published_version < version and event_id > @after order by event_id limit @limit",
        row => (row.GetInt64(0), row.GetInt64(1)), ("after", afterEventId), ("limit", limit));

    /// <summary>The last version of an event, and the last one handed on.</summary>
    public async Task<(long Version, long Published)> ReadPositionAsync(long eventId) =>
        (await database.ReadAsync("select version, published_version from heads where event_id = @event",
            row => (row.GetInt64(0), row.GetInt64(1)), ("event", eventId))).FirstOrDefault();

    /// <summary>Entries after one version and up to another that may tell somebody something: the rush is left out by the database.</summary>
    public Task<List<JournalEntry>> ReadTellingAsync(long eventId, long after, long upTo, int limit) => database.ReadAsync(
        $"""
        select version, at, kinds, cast(facts as text) from journal
        where event_id = @event and version > @after and version <= @upto and kinds not in ({Silent}) order by version limit @limit
        """,
        row => new JournalEntry(row.GetInt64(0), database.Time(row.GetValue(1)), null, 0, row.GetString(2), Encoding.UTF8.GetBytes(row.GetString(3))),
        ("event", eventId), ("after", after), ("upto", upTo), ("limit", limit));

    /// <summary>Takes the next page of entries up to a version into a projection; returns what they tell. Where nothing is left, the projection stands at that version.</summary>
    /// <param name="until">Entries that are younger are left alone, and those behind them; null for none.</param>
    public async Task<List<Notification>> TakePageAsync(Guestbook book, long upTo, DateTimeOffset? until, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var entries = await ReadTellingAsync(book.EventId, book.Version, upTo, NotificationLimits.EntriesInPage);
        List<Notification> told = [];
        foreach (var entry in entries)
        {
            if (entry.At > until) return told;
            told.AddRange(book.Take(entry.Version, entry.At, FactCodec.Decode(entry.Facts.Span)));
        }
        if (entries.Count < NotificationLimits.EntriesInPage) book.Skip(upTo);
        return told;
    }

    /// <summary>Everything up to a version was handed on. Never goes back.</summary>
    public Task AdvanceAsync(long eventId, long version) => database.ExecuteAsync(
        "update heads set published_version = @version where event_id = @event and published_version < @version", ("event", eventId), ("version", version));

    /// <summary>Events whose entries were not all found in the ledger yet.</summary>
    public Task<List<(long EventId, long Version, long Reconciled)>> ListUnreconciledAsync(long afterEventId, int limit) => database.ReadAsync(
        """
        select heads.event_id, heads.version, coalesce(reconciled.version, 0) from heads left join reconciled on reconciled.event_id = heads.event_id
        where heads.version > coalesce(reconciled.version, 0) and heads.event_id > @after order by heads.event_id limit @limit
        """,
        row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), ("after", afterEventId), ("limit", limit));

    public Task SetReconciledAsync(long eventId, long version) => database.ExecuteAsync(
        "insert into reconciled (event_id, version) values (@event, @version) on conflict (event_id) do update set version = excluded.version where reconciled.version < excluded.version",
        ("event", eventId), ("version", version));
}
