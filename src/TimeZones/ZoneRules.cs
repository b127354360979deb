using NodaTime;
using NodaTime.TimeZones;

namespace Seats.TimeZones;

/// <summary>
/// The rules of time zones that everything here goes by: those of NodaTime, or those of the machine where they are newer. Governments
/// change their clocks several times a year, and a machine that is kept up to date knows before this program is built again.
/// </summary>
public static class ZoneRules
{
    private static readonly IDateTimeZoneSource Source = Choose(
        Environment.GetEnvironmentVariable("TZDIR") is { Length: > 0 } folder ? folder : "/usr/share/zoneinfo");

    private static readonly DateTimeZoneCache Zones = new(Source);

    /// <summary>Which edition of the tz database holds, and whose: <c>2026f (NodaTime)</c>.</summary>
    public static string Edition => Source.VersionId;

    /// <summary>The zone of an IANA name; null for none.</summary>
    public static DateTimeZone? Find(string name) => Zones.GetZoneOrNull(name);

    /// <summary>The instant at which clocks of one zone show what those of another show at an instant.</summary>
    /// <remarks>As everywhere: a time that the clocks skip is moved on by as much, of one they repeat it is the first.</remarks>
    public static DateTimeOffset SameReading(DateTimeOffset instant, string from, string to) =>
        Find(from) is { } old && Find(to) is { } zone
            ? zone.AtLeniently(Instant.FromDateTimeOffset(instant).InZone(old).LocalDateTime).ToInstant().ToDateTimeOffset()
            : instant;

    /// <summary>The machine's rules where it says which edition they are, and that is newer than NodaTime's.</summary>
    internal static IDateTimeZoneSource Choose(string folder)
    {
        var bundled = TzdbDateTimeZoneSource.Default;
        return TzdbEdition.In(folder) is { } machine && TzdbEdition.IsNewer(machine, bundled.TzdbVersion)
            ? new MachineZones(machine, folder)
            : new BundledZones(bundled);
    }
}
