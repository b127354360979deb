namespace Seats.Core.History;

/// <summary>
/// The history of something, followed through the facts that may concern it: which of them do, and what their sentences need to know beside the event as
/// it is now. It asks the journal for those facts alone.
/// </summary>
internal abstract class Story
{
    private const int EntriesAtMost = 2 * Limits.ExplainItemsAtMost;

    // Facts that concern whatever the event has, and those that move its clock.
    private static readonly string[] OfTheEvent =
    [
        nameof(EventCreated), nameof(EventChanged), nameof(SeatingChanged), nameof(EventPaused), nameof(EventResumed),
        nameof(EventCancelled), nameof(OffersEnded), nameof(ReminderDue),
    ];

    /// <summary>The event's clock as it stood at the last fact.</summary>
    public EventClock Clock { get; } = new();

    /// <summary>Positions the history is about; null for that of an invitation.</summary>
    public virtual IReadOnlySet<int>? Places => null;

    /// <summary>Number of the invitation the history is about; null for that of places.</summary>
    public virtual int? Invitation => null;

    /// <summary>How often the entry the history is about was overtaken so far.</summary>
    public int Overtakes { get; protected set; }

    /// <summary>The first question to the journal.</summary>
    public HistoryQuery FirstQuery(long upTo) => Query(upTo, [new HistoryClause(OfTheEvent), .. Clauses]);

    /// <summary>A second question that follows from what the first one found; null for none.</summary>
    /// <param name="found">What was found, the latest first.</param>
    public virtual HistoryQuery? NextQuery(long upTo, IReadOnlyList<(long Version, Fact Fact)> found) => null;

    /// <summary>Takes the next fact, in the order of the journal; whether it belongs to the history.</summary>
    /// <param name="now">The event as it is now.</param>
    public bool Take(EventState now, Fact fact, DateTimeOffset at)
    {
        if (fact is EventPaused) Clock.Pause(at);
        else if (fact is EventResumed) Clock.Resume(at);
        return Follow(now, fact);
    }

    /// <summary>Who has a hold; null where the history does not know.</summary>
    public virtual Person? HolderOf(int hold) => null;

    protected abstract IEnumerable<HistoryClause> Clauses { get; }

    /// <summary>Whether a fact belongs to the history; notes what later facts need.</summary>
    protected abstract bool Follow(EventState now, Fact fact);

    protected static HistoryQuery Query(long upTo, params IReadOnlyList<HistoryClause> clauses) => new(upTo, clauses, EntriesAtMost);
}
