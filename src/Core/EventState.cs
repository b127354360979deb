namespace Seats.Core;

/// <summary>Everything one event is, rebuilt from its facts. Changed by <see cref="Turn"/> alone.</summary>
public sealed partial class EventState(long id)
{
    private readonly Dictionary<int, Hold> holds = [];
    private readonly List<Invitation> invitations = [];

    /// <summary>The event's id.</summary>
    public long Id { get; } = id;

    /// <summary>Version of the last entry; 0 before the event is created.</summary>
    public long Version { get; private set; }

    /// <summary>Time of the last entry; the event's time never runs backwards.</summary>
    public DateTimeOffset LastAt { get; private set; }

    internal Person Owner { get; private set; } = new(null, "");
    internal EventRules Rules { get; private set; } = new(new EventSettings());
    internal bool IsCancelled { get; private set; }

    /// <summary>Times the start or end moved.</summary>
    internal int Sequence { get; private set; }
    internal PlaceMap Places { get; } = new();
    internal People People { get; } = new();
    internal Waitlist Waitlist { get; } = new();
    internal EventClock Clock { get; } = new();
    internal Deadlines Deadlines { get; } = new();
    internal Reminders Reminders { get; } = new();

    /// <summary>
    /// When offers went on to the next in line because their mail could not be delivered. Bounded, so that a fault of the mail server cannot
    /// use up a line in which nobody was asked.
    /// </summary>
    internal HourlyBound SkippedOffers { get; } = new(Limits.OffersSkippedInAnHourAtMost);
    internal ChangeNotices ChangeNotices { get; } = new();
    internal int LastHold { get; private set; }
    internal int LastInvitation => invitations.Count;
    internal IReadOnlyCollection<Hold> Holds => holds.Values;
    internal IReadOnlyList<Invitation> Invitations => invitations;

    /// <summary>How much one version takes in.</summary>
    internal Portions Portions { get; set; } = Portions.Default;

    internal bool Exists => Version > 0 || Owner.Id is not null;

    /// <summary>Whether the person may do what the owner may.</summary>
    internal bool IsOrganiser(Requester by) =>
        by.IsAdmin || by.IsKnown && (Owner.Id == by.Id || Rules.Settings.CoOrganisers?.Contains(by.Id) == true);

    internal bool IsDoorStaff(Requester by) =>
        IsOrganiser(by) || by.IsKnown && Rules.Settings.Helpers?.Contains(by.Id) == true;

    internal Hold? FindHold(int number) => holds.GetValueOrDefault(number);

    internal Invitation? FindInvitation(int number) =>
        number >= 1 && number <= invitations.Count ? invitations[number - 1] : null;

    /// <summary>The latest entry in line of a person, whatever became of it.</summary>
    internal Invitation? LatestEntryOf(PersonEntry? person) => person is null ? null : FindInvitation(person.LatestEntry);

    /// <summary>Whether it is over, paused or cancelled at a moment, or else whether its sales have begun and not ended.</summary>
    internal EventStatus StateAt(DateTimeOffset now) =>
        IsCancelled ? EventStatus.Cancelled
        : now >= Rules.EndsAt ? EventStatus.Over
        : Clock.PausedAt is not null ? EventStatus.Paused
        : now < Rules.SalesFrom ? EventStatus.NotOnSale
        : now >= Rules.SalesUntil ? EventStatus.SalesOver
        : EventStatus.OnSale;

    /// <summary>
    /// When time alone will change the event next, on the wall clock; null when nothing is pending. While sales are paused, no further
    /// claims lapse. A moment that is past already means now: what is due comes in portions, and some of it is left.
    /// </summary>
    public DateTimeOffset? NextDeadline
    {
        get
        {
            if (IsCancelled) return null;
            var lapse = NextLapse;
            return Earliest(
                Reminders.Next,
                ChangeNotices.Due,
                lapse is { } next && (Clock.PausedAt is null || next <= Clock.At(LastAt)) ? Clock.OnWall(next, LastAt) : null,
                // The end of the event ends whatever is still open.
                lapse is not null || Waitlist.Count > 0 ? Rules.EndsAt : null,
                MayOffersEnd ? Rules.OffersUntil : null,
                Promotion.DueAt(this));
        }
    }

    /// <summary>The next moment at which a claim lapses or places are kept no longer, on the event's clock.</summary>
    private DateTimeOffset? NextLapse => Earliest(Deadlines.Next(this), Waitlist.NextKeptUntil);

    /// <summary>Whether somebody waits for offers that will end.</summary>
    private bool MayOffersEnd => Waitlist is { Count: > 0, IsClosed: false };

    /// <summary>Whether the fact that ends the offers is owed at <paramref name="now"/>.</summary>
    internal bool DoOffersEnd(DateTimeOffset now) => MayOffersEnd && now >= Rules.OffersUntil && now < Rules.EndsAt;

    private static DateTimeOffset? Earliest(params ReadOnlySpan<DateTimeOffset?> times)
    {
        DateTimeOffset? earliest = null;
        foreach (var time in times)
            if (time is not null && (earliest is null || time < earliest)) earliest = time;
        return earliest;
    }

    /// <summary>Whether a fact about a deadline is owed at <paramref name="now"/>.</summary>
    internal bool IsDue(DateTimeOffset now) => NextDeadline is { } next && next <= now;

    /// <summary>The letter of a position: F, H, O, I, T, B or -.</summary>
    public byte Letter(int position) => Places.Letter(position);
}
