using Seats.Grains.Notify;

namespace Seats.Silo.Notifications;

/// <summary>The projections of events lately told about.</summary>
internal sealed class Guestbooks(int guestsAtMost)
{
    private readonly Lock gate = new();
    private readonly Dictionary<long, LinkedListNode<Guestbook>> kept = [];
    private readonly LinkedList<Guestbook> byUse = [];
    private int changes;

    /// <summary>The projection of an event as it stood at a version.</summary>
    public async Task<Guestbook> AtAsync(Outbox outbox, long eventId, long version, CancellationToken stop)
    {
        var book = Take(eventId, version);
        while (book.Version < version) await outbox.TakePageAsync(book, version, until: null, stop);
        Keep(book);
        return book;
    }

    public void Drop(long eventId)
    {
        lock (gate)
            if (kept.Remove(eventId, out var node)) byUse.Remove(node);
    }

    /// <summary>A projection that is not ahead of the version.</summary>
    private Guestbook Take(long eventId, long version)
    {
        lock (gate)
        {
            if (!kept.Remove(eventId, out var node)) return new Guestbook(eventId);
            byUse.Remove(node);
            return node.Value.Version <= version ? node.Value : new Guestbook(eventId);
        }
    }

    private void Keep(Guestbook book)
    {
        lock (gate)
        {
            if (kept.Remove(book.EventId, out var other)) byUse.Remove(other);
            kept[book.EventId] = byUse.AddFirst(book);
            // Books grow while they are kept: weighed at every hundredth change, not at each.
            if (++changes % 100 != 0) return;
            for (var weight = byUse.Sum(item => (long)item.Weight); weight > guestsAtMost && byUse.Count > 1;)
            {
                var oldest = byUse.Last!.Value;
                weight -= oldest.Weight;
                byUse.RemoveLast();
                kept.Remove(oldest.EventId);
            }
        }
    }
}
