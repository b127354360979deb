using Seats.Grains.Abstractions;

namespace Seats.Grains.Seating;

/// <summary>Choices of the same size near the places somebody asked for: side by side, nearest row first, then nearest in the row.</summary>
internal static class Alternatives
{
    /// <summary>At most <see cref="Limits.AlternativesAtMost"/> choices; without orphans where there are any such.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Near(PlaceMap places, int[] wanted, IReadOnlySet<int>? own, bool legalOnly)
    {
        var legal = Find(places, wanted, own, avoidOrphans: true);
        return legal.Count > 0 || legalOnly ? legal : Find(places, wanted, own, avoidOrphans: false);
    }

    /// <summary>Choices that leave no orphan, or any.</summary>
    private static List<IReadOnlyList<string>> Find(PlaceMap places, int[] wanted, IReadOnlySet<int>? own, bool avoidOrphans)
    {
        var first = wanted.Min();
        var row = places.Layout.RowOf(first)!;
        var found = new List<IReadOnlyList<string>>();
        foreach (var candidate in RowsByDistance(places, row, wanted.Length))
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

    private static IEnumerable<Row> RowsByDistance(PlaceMap places, Row row, int count)
    {
        var rows = row.Section.Rows;
        var index = 0;
        while (rows[index] != row) index++;
        return rows
            .Select((candidate, at) => (candidate, Distance: Math.Abs(at - index)))
            .Where(pair => !pair.candidate.Section.IsArea && pair.candidate.Count >= count)
            .OrderBy(pair => pair.Distance)
            .Select(pair => pair.candidate)
            .Concat(places.Layout.Sections
                .Where(section => section != row.Section && !section.IsArea && section.Free >= count)
                .SelectMany(section => section.Rows));
    }
}
