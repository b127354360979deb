namespace Seats.Core;

/// <summary>
/// When everybody who comes is reminded: a moment for each duration before the start, on the wall clock. A start that moves plans anew;
/// for one start, one reminder is due once.
/// </summary>
internal sealed class Reminders
{
    private static readonly TimeSpan LateAtMost = TimeSpan.FromMinutes(5);
    private readonly HashSet<(DateTimeOffset Start, TimeSpan Before)> due = [];
    private readonly List<TimeSpan> planned = [];
    private DateTimeOffset start;

    /// <summary>The next moment, or null.</summary>
    public DateTimeOffset? Next { get; private set; }

    /// <summary>
    /// Plans what is not due yet. Moments that have passed when they are planned are left out: nobody waited for those of a new event, and an
    /// event that moves has a mail of its own. A reminder that is added a little late is made up for.
    /// </summary>
    /// <param name="isMoved">Whether the event is new or its start changed.</param>
    public void Plan(EventRules rules, DateTimeOffset at, bool isMoved)
    {
        start = rules.StartsAt;
        planned.Clear();
        foreach (var before in rules.Reminders.Distinct())
        {
            if (start - before <= (isMoved ? at : at - LateAtMost)) due.Add((start, before));
            if (!due.Contains((start, before))) planned.Add(before);
        }
        Rearm();
    }

    /// <summary>Facts owed at a moment: the longest before the start first.</summary>
    public IEnumerable<ReminderDue> DueAt(DateTimeOffset now) =>
        planned.Where(before => start - before <= now).OrderDescending().Select(before => new ReminderDue(before, now >= start ? true : null));

    public void Apply(ReminderDue fact)
    {
        due.Add((start, fact.Before));
        planned.Remove(fact.Before);
        Rearm();
    }

    public void WriteTo(BinaryWriter writer)
    {
        EventState.Write(writer, start);
        writer.Write(due.Count);
        foreach (var (moment, before) in due)
        {
            EventState.Write(writer, moment);
            writer.Write(before.Ticks);
        }
        writer.Write(planned.Count);
        foreach (var before in planned) writer.Write(before.Ticks);
    }

    public void ReadFrom(BinaryReader reader)
    {
        start = EventState.ReadTime(reader)!.Value;
        for (var left = reader.ReadInt32(); left > 0; left--) due.Add((EventState.ReadTime(reader)!.Value, new TimeSpan(reader.ReadInt64())));
        for (var left = reader.ReadInt32(); left > 0; left--) planned.Add(new TimeSpan(reader.ReadInt64()));
        Rearm();
    }

    private void Rearm() => Next = planned.Count == 0 ? null : start - planned.Max();
}
