namespace Seats.Core;

/// <summary>More or less capacity where no plan was drawn: seats come and go at the back, the width of a row stays.</summary>
internal static class Growth
{
    /// <summary>Seats that had left come back first, from the front; the last row fills up, then new rows follow.</summary>
    public static IReadOnlyList<PlacedSection> Add(EventState state, int more)
    {
        var section = state.Places.Layout.Sections[0];
        var next = state.Places.Positions;
        if (section.IsArea) return [section.Placed with { Rows = ResizedArea(state, section, section.Total + more, ref next) }];
        var width = section.Rows[0].Count;
        var rows = new List<PlacedRow>();
        foreach (var row in section.Placed.Rows) rows.Add(FillGaps(row, ref more));
        foreach (var row in Plans.GeneratedRows(more, width, next))
            rows.Add(row with { Row = NextLabel(rows) });
        return [section.Placed with { Rows = rows }];
    }

    /// <summary>Free seats leave from the back.</summary>
    public static IReadOnlyList<PlacedSection> Remove(EventState state, int fewer)
    {
        var section = state.Places.Layout.Sections[0];
        var next = state.Places.Positions;
        if (section.IsArea) return [section.Placed with { Rows = ResizedArea(state, section, section.Total - fewer, ref next) }];
        var rows = new List<PlacedRow>();
        foreach (var row in section.Placed.Rows.Reverse())
        {
            var gaps = WithoutFree(state, row, ref fewer);
            // A row without seats stays: its seats come back first.
            rows.Add(row with { Gaps = gaps.Count == 0 ? null : [.. gaps] });
        }
        rows.Reverse();
        return [section.Placed with { Rows = rows }];
    }

    /// <summary>An area with another capacity: new units in a span of their own, free units leaving from the back.</summary>
    public static List<PlacedRow> ResizedArea(EventState state, Section area, int capacity, ref int next)
    {
        var rows = area.Placed.Rows.ToList();
        var more = capacity - area.Total;
        for (var index = 0; index < rows.Count && more > 0; index++) rows[index] = FillGaps(rows[index], ref more);
        if (more > 0)
        {
            rows.Add(new PlacedRow("", 1, more, next, null));
            next += more;
        }
        var fewer = -more;
        for (var index = rows.Count - 1; index >= 0 && fewer > 0; index--)
        {
            var gaps = WithoutFree(state, rows[index], ref fewer);
            rows[index] = rows[index] with { Gaps = gaps.Count == 0 ? null : [.. gaps] };
        }
        return rows;
    }

    private static PlacedRow FillGaps(PlacedRow row, ref int more)
    {
        if (more <= 0 || row.Gaps is not { Count: > 0 } gaps) return row;
        var back = Math.Min(more, gaps.Count);
        more -= back;
        return row with { Gaps = back == gaps.Count ? null : [.. gaps.Skip(back)] };
    }

    private static SortedSet<int> WithoutFree(EventState state, PlacedRow row, ref int fewer)
    {
        var gaps = new SortedSet<int>(row.Gaps ?? []);
        for (var offset = row.Count - 1; offset >= 0 && fewer > 0; offset--)
        {
            if (state.Places[row.Base + offset] != PlaceState.Free || !gaps.Add(offset)) continue;
            fewer--;
        }
        return gaps;
    }

    private static string NextLabel(List<PlacedRow> rows) => (int.Parse(rows[^1].Row, null) + 1).ToString();
}
