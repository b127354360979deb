using NodaTime;
using NodaTime.Text;

namespace Seats.Api.Events;

/// <summary>Times as people write them: local to the event's zone, or with an offset, which wins.</summary>
internal static class EventTimes
{
    private static readonly OffsetDateTimePattern WithOffset = OffsetDateTimePattern.ExtendedIso;
    private static readonly LocalDateTimePattern[] Local =
    [
        LocalDateTimePattern.ExtendedIso,
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm"),
    ];

    public static DateTimeZone? ZoneOf(string name) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(name);

    /// <summary>The instant of a text; a local time that the clocks skip is moved on by as much, one they repeat is the first.</summary>
    public static bool TryRead(string text, DateTimeZone zone, out DateTimeOffset time)
    {
        if (WithOffset.Parse(text.Replace(' ', '+')) is { Success: true } offset)
        {
            time = offset.Value.ToInstant().ToDateTimeOffset();
            return true;
        }
        foreach (var pattern in Local)
            if (pattern.Parse(text) is { Success: true } local)
            {
                time = zone.AtLeniently(local.Value).ToInstant().ToDateTimeOffset();
                return true;
            }
        time = default;
        return false;
    }

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
