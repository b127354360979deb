namespace Seats.Core;

/// <summary>Choices of the same size near the places somebody asked for: side by side, nearest row first, then nearest in the row.</summary>
internal static class Alternatives
{
    /// <summary>At most <see cref="Limits.AlternativesAtMost"/> choices; without orphans where there are any such.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Near(PlaceMap places, int[] wanted, IReadOnlySet<int>? own, bool legalOnly)
    {
        // A rush asks this of a hall that is sold out, again and again.
        if (places.Count(PlaceState.Free) + CountOf(own) < wanted.Length) return [];
        var legal = Find(places, wanted, own, avoidOrphans: true);
        return legal.Count > 0 || legalOnly ? legal : Find(places, wanted, own, avoidOrphans: false);
    }

    /// <summary>Choices that leave no orphan, or any.</summary>
    private static List<IReadOnlyList<string>> Find(PlaceMap places, int[] wanted, IReadOnlySet<int>? own, bool avoidOrphans)
    {
        var first = wanted.Min();
        var row = places.Layout.RowOf(first)!;
        var found = new List<IReadOnlyList<string>>();
        foreach (var candidate in RowsByDistance(places, row, wanted.Length, CountOf(own)))
        {
            var ideal = Math.Min(first - row.Base, candidate.Count - wanted.Length);
            foreach (var start in StartsIn(places, candidate, wanted.Length, ideal, own, avoidOrphans))
            {
                found.Add(places.Layout.NamesOf([.. Enumerable.Range(candidate.Base + start, wanted.Length)]));
                if (found.Count == Limits.AlternativesAtMost) return found;
            }
        }
        return found;
    }

    private static IEnumerable<int> StartsIn(
        PlaceMap places, Row row, int count, int ideal, IReadOnlySet<int>? own, bool avoidOrphans) =>
        FreeRuns.Of(places, row, own)
            .Select(run => run.NearestStart(count, ideal, avoidOrphans))
            .Where(start => start >= 0)
            .OrderBy(start => Math.Abs(start - ideal))
            .ThenBy(start => start);

    /// <summary>Rows that may have so many free places side by side: of the same section from the row outwards, then others.</summary>
    private static IEnumerable<Row> RowsByDistance(PlaceMap places, Row row, int count, int own)
    {
        var section = row.Section;
        if (!section.IsArea && section.Free + own >= count)
            foreach (var candidate in Outwards(section.Rows, row.Index))
                if (MayHave(candidate, count, own)) yield return candidate;
        foreach (var other in places.Layout.Sections)
        {
            if (other == section || other.IsArea || other.Free < count) continue;
            foreach (var candidate in other.Rows)
                if (MayHave(candidate, count, own)) yield return candidate;
        }
    }

    /// <summary>The row itself, then its neighbours, one step further each time; the one in front first.</summary>
    private static IEnumerable<Row> Outwards(IReadOnlyList<Row> rows, int index)
    {
        yield return rows[index];
        for (var distance = 1; distance <= Math.Max(index, rows.Count - 1 - index); distance++)
        {
            if (index - distance >= 0) yield return rows[index - distance];
            if (index + distance < rows.Count) yield return rows[index + distance];
        }
    }

    /// <param name="own">Places that count as free, wherever they are.</param>
    private static bool MayHave(Row row, int count, int own) =>
        row.Count >= count && row.Free + own >= count && (own > 0 || row.Section.Candidates.MayFit(count, row.Index));

    private static int CountOf(IReadOnlySet<int>? own) => own?.Count ?? 0;
}
