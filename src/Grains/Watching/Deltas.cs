using Seats.Core;

namespace Seats.Grains.Watching;

/// <summary>Two deltas, one after the other, as one; the later letter of a position counts.</summary>
internal static class Deltas
{
    // Beyond this a fresh map is cheaper than its changes.
    private const int PositionsAtMost = 20_000;

    public static MapDelta Join(MapDelta earlier, MapDelta later)
    {
        if (earlier.Reload || later.Reload || earlier.Positions.Length + later.Positions.Length > PositionsAtMost)
            return later with { FromVersion = earlier.FromVersion, Positions = [], States = [], Reload = true };
        return later with
        {
            FromVersion = earlier.FromVersion,
            Positions = [.. earlier.Positions, .. later.Positions],
            States = [.. earlier.States, .. later.States],
        };
    }
}
