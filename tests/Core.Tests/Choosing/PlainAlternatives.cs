namespace Seats.Core.Tests;

/// <summary>Alternatives by the rule in its plainest form: orders all rows by their distance, and looks into each.</summary>
internal static class PlainAlternatives
{
    public static IReadOnlyList<IReadOnlyList<string>> Near(PlaceMap places, int[] wanted, IReadOnlySet<int>? own, bool legalOnly)
    {
        var legal = Find(places, wanted, own, avoidOrphans: true);
        return legal.Length > 0 || legalOnly ? legal : Find(places, wanted, own, avoidOrphans: false);
    }

    private static string[][] Find(PlaceMap places, int[] wanted, IReadOnlySet<int>? own, bool avoidOrphans)
    {
        var (first, count) = (wanted.Min(), wanted.Length);
        var row = places.Layout.RowOf(first)!;
        return [.. RowsByDistance(places, row, count)
            .SelectMany(candidate =>
                StartsIn(candidate, Math.Min(first - row.Base, candidate.Count - count)).Select(start => candidate.Base + start))
            .Take(Limits.AlternativesAtMost)
            .Select(start => places.Layout.NamesOf([.. Enumerable.Range(start, count)]))];

        IEnumerable<int> StartsIn(Row candidate, int ideal) => FreeRuns.Of(places, candidate, own)
            .Select(run => run.NearestStart(count, ideal, avoidOrphans))
            .Where(start => start >= 0)
            .OrderBy(start => Math.Abs(start - ideal))
            .ThenBy(start => start);
    }

    private static IEnumerable<Row> RowsByDistance(PlaceMap places, Row row, int count)
    {
        var index = row.Section.Rows.ToList().IndexOf(row);
        return row.Section.Rows
            .Select((candidate, at) => (candidate, Distance: Math.Abs(at - index)))
            .Where(pair => !pair.candidate.Section.IsArea && pair.candidate.Count >= count)
            .OrderBy(pair => pair.Distance)
            .Select(pair => pair.candidate)
            .Concat(places.Layout.Sections
                .Where(section => section != row.Section && !section.IsArea && section.Free >= count)
                .SelectMany(section => section.Rows));
    }
}
