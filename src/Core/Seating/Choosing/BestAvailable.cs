namespace Seats.Core;

/// <summary>
/// Best available, by a rule people can check: side by side in one row; sections in the order of the plan; front rows first; never leaving
/// one orphan place while any choice without one exists; in a row, a run of free places that is filled exactly, else nearest the middle
/// (the lower number on a tie) at an end of a run, or where dividing it wastes no room. So parties of one size alone sell out every row
/// whose length divides by it, and a mix leaves little. Split over rows only if asked, and then in the fewest pieces, the longest first.
/// </summary>
internal static class BestAvailable
{
    /// <summary>Chooses <paramref name="count"/> places, or null when there is no such choice.</summary>
    /// <param name="kept">Free places that are kept for others; null for none.</param>
    public static int[]? Choose(PlaceMap places, int count, Func<Section, bool> wanted, bool together, KeptPlaces? kept = null)
    {
        if (kept is { IsEmpty: true }) kept = null;
        Func<Section, bool> allowed = kept is null ? wanted : section => wanted(section) && !kept.KeepsAllOf(section);
        if (FreeIn(places, allowed) < count) return null;
        return Together(places, count, allowed, null, kept) ?? (together ? null : Split(places, count, allowed, kept));
    }

    /// <summary>Free places in the allowed sections.</summary>
    public static int FreeIn(PlaceMap places, Func<Section, bool> allowed)
    {
        var free = 0;
        foreach (var section in places.Layout.Sections)
            if (allowed(section)) free += section.Free;
        return free;
    }

    /// <summary>The first <paramref name="count"/> free units of an area.</summary>
    public static int[] Units(PlaceMap places, Section area, int count, Func<int, bool>? isTaken = null)
    {
        var units = new int[count];
        var found = 0;
        foreach (var row in area.Rows)
        {
            if (found == count) break;
            if (row.Free == 0) continue;
            var states = places.States.Slice(row.Base, row.Count);
            for (var offset = NextFree(states, row.FirstFreeHint); offset >= 0 && found < count; offset = NextFree(states, offset + 1))
            {
                if (found == 0 && isTaken is null) row.FirstFreeHint = offset;
                if (isTaken?.Invoke(row.Base + offset) != true) units[found++] = row.Base + offset;
            }
        }
        return found == count ? units : [];
    }

    private static int NextFree(ReadOnlySpan<PlaceState> states, int from)
    {
        if (from >= states.Length) return -1;
        var index = states[from..].IndexOf(PlaceState.Free);
        return index < 0 ? -1 : from + index;
    }

    private static int[]? Together(PlaceMap places, int count, Func<Section, bool> allowed, PartialChoice? taken, KeptPlaces? kept) =>
        Together(places, count, allowed, taken, kept, avoidOrphans: true)
        ?? Together(places, count, allowed, taken, kept, avoidOrphans: false);

    private static int[]? Together(
        PlaceMap places, int count, Func<Section, bool> allowed, PartialChoice? taken, KeptPlaces? kept, bool avoidOrphans)
    {
        foreach (var section in places.Layout.Sections)
        {
            if (section.Free < count || !allowed(section)) continue;
            if (section.IsArea)
            {
                if (Units(places, section, count, taken is null ? null : taken.Has) is { Length: > 0 } units) return units;
                continue;
            }
            var first = FirstInRows(places, section, count, taken, kept, avoidOrphans);
            if (first >= 0) return [.. Enumerable.Range(first, count)];
        }
        return null;
    }

    /// <summary>The first position of the choice in the frontmost row that has one; -1 for none.</summary>
    private static int FirstInRows(
        PlaceMap places, Section section, int count, PartialChoice? taken, KeptPlaces? kept, bool avoidOrphans)
    {
        if (kept?.MayKeepPartOf(section) != true) kept = null;
        // With more places taken, a choice that left an orphan may leave none: then only rows too full are left out, and none is noted.
        var known = avoidOrphans && taken is null;
        for (var index = -1; (index = section.Candidates.Next(count, known, index + 1)) >= 0;)
        {
            var row = section.Rows[index];
            if (row.Free >= count && StartIn(places, row, count, taken, kept, avoidOrphans) is >= 0 and var start) return row.Base + start;
            // A row whose places are kept is left out for now, not for everybody.
            if (taken is null && kept is null) section.Candidates.Exclude(count, avoidOrphans, index);
        }
        return -1;
    }

    private static int StartIn(PlaceMap places, Row row, int count, PartialChoice? taken, KeptPlaces? kept, bool avoidOrphans)
    {
        var ideal = (row.Extent.From + row.Extent.To - count) / 2.0;
        // Late in the sale runs stay whole: of a run that is divided then, the rests find fewer parties that fit.
        var mayDivide = row.Section.Free * 2 >= row.Section.Total;
        var (best, fills) = (-1, false);
        foreach (var run in taken?.RunsOf(row) ?? FreeRuns.Of(places, row))
        {
            var exact = run.Length == count;
            if (fills && !exact || kept?.Keeps(places, row, run.From) == true) continue;
            var start = run.ThriftyStart(count, ideal, avoidOrphans, mayDivide);
            if (start < 0) continue;
            if (best < 0 || exact != fills || Math.Abs(start - ideal) < Math.Abs(best - ideal)) (best, fills) = (start, exact);
        }
        return best;
    }

    private static int[]? Split(PlaceMap places, int count, Func<Section, bool> allowed, KeptPlaces? kept)
    {
        var chosen = new PartialChoice(places);
        for (var size = count; size > 0; size--)
        {
            // What fits in no single row fits in none later either, so the size only shrinks.
            size = Math.Min(size, Math.Min(count - chosen.Count, chosen.Longest(allowed)));
            while (size > 0 && Together(places, size, allowed, chosen, kept) is { } piece)
            {
                chosen.Add(piece);
                if (chosen.Count == count) return chosen.Places;
                size = Math.Min(size, count - chosen.Count);
            }
        }
        return null;
    }
}
