using Seats.Grains.Abstractions;
using Seats.Grains.Seating;

namespace Seats.Grains.Explain;

/// <summary>Tells the history of a place or an invitation from the journal, in words, without what the asker may not know.</summary>
public sealed class Explanations
{
    private readonly EventState replayed;
    private readonly Requester by;
    private readonly Words words;
    private readonly int? place;
    private readonly int? invitation;
    private readonly List<ExplainItem> items = [];

    private Explanations(EventState state, Requester by, int? place, int? invitation, string locale)
    {
        replayed = new EventState(state.Id);
        (this.by, this.place, this.invitation) = (by, place, invitation);
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
        if (!NamedPlaces.TryFindSeat(state.Places, place!, out var position))
            return (null, new Refusal(RefusalStatus.SeatsUnknown) { Subject = place });
        return (new Explanations(state, by, position, null, locale), null);
    }

    /// <summary>Takes the next entry of the journal; entries come in order, from the first.</summary>
    public void Take(long version, DateTimeOffset at, IReadOnlyList<Fact> facts)
    {
        foreach (var fact in facts)
        {
            // Who had it is known before the fact, who has it after; a history needs both.
            var before = Story.About(replayed, fact, place, invitation);
            replayed.Evolve(fact, at);
            var text = before ? words.Tell(new Telling(replayed, by, place, invitation), fact) : null;
            if (text is not null) items.Add(new ExplainItem(version, at, Names.UpperSnake(fact.GetType().Name), text));
        }
        replayed.Version = version;
        replayed.LastAt = at;
    }

    /// <summary>The history; when it is too long, its latest part.</summary>
    public Explanation End() => new(items.Count <= Limits.ExplainItemsAtMost ? items : items[^Limits.ExplainItemsAtMost..]);
}
