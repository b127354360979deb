using NodaTime;
using NodaTime.TimeZones;

namespace Seats.TimeZones;

/// <summary>A zone under the name it was asked for: the framework answers some names with another one of the same rules.</summary>
internal sealed class NamedZone(string name, DateTimeZone zone) : DateTimeZone(name, false, zone.MinOffset, zone.MaxOffset)
{
    public override ZoneInterval GetZoneInterval(Instant instant) => zone.GetZoneInterval(instant);
}
