namespace Seats.Core;

/// <summary>The committed map of an event: a layout, and one state letter a position.</summary>
/// <param name="Epoch">The activation that sends it, numbered; after another epoch, only a new map counts.</param>
/// <param name="States">F free, H held, O offered, I invited, T taken, B blocked, - no seat; by position.</param>
[GenerateSerializer, Immutable, Alias("seat-map")]
public sealed record SeatMap(long EventId, long Epoch, long Version, Visibility Visibility, IReadOnlyList<SectionLayout> Sections, byte[] States);

/// <summary>A section's rows, or the spans of positions of its area.</summary>
[GenerateSerializer, Immutable, Alias("section-layout")]
public sealed record SectionLayout(string Id, string Name, string Category, bool IsArea, IReadOnlyList<RowLayout> Rows);

/// <summary>A run of positions from <paramref name="Base"/> on; in an area the label is empty.</summary>
[GenerateSerializer, Immutable, Alias("row-layout")]
public sealed record RowLayout(string Row, int First, int Count, int Base);

/// <summary>What changed on the map between two versions.</summary>
/// <param name="FromVersion">Applies to a map of this version, and epoch.</param>
/// <param name="Positions">Positions that changed; <paramref name="States"/> has their new letters.</param>
/// <param name="Reload">The layout changed: fetch the map anew.</param>
[GenerateSerializer, Immutable, Alias("map-delta")]
public sealed record MapDelta(long EventId, long Epoch, long FromVersion, long ToVersion, int[] Positions, byte[] States, bool Reload);
