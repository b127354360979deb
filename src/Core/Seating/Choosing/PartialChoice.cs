namespace Seats.Core;

/// <summary>
/// Places chosen so far for a party that sits apart. The free runs of each row are computed once, and again only for the row that a piece came
/// from: the work is that of one search, however many pieces there are.
/// </summary>
internal sealed class PartialChoice(PlaceMap places)
{
    private readonly HashSet<int> chosen = [];
    private readonly Dictionary<Row, IReadOnlyList<FreeRun>> runs = [];
    private readonly Dictionary<Section, int> units = [];

    public int Count => chosen.Count;

    public int[] Places => [.. chosen];

    public bool Has(int position) => chosen.Contains(position);

    /// <summary>Adds a piece: places of one row, or units of one area.</summary>
    public void Add(int[] piece)
    {
        chosen.UnionWith(piece);
        var row = places.Layout.RowOf(piece[0])!;
        if (row.Section.IsArea) units[row.Section] = units.GetValueOrDefault(row.Section) + piece.Length;
        else runs.Remove(row);
    }

    /// <summary>What is still free in a row, side by side.</summary>
    public IReadOnlyList<FreeRun> RunsOf(Row row)
    {
        if (runs.TryGetValue(row, out var known)) return known;
        return runs[row] = FreeRuns.Of(places, row, null, chosen);
    }

    /// <summary>The most places that are free side by side in the allowed sections, those of an area together; none larger can be found.</summary>
    public int Longest(Func<Section, bool> allowed)
    {
        var longest = 0;
        foreach (var section in places.Layout.Sections)
        {
            if (section.Free <= longest || !allowed(section)) continue;
            if (section.IsArea) longest = Math.Max(longest, section.Free - units.GetValueOrDefault(section));
            else
                foreach (var row in section.Rows)
                    if (row.Free > longest) longest = Math.Max(longest, LongestIn(row));
        }
        return longest;
    }

    private int LongestIn(Row row)
    {
        var longest = 0;
        foreach (var run in RunsOf(row)) longest = Math.Max(longest, run.Length);
        return longest;
    }
}
