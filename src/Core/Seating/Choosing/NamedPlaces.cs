namespace Seats.Core;

/// <summary>Places as people write them, found on the map.</summary>
internal static class NamedPlaces
{
    /// <summary>
    /// Finds the positions of named places. Each mention of an area takes one more of its units: those of <paramref name="own"/> first, then free ones.
    /// </summary>
    /// <param name="wanted">Which state a unit must have when an area is named.</param>
    public static Refusal? Find(
        PlaceMap places, IReadOnlyList<string> names, IReadOnlySet<int>? own, out int[] positions, PlaceState wanted = PlaceState.Free)
    {
        positions = new int[names.Count];
        var used = new HashSet<int>();
        for (var index = 0; index < names.Count; index++)
        {
            var name = names[index];
            int position;
            if (places.Layout.Find(name) is { IsArea: true } area)
            {
                position = UnitOf(places, area, own, used, wanted);
                if (position < 0) return MissingUnit(places, name, area, wanted);
            }
            else if (!TryFindSeat(places, name, out position))
                return new Refusal(RefusalStatus.SeatsUnknown) { Subject = name };
            if (!used.Add(position))
                return new Refusal(RefusalStatus.Invalid) { Violations = [new Violation($"seats[{index}]", Rules.Duplicate)] };
            positions[index] = position;
        }
        return null;
    }

    /// <summary>Refuses when any of the positions is neither free nor the caller's own.</summary>
    public static Refusal? MustBeFree(PlaceMap places, int[] positions, IReadOnlySet<int>? own, bool refuseOrphans)
    {
        var taken = positions.Where(position => !FreeRuns.IsFree(places, position, own, null)).ToArray();
        if (taken.Length == 0) return null;
        return new Refusal(RefusalStatus.SeatsTaken)
        {
            Conflicts = [.. taken.Select(position => new SeatConflict(places.Layout.NameOf(position), (char)places.Letter(position)))],
            Alternatives = Alternatives.Near(places, positions, own, refuseOrphans),
        };
    }

    /// <summary>A seat by its full name, or by row and number where the event has one section.</summary>
    public static bool TryFindSeat(PlaceMap places, string name, out int position)
    {
        position = -1;
        var parts = name.Split('/');
        var section = parts.Length == 3 ? places.Layout.Find(parts[0])
            : parts.Length == 2 && places.Layout.Sections.Count == 1 ? places.Layout.Sections[0] : null;
        if (section?.FindRow(parts[^2]) is not { } row) return false;
        if (!int.TryParse(parts[^1], System.Globalization.NumberStyles.None, null, out var number) || parts[^1] != number.ToString()) return false;
        var offset = number - row.First;
        if (offset < 0 || offset >= row.Count || places[row.Base + offset] == PlaceState.None) return false;
        position = row.Base + offset;
        return true;
    }

    private static int UnitOf(PlaceMap places, Section area, IReadOnlySet<int>? own, HashSet<int> used, PlaceState wanted)
    {
        foreach (var position in own ?? (IReadOnlySet<int>)new HashSet<int>())
            if (!used.Contains(position) && places.Layout.RowOf(position)?.Section == area) return position;
        if (wanted == PlaceState.Free)
            return BestAvailable.Units(places, area, 1, used.Count == 0 ? null : used.Contains) is [var unit] ? unit : -1;
        foreach (var row in area.Rows)
            for (var position = row.Base + row.Count - 1; position >= row.Base; position--)
                if (places[position] == wanted && !used.Contains(position)) return position;
        return -1;
    }

    private static Refusal MissingUnit(PlaceMap places, string name, Section area, PlaceState wanted)
    {
        var state = new[] { PlaceState.Held, PlaceState.Confirmed, PlaceState.Free }
            .FirstOrDefault(candidate => candidate != wanted && HasUnit(places, area, candidate), FirstOther(places, area, wanted));
        return new Refusal(wanted == PlaceState.Blocked ? RefusalStatus.SeatsNotBlocked : RefusalStatus.SeatsTaken)
        {
            Conflicts = [new SeatConflict(name, (char)PlaceMap.LetterOf(state))],
        };
    }

    private static bool HasUnit(PlaceMap places, Section area, PlaceState state) =>
        area.Rows.Any(row => places.States.Slice(row.Base, row.Count).Contains(state));

    private static PlaceState FirstOther(PlaceMap places, Section area, PlaceState wanted)
    {
        foreach (var row in area.Rows)
        {
            var units = places.States.Slice(row.Base, row.Count);
            if (units.IndexOfAnyExcept(PlaceState.None, wanted) is >= 0 and var other) return units[other];
        }
        return PlaceState.None;
    }
}
