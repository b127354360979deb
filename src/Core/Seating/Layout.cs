namespace Seats.Core;

/// <summary>Sections and rows on consecutive positions, with how many places are free in each.</summary>
internal sealed class Layout
{
    private readonly Row[] byBase;
    private readonly Dictionary<string, Section> byId;

    public Layout(IReadOnlyList<PlacedSection> sections)
    {
        Sections = [.. sections.Select(placed => new Section(placed))];
        byId = Sections.ToDictionary(section => section.Id, StringComparer.Ordinal);
        byBase = [.. Sections.SelectMany(section => section.Rows).OrderBy(row => row.Base)];
    }

    public static Layout Empty { get; } = new([]);

    /// <summary>In the order of the plan: best available prefers the first.</summary>
    public IReadOnlyList<Section> Sections { get; }

    /// <summary>Rows of all sections by their first position.</summary>
    public IReadOnlyList<Row> Rows => byBase;

    /// <summary>One past the last position in use.</summary>
    public int PositionsAtLeast => byBase.Length == 0 ? 0 : byBase[^1].Base + byBase[^1].Count;

    public Section? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>The row a position is in, or null for a position outside the layout.</summary>
    public Row? RowOf(int position)
    {
        int low = 0, high = byBase.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            var row = byBase[middle];
            if (position < row.Base) high = middle - 1;
            else if (position >= row.Base + row.Count) low = middle + 1;
            else return row;
        }
        return null;
    }

    /// <summary>A place as people write it: <c>main/1/5</c>, or the area's name.</summary>
    public string NameOf(int position)
    {
        var row = RowOf(position);
        if (row is null) return $"#{position}";
        return row.Section.IsArea ? row.Section.Id : $"{row.Section.Id}/{row.Label}/{row.First + position - row.Base}";
    }

    /// <summary>The categories of the sections that places are in.</summary>
    public HashSet<string> CategoriesOf(IReadOnlyList<int> positions)
    {
        var categories = new HashSet<string>(StringComparer.Ordinal);
        Row? row = null;
        foreach (var position in positions)
        {
            if (row is not null && position >= row.Base && position < row.Base + row.Count) continue;
            row = RowOf(position) ?? throw new InvariantViolatedException($"Position {position} is in no row.");
            categories.Add(row.Section.Category);
        }
        return categories;
    }

    /// <summary>The most places that somebody could ever have at once in the sections they want, were all of them free.</summary>
    /// <param name="together">Whether side by side; any of an area are.</param>
    public int MostAtOnce(Func<Section, bool> wanted, bool together)
    {
        var most = 0;
        foreach (var section in Sections)
            if (wanted(section)) most = together ? Math.Max(most, section.LongestRun) : most + section.Total;
        return most;
    }

    /// <summary>
    /// Categories that another layout does not have, and what the sections that they were of are sold as there; nothing where those went too.
    /// </summary>
    public Dictionary<string, IReadOnlyList<string>> CategoriesThatWent(Layout after)
    {
        var known = after.Sections.Select(section => section.Category).ToHashSet(StringComparer.Ordinal);
        return Sections.Where(section => !known.Contains(section.Category))
            .GroupBy(section => section.Category, StringComparer.Ordinal)
            .ToDictionary(
                went => went.Key,
                IReadOnlyList<string> (went) => [.. went.Select(section => after.Find(section.Id)?.Category).OfType<string>().Distinct()],
                StringComparer.Ordinal);
    }

    public string[] NamesOf(IReadOnlyList<int> positions)
    {
        var names = new string[positions.Count];
        for (var index = 0; index < names.Length; index++) names[index] = NameOf(positions[index]);
        return names;
    }

    public void FreeChanged(int position, int by)
    {
        var row = RowOf(position) ?? throw new InvariantViolatedException($"Position {position} is in no row.");
        row.Free += by;
        row.Section.Free += by;
        row.Section.Candidates.Changed(row.Index, cameFree: by > 0);
        row.Section.OpenCandidates.Changed(row.Index, cameFree: by > 0);
        if (by > 0 && position - row.Base < row.FirstFreeHint) row.FirstFreeHint = position - row.Base;
    }

    public void OpenChanged(int position, int by) => RowOf(position)!.Section.Open += by;

    public void CountFree(ReadOnlySpan<PlaceState> states)
    {
        foreach (var section in Sections)
        {
            section.Free = section.Open = section.Total = 0;
            foreach (var row in section.Rows)
            {
                var places = states.Slice(row.Base, row.Count);
                row.Recount(places);
                section.Free += row.Free;
                foreach (var place in places)
                    if (place.IsOpen()) section.Open++;
                section.Total += row.Seats;
            }
            section.LongestRun = section.IsArea ? section.Total : section.Rows.Select(row => row.LongestRun).DefaultIfEmpty(0).Max();
        }
    }
}

