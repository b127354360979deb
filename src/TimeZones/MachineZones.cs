using NodaTime;
using NodaTime.TimeZones;

namespace Seats.TimeZones;

/// <summary>The compiled zones of the machine, as the framework reads them; names it lacks keep their rules of NodaTime.</summary>
internal sealed class MachineZones(string edition, string folder) : IDateTimeZoneSource
{
    private static readonly TzdbDateTimeZoneSource Bundled = TzdbDateTimeZoneSource.Default;

    public string VersionId => $"{edition} ({folder})";

    public IEnumerable<string> GetIds() => Bundled.GetIds().Union(TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id));

    public DateTimeZone ForId(string id)
    {
        // Of a zone without changes the library's form is the simpler one.
        if (id == DateTimeZone.Utc.Id) return DateTimeZone.Utc;
        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? new NamedZone(id, BclDateTimeZone.FromTimeZoneInfo(zone))
            : Bundled.ForId(id);
    }

    public string? GetSystemDefaultId() => null;
}
