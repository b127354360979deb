using System.Text.Json;

namespace Seats.Core.History;

/// <summary>Tells the history of a place or an invitation from the journal, in words, without what the asker may not know.</summary>
public sealed class Explanations
{
    private readonly EventState state;
    private readonly Requester by;
    private readonly Story story;
    private readonly Words words;
    private readonly SortedDictionary<long, (DateTimeOffset At, Fact[]? Facts)> entries = [];

    private Explanations(EventState state, Requester by, Story story, string locale) =>
        (this.state, this.by, this.story, words) = (state, by, story, Words.For(locale));

    /// <summary>Begins an explanation; refuses what does not exist or is not the asker's to see.</summary>
    /// <param name="place">A place as written, or null to explain an invitation.</param>
    public static (Explanations? Explanation, Refusal? Refusal) Begin(EventState state, Requester by, string? place, int? invitation, string locale)
    {
        if (!state.Exists || !by.IsKnown) return (null, new Refusal(RefusalStatus.NotFound));
        if (place is null == invitation is null)
            return (null, new Refusal(RefusalStatus.Invalid) { Violations = [new Violation("place", Rules.Conflict)] });
        if (invitation is { } number)
            return Questions.Invitation(state, by, number, state.LastAt).Refusal is { } hidden
                ? (null, hidden)
                : (new Explanations(state, by, new InvitationStory(number), locale), null);
        return Positions(state, place!) is { } positions
            ? (new Explanations(state, by, new PlaceStory(positions), locale), null)
            : (null, new Refusal(RefusalStatus.SeatsUnknown) { Subject = place });
    }

    /// <summary>A seat's position, or those of an area's units.</summary>
    private static HashSet<int>? Positions(EventState state, string place)
    {
        if (state.Places.Layout.Find(place) is { IsArea: true } area) return [.. area.Rows.SelectMany(row => Enumerable.Range(row.Base, row.Count))];
        return NamedPlaces.TryFindSeat(state.Places, place, out var position) ? [position] : null;
    }

    /// <summary>Reads what the history needs, up to a version, and nothing else.</summary>
    /// <param name="read">Asks the event's journal; what it throws comes out here.</param>
    public async Task ReadAsync(Func<HistoryQuery, Task<IReadOnlyList<JournalEntry>>> read, long upTo)
    {
        await TakeAsync(read, story.FirstQuery(upTo));
        (long, Fact)[] found = [.. entries.Reverse().SelectMany(entry => (entry.Value.Facts ?? []).Select(fact => (entry.Key, fact)))];
        if (story.NextQuery(upTo, found) is { } more) await TakeAsync(read, more);
    }

    /// <summary>The history; when it is too long, its latest part.</summary>
    public Explanation Tell()
    {
        var items = new List<ExplainItem>();
        foreach (var (version, entry) in entries)
        {
            // What cannot be read is said to be so: the rest of the history stands.
            if (entry.Facts is null) items.Add(new ExplainItem(version, entry.At, "UNREADABLE", words.Unreadable));
            foreach (var fact in entry.Facts ?? [])
                if (Concerns(fact, entry.At))
                    items.Add(new ExplainItem(version, entry.At, Names.UpperSnake(fact.GetType().Name), Sentence(fact, entry.At)));
        }
        return new Explanation(items.Count <= Limits.ExplainItemsAtMost ? items : items[^Limits.ExplainItemsAtMost..]);
    }

    /// <summary>A fact that the history cannot follow is told as one that cannot be told: it may belong to it.</summary>
    private bool Concerns(Fact fact, DateTimeOffset at)
    {
        try
        {
            return story.Take(state, fact, at);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return true;
        }
    }

    /// <summary>A sentence that is missing, or that cannot be made of what the fact says, takes nothing from the others.</summary>
    private string Sentence(Fact fact, DateTimeOffset at)
    {
        try
        {
            return words.Tell(new SentenceContext(state, by, story, at), fact) ?? words.Unreadable;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return words.Unreadable;
        }
    }

    private async Task TakeAsync(Func<HistoryQuery, Task<IReadOnlyList<JournalEntry>>> read, HistoryQuery query)
    {
        foreach (var entry in await read(query))
            entries[entry.Version] = (entry.At, TryDecode(entry));
    }

    private static Fact[]? TryDecode(JournalEntry entry)
    {
        try
        {
            return FactCodec.Decode(entry.Facts.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
