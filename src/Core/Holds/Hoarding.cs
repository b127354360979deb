namespace Seats.Core;

/// <summary>
/// Who lets holds lapse, or gives them back late, again and again, waits for the next one. It follows from facts and their times alone. The
/// time that holds took is read off the event's clock, which a pause stops; how long somebody waits, off the wall, as they were told.
/// </summary>
/// <param name="peopleAtMost">Whoever abandoned a hold longest ago is forgotten first.</param>
internal sealed class Hoarding(int peopleAtMost = Limits.AbandonersRememberedAtMost)
{
    private static readonly TimeSpan Memory = TimeSpan.FromHours(Limits.AbandonedHoursRemembered);

    // Those who abandoned a hold last are at the end.
    private readonly LinkedList<PersonEntry> people = [];

    /// <summary>The time that one abandoned hold costs at least, and that the waits are multiples of.</summary>
    public static TimeSpan UnitOf(EventRules rules)
    {
        var least = TimeSpan.FromSeconds(Limits.AbandonedSecondsAtLeast);
        return rules.HoldTime > least ? rules.HoldTime : least;
    }

    /// <summary>Whether a time is long enough to be counted: places that are given back at once cost nothing, and no memory.</summary>
    public static bool IsCounted(long ticks) => ticks >= Limits.AbandonedSecondsCounted * TimeSpan.TicksPerSecond;

    /// <summary>Everybody of whom something is remembered, those who abandoned a hold longest ago first.</summary>
    public IReadOnlyCollection<PersonEntry> People => people;

    /// <summary>A hold, or the registration that took its places over, ended and nobody came.</summary>
    /// <param name="from">When the hold began, on the event's clock; <paramref name="to"/> is when it ended.</param>
    /// <param name="lapsed">Time ended it: that costs a unit, unless some of it is counted already.</param>
    /// <param name="at">When it ended, on the wall.</param>
    public void Abandon(PersonEntry who, DateTimeOffset from, DateTimeOffset to, bool lapsed, TimeSpan unit, DateTimeOffset at)
    {
        var before = who.Abandoned;
        var isNew = before is null || IsForgotten(before, at);
        var counted = isNew ? from : before!.CountedUntil;
        var time = to - (counted > from ? counted : from);
        // Holds that lie side by side count once, to the last of them.
        if (!IsCounted(time.Ticks)) return;
        if (lapsed && counted <= from && time < unit) time = unit;
        Forget(who);
        Remember(who, new AbandonedTime(isNew ? time : before!.Time + time, to, at));
    }

    /// <summary>Until when somebody gets no hold; null where they may have one now.</summary>
    public static DateTimeOffset? WaitsUntil(PersonEntry? who, TimeSpan unit, DateTimeOffset now)
    {
        if (who?.Abandoned is not { } abandoned) return null;
        var beyond = abandoned.Time - Limits.AbandonedUnitsAllowed * unit;
        if (beyond < TimeSpan.Zero) return null;
        var until = abandoned.LastAt + WaitAfter(beyond.Ticks / unit.Ticks, unit);
        return until > now ? until : null;
    }

    /// <summary>What somebody abandoned does not count any more: they came.</summary>
    public void Forget(PersonEntry who)
    {
        if (who.Abandoned is not { } abandoned) return;
        people.Remove(abandoned.Node!);
        who.Abandoned = null;
    }

    /// <summary>Forgets what was abandoned too long ago. Each memory costs one step here, once.</summary>
    public void ForgetOld(DateTimeOffset at)
    {
        while (people.First is { } oldest && IsForgotten(oldest.Value.Abandoned!, at)) Forget(oldest.Value);
    }

    /// <summary>Remembers what somebody abandoned, after everybody else.</summary>
    public void Remember(PersonEntry who, AbandonedTime abandoned)
    {
        if (people.Count >= peopleAtMost) Forget(people.First!.Value);
        who.Abandoned = abandoned;
        abandoned.Node = people.AddLast(who);
    }

    private static bool IsForgotten(AbandonedTime abandoned, DateTimeOffset at) => at >= abandoned.LastAt + Memory;

    /// <summary>Twice as long for each unit beyond what is allowed.</summary>
    private static TimeSpan WaitAfter(long units, TimeSpan unit)
    {
        var wait = unit;
        for (; units > 0 && wait < Memory; units--) wait *= 2;
        return wait < Memory ? wait : Memory;
    }
}

/// <summary>How long a person kept places of an event from others and did not come.</summary>
/// <param name="CountedUntil">Up to when it is counted, on the event's clock.</param>
/// <param name="LastAt">When the last hold was abandoned, on the wall.</param>
internal sealed record AbandonedTime(TimeSpan Time, DateTimeOffset CountedUntil, DateTimeOffset LastAt)
{
    /// <summary>Where it stands in the order of forgetting.</summary>
    public LinkedListNode<PersonEntry>? Node { get; set; }
}