/// <summary>A section at work.</summary>
internal sealed class Section
{
    private readonly Dictionary<string, Row> byLabel = new(StringComparer.Ordinal);

    public Section(PlacedSection placed)
    {
        Placed = placed;
        Rows = [.. placed.Rows.Select((row, index) => new Row(this, row, index))];
        Candidates = new RowCandidates(Rows.Count);
        OpenCandidates = new RowCandidates(Rows.Count);
        if (!placed.Area)
            foreach (var row in Rows) byLabel.TryAdd(row.Label, row);
    }

    public PlacedSection Placed { get; }
    public string Id => Placed.Id;
    public string Category => Placed.Category;
    public bool IsArea => Placed.Area;
    public IReadOnlyList<Row> Rows { get; }

    /// <summary>Rows worth a search; of an area, none is ever left out.</summary>
    public RowCandidates Candidates { get; }

    /// <summary>Rows that may have a free place among so many open ones side by side.</summary>
    public RowCandidates OpenCandidates { get; }
    public int Free { get; set; }

    /// <summary>Places that are free or may come free by themselves.</summary>
    public int Open { get; set; }
    public int Total { get; set; }

    /// <summary>The most places one person could ever have side by side here; in an area, all of them.</summary>
    public int LongestRun { get; set; }

    public Row? FindRow(string label) => byLabel.GetValueOrDefault(label);
}

/// <summary>A row at work; in an area, a span of units.</summary>
internal sealed class Row(Section section, PlacedRow placed, int index)
{
    public Section Section => section;

    /// <summary>Where it stands among the rows of its section, from 0.</summary>
    public int Index => index;
    public PlacedRow Placed => placed;
    public string Label => placed.Row;
    public int First => placed.First;

    /// <summary>Positions, those without a seat included.</summary>
    public int Count => placed.Count;
    public int Base => placed.Base;
    public int Free { get; set; }

    /// <summary>Places that exist.</summary>
    public int Seats { get; private set; }

    /// <summary>Offset of the first place that exists, and one past that of the last.</summary>
    public (int From, int To) Extent { get; private set; }

    /// <summary>The most places that exist side by side.</summary>
    public int LongestRun { get; private set; }

    /// <summary>No free place stands before this offset.</summary>
    public int FirstFreeHint { get; set; }

    public void Recount(ReadOnlySpan<PlaceState> places)
    {
        (Free, Seats, FirstFreeHint) = (places.Count(PlaceState.Free), places.Length - places.Count(PlaceState.None), 0);
        Extent = (Math.Max(0, places.IndexOfAnyExcept(PlaceState.None)), places.LastIndexOfAnyExcept(PlaceState.None) + 1);
        LongestRun = 0;
        for (var rest = places; rest.Length > 0;)
        {
            var run = rest.IndexOf(PlaceState.None) is >= 0 and var end ? end : rest.Length;
            LongestRun = Math.Max(LongestRun, run);
            rest = rest[Math.Min(rest.Length, run + 1)..];
        }
    }
}
