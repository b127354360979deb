using Seats.Core;
using Seats.Core.Notifications;

namespace Seats.Silo.Notifications;

/// <summary>The cursors of events lately relayed for one audience; those not used for longest go first when they weigh too much together.</summary>
internal sealed class RelayCursors(Outbox outbox, Audience audience, int guestsAtMost)
{
    private const int ChangesBetweenWeighings = 100;
    private readonly Lock gate = new();
    private readonly Dictionary<long, LinkedListNode<RelayCursor>> kept = [];
    private readonly LinkedList<RelayCursor> byUse = [];
    private int changes;

    /// <summary>The cursor of an event, taken out; rebuilt from the journal where it is not kept, or stands elsewhere than where the event was published to.</summary>
    public async Task<RelayCursor> TakeAsync(long eventId, long published, CancellationToken stop)
    {
        lock (gate)
        {
            if (kept.Remove(eventId, out var node))
            {
                byUse.Remove(node);
                if (node.Value.Version >= published) return node.Value;
            }
        }
        return new RelayCursor(await ReadAsync(eventId, published, stop), audience);
    }

    public void Keep(RelayCursor cursor)
    {
        lock (gate)
        {
            if (kept.Remove(cursor.EventId, out var other)) byUse.Remove(other);
            kept[cursor.EventId] = byUse.AddFirst(cursor);
            // Cursors grow while they are kept: weighed at every hundredth change, not at each.
            if (++changes % ChangesBetweenWeighings == 0) Shrink();
        }
    }

    private void Shrink()
    {
        var weight = byUse.Sum(item => (long)item.Weight);
        for (var node = byUse.Last; node is not null && weight > guestsAtMost;)
        {
            var (oldest, newer) = (node, node.Previous);
            // One that stands within an entry would have to begin it again.
            if (!oldest.Value.IsMidEntry)
            {
                weight -= oldest.Value.Weight;
                byUse.Remove(oldest);
                kept.Remove(oldest.Value.EventId);
            }
            node = newer;
        }
    }

    /// <summary>The guests as they stood at a version.</summary>
    private async Task<Guestbook> ReadAsync(long eventId, long version, CancellationToken stop)
    {
        var book = new Guestbook(eventId);
        while (book.Version < version)
        {
            stop.ThrowIfCancellationRequested();
            var entries = await outbox.ReadNotifyingAsync(eventId, book.Version, version, NotificationLimits.EntriesInPage);
            foreach (var entry in entries) book.Learn(entry.Version, entry.At, FactCodec.Decode(entry.Facts.Span));
            if (entries.Count < NotificationLimits.EntriesInPage) book.Skip(version);
        }
        return book;
    }
}
