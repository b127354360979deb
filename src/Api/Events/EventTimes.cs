using NodaTime;
using NodaTime.Text;
using Seats.TimeZones;

namespace Seats.Api.Events;

/// <summary>Times as people write them: local to the event's zone, or with an offset, which wins.</summary>
internal static class EventTimes
{
    // Beyond these a zone cannot show the time, or arithmetic with it leaves the calendar.
    private static readonly Instant Earliest = Instant.FromUtc(1970, 1, 1, 0, 0);
    private static readonly Instant Latest = Instant.FromUtc(2999, 12, 31, 0, 0);

    private static readonly OffsetDateTimePattern WithOffset = OffsetDateTimePattern.ExtendedIso;
    private static readonly LocalDateTimePattern[] Local =
    [
        LocalDateTimePattern.ExtendedIso,
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm"),
    ];

    public static DateTimeZone? ZoneOf(string name) => ZoneRules.Find(name);

    /// <summary>
    /// The instant of a text, from 1970 to 2999; a local time that the clocks skip is moved on by as much, one they repeat is the first.
    /// </summary>
    public static bool TryRead(string text, DateTimeZone zone, out DateTimeOffset time)
    {
        var instant = InstantOf(text.Replace(' ', '+').ToUpperInvariant(), zone);
        var known = instant >= Earliest && instant <= Latest;
        time = known ? instant!.Value.ToDateTimeOffset() : default;
        return known;
    }

    private static Instant? InstantOf(string text, DateTimeZone zone)
    {
        if (TryParse(text) is { } offset) return IsNearEnd(offset.LocalDateTime) ? null : offset.ToInstant();
        foreach (var pattern in Local)
            if (pattern.Parse(text) is { Success: true } local) return IsNearEnd(local.Value) ? null : zone.AtLeniently(local.Value).ToInstant();
        return null;
    }

    private static OffsetDateTime? TryParse(string text)
    {
        try
        {
            return WithOffset.Parse(text) is { Success: true } parsed ? parsed.Value : null;
        }
        catch (ArgumentOutOfRangeException)
        {
            // An offset of more than 18 hours: the parser throws where it should say no.
            return null;
        }
    }

    /// <summary>A zone's offset would leave the calendar.</summary>
    private static bool IsNearEnd(LocalDateTime local) => local.Year is < 2 or > 9998;

    /// <summary>The instant with the offset that the zone has then.</summary>
    public static DateTimeOffset In(this DateTimeOffset time, string zone) =>
        ZoneOf(zone) is { } known ? Instant.FromDateTimeOffset(time).InZone(known).ToDateTimeOffset() : time;

    /// <summary>A duration such as <c>PT1H</c> or <c>P1D</c>; years and months have no fixed length and are refused.</summary>
    public static bool TryReadDuration(string text, out TimeSpan duration)
    {
        duration = default;
        if (PeriodPattern.NormalizingIso.Parse(text) is not { Success: true } parsed || parsed.Value is { Years: not 0 } or { Months: not 0 }) return false;
        try
        {
            duration = parsed.Value.ToDuration().ToTimeSpan();
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    public static string Write(TimeSpan duration) => System.Xml.XmlConvert.ToString(duration);
}
