using NodaTime;
using NodaTime.TimeZones;

namespace Seats.TimeZones;

/// <summary>The zones that NodaTime brings.</summary>
internal sealed class BundledZones(TzdbDateTimeZoneSource source) : IDateTimeZoneSource
{
    public string VersionId => $"{source.TzdbVersion} (NodaTime)";

    public IEnumerable<string> GetIds() => source.GetIds();

    public DateTimeZone ForId(string id) => source.ForId(id);

    public string? GetSystemDefaultId() => null;
}
