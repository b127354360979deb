using Seats.Core;
using Seats.Core.Notifications;

namespace Seats.Silo.Notifications;

/// <summary>
/// Where the relay stands in one event's journal for one audience. It hands out portions: a single fact may notify a hundred thousand people, and
/// other events have their turn in between.
/// </summary>
internal sealed class RelayCursor(Guestbook book, Audience audience)
{
    private readonly Queue<JournalEntry> page = new();
    private IEnumerator<Notification>? current;
    private IReadOnlyList<Notification> left = [];
    private long readUpTo;

    public long EventId => book.EventId;

    /// <summary>Rough memory, to bound how many are kept.</summary>
    public int Weight => book.Weight;

    /// <summary>It stands within an entry: dropped now, it would begin that entry again.</summary>
    public bool IsMidEntry => left.Count > 0 || current is not null;

    /// <summary>Everything up to this version was handed out and taken.</summary>
    public long Version { get; private set; } = book.Version;

    /// <summary>The next notifications, at most a portion; those that found no room before come first. Empty at the end.</summary>
    /// <param name="until">Entries that are younger are left for later, and those behind them; null for none.</param>
    public async Task<IReadOnlyList<Notification>> NextAsync(Outbox outbox, long upTo, DateTimeOffset? until, CancellationToken stop)
    {
        if (left.Count > 0) return left;
        var portion = new List<Notification>();
        while (portion.Count < NotificationLimits.InPortionAtMost)
        {
            if (current is not null && current.MoveNext()) portion.Add(current.Current);
            else if (!await BeginEntryAsync(outbox, upTo, until, stop)) break;
        }
        left = portion;
        return portion;
    }

    /// <summary>The outlet took the portion, but for these.</summary>
    public void Took(IReadOnlyList<Notification> rest)
    {
        left = rest;
        // In the middle of an entry the book still stands before it.
        if (rest.Count == 0) Version = book.Version;
    }

    /// <summary>Begins the next entry; false when there is none up to the version.</summary>
    private async Task<bool> BeginEntryAsync(Outbox outbox, long upTo, DateTimeOffset? until, CancellationToken stop)
    {
        current = null;
        if (page.Count == 0 && !await LoadAsync(outbox, upTo, stop)) return false;
        if (page.Peek().At > until) return false;
        var entry = page.Dequeue();
        current = book.Each(entry.Version, entry.At, FactCodec.Decode(entry.Facts.Span), audience).GetEnumerator();
        return true;
    }

    private async Task<bool> LoadAsync(Outbox outbox, long upTo, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (book.Version < readUpTo) book.Skip(readUpTo);
        if (book.Version >= upTo) return false;
        foreach (var entry in await outbox.ReadNotifyingAsync(EventId, book.Version, upTo, NotificationLimits.EntriesInPage)) page.Enqueue(entry);
        // A short page has everything there is: what lies behind its last entry notifies nobody.
        if (page.Count < NotificationLimits.EntriesInPage) readUpTo = upTo;
        if (page.Count == 0) book.Skip(upTo);
        return page.Count > 0;
    }
}
