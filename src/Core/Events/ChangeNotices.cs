namespace Seats.Core;

/// <summary>
/// When guests were notified of changes. So many notifications of an event go out at once within an hour; what changes beyond that is
/// gathered, and guests read of it together a quarter of an hour later: an organiser who corrects a title ten times sends no ten mails.
/// </summary>
internal sealed class ChangeNotices
{
    private static readonly TimeSpan GatheredAtMost = TimeSpan.FromMinutes(15);
    private readonly HourlyBound atOnce = new(Limits.ChangeNoticesInAnHourAtMost);

    /// <summary>When gathered changes are announced, on the wall clock; null when none wait.</summary>
    public DateTimeOffset? Due { get; private set; }

    /// <summary>Whether guests read of a change later, with those that wait already or as the first of several.</summary>
    /// <param name="concernsGuests">Whether guests are notified of such a change at all.</param>
    public bool IsGathered(bool concernsGuests, DateTimeOffset now) =>
        Due is not null || concernsGuests && !atOnce.HasRoom(now);

    /// <summary>Takes a change in.</summary>
    public void Apply(EventChanged changed, DateTimeOffset at)
    {
        if (!ConcernsGuests(changed.Settings)) return;
        if (changed.Gathered != true) atOnce.Note(at);
        else Due ??= Earlier(at + GatheredAtMost, atOnce.FreeAt ?? at);
    }

    /// <summary>What waited is announced.</summary>
    public void Announced(DateTimeOffset at)
    {
        Due = null;
        atOnce.Note(at);
    }

    /// <summary>The fact that is owed at a moment, or null.</summary>
    public ChangesAnnounced? DueAt(DateTimeOffset now, DateTimeOffset end) =>
        Due <= now ? new ChangesAnnounced(now >= end ? true : null) : null;

    /// <summary>Whether a change is of something that guests are notified of.</summary>
    public static bool ConcernsGuests(EventSettings change) =>
        change.Title is not null || change.Location is not null || change.StartsAt is not null || change.EndsAt is not null
        || change.TimeZone is not null;

    public void WriteTo(BinaryWriter writer)
    {
        atOnce.WriteTo(writer);
        EventState.Write(writer, Due);
    }

    public void ReadFrom(BinaryReader reader)
    {
        atOnce.ReadFrom(reader);
        Due = EventState.ReadTime(reader);
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
