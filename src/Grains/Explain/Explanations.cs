using Seats.Grains.Abstractions;
using Seats.Grains.Seating;

namespace Seats.Grains.Explain;

/// <summary>Tells the history of a place or an invitation from the journal, in words, without what the asker may not know.</summary>
public sealed class Explanations
{
    private readonly EventState replayed;
    private readonly Requester by;
    private readonly Words words;
    private readonly IReadOnlySet<int>? places;
    private readonly int? invitation;
    private readonly List<ExplainItem> items = [];

    private Explanations(EventState state, Requester by, IReadOnlySet<int>? places, int? invitation, string locale)
    {
        replayed = new EventState(state.Id);
        (this.by, this.places, this.invitation) = (by, places, invitation);
        words = Words.For(locale);
    }

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
                : (new Explanations(state, by, null, number, locale), null);
        return Positions(state, place!) is { } positions
            ? (new Explanations(state, by, positions, null, locale), null)
            : (null, new Refusal(RefusalStatus.SeatsUnknown) { Subject = place });
    }

    /// <summary>A seat's position, or those of an area's units.</summary>
    private static HashSet<int>? Positions(EventState state, string place)
    {
        if (state.Places.Layout.Find(place) is { IsArea: true } area) return [.. area.Rows.SelectMany(row => Enumerable.Range(row.Base, row.Count))];
        return NamedPlaces.TryFindSeat(state.Places, place, out var position) ? [position] : null;
    }

    /// <summary>Takes the next entry of the journal; entries come in order, from the first.</summary>
    public void Take(long version, DateTimeOffset at, IReadOnlyList<Fact> facts)
    {
        foreach (var fact in facts)
        {
            // Who had it is known before the fact, who has it after; a history needs both.
            var before = Story.About(replayed, fact, places, invitation);
            replayed.Evolve(fact, at);
            var text = before ? words.Tell(new Telling(replayed, by, places, invitation), fact) : null;
            if (text is not null) items.Add(new ExplainItem(version, at, Names.UpperSnake(fact.GetType().Name), text));
        }
        replayed.Version = version;
        replayed.LastAt = at;
    }

    /// <summary>The history; when it is too long, its latest part.</summary>
    public Explanation End() => new(items.Count <= Limits.ExplainItemsAtMost ? items : items[^Limits.ExplainItemsAtMost..]);
}
