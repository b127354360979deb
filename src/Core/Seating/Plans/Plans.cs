namespace Seats.Core;

/// <summary>From what an organiser asks for to sections on positions, and back.</summary>
internal static class Plans
{
    public const string GeneratedSection = "main";
    public const string StandardCategory = "standard";

    private const string GeneratedAreaName = "General admission";
    private const string GeneratedRowsName = "Main";

    /// <summary>Whether nobody named the section.</summary>
    public static bool IsGenerated(PlacedSection section) =>
        section is { Id: GeneratedSection, Name: GeneratedAreaName or GeneratedRowsName };

    /// <summary>The sections of a new event.</summary>
    public static IReadOnlyList<PlacedSection> New(EventSettings settings)
    {
        if (settings.Plan is { } plan) return Place(plan, 0);
        return settings.Seating == SeatingKind.General ? [Area(settings.Capacity!.Value, 0)] : [Rows(settings.Capacity!.Value, 0)];
    }

    /// <summary>One area for everybody.</summary>
    public static PlacedSection Area(int capacity, int from) =>
        new(GeneratedSection, GeneratedAreaName, StandardCategory, true, [new PlacedRow("", 1, capacity, from, null)]);

    /// <summary>Numbered seats in rows of max(10, ⌈√capacity⌉); the last row has what is left, and room to grow to that width.</summary>
    public static PlacedSection Rows(int capacity, int from) =>
        new(GeneratedSection, GeneratedRowsName, StandardCategory, false, GeneratedRows(capacity, WidthFor(capacity), from));

    public static int WidthFor(int capacity) => Math.Max(10, (int)Math.Ceiling(Math.Sqrt(capacity)));

    public static List<PlacedRow> GeneratedRows(int capacity, int width, int from)
    {
        var rows = new List<PlacedRow>();
        for (var seats = 0; seats < capacity; seats += width)
            rows.Add(new PlacedRow((rows.Count + 1).ToString(), 1, width, from + seats, Missing(capacity - seats, width)));
        return rows;
    }

    private static int[]? Missing(int seats, int width) => seats >= width ? null : [.. Enumerable.Range(seats, width - seats)];

    /// <summary>A plan on fresh positions from <paramref name="from"/> on.</summary>
    public static IReadOnlyList<PlacedSection> Place(SeatingPlan plan, int from)
    {
        var sections = new List<PlacedSection>();
        foreach (var section in plan.Sections)
        {
            var rows = section.Capacity is { } capacity
                ? [new PlacedRow("", 1, capacity, 0, null)]
                : section.Rows!.Select(row => new PlacedRow(row.Row, row.First, row.Seats, 0, Gaps(row))).ToList();
            for (var index = 0; index < rows.Count; index++)
            {
                rows[index] = rows[index] with { Base = from };
                from += rows[index].Count;
            }
            sections.Add(new PlacedSection(section.Id, section.Name, section.Category, section.Capacity is not null, rows));
        }
        return sections;
    }

    /// <summary>The plan as its organiser would write it.</summary>
    public static SeatingPlan ToPlan(IReadOnlyList<PlacedSection> sections) => new(
        [.. sections.Select(section => new SectionPlan(
            section.Id, section.Name, section.Category,
            section.Area ? null : [.. section.Rows.Select(row => new RowPlan(row.Row, row.Count, row.First, [.. (row.Gaps ?? []).Select(gap => gap + 1)]))],
            section.Area ? section.Rows.Sum(Seats) : null))]);

    /// <summary>Whether a plan is what an organiser reads of these sections.</summary>
    public static bool AreAsWritten(IReadOnlyList<PlacedSection> sections, SeatingPlan plan) =>
        ToPlan(sections).Sections.SequenceEqual(
            plan.Sections, EqualityComparer<SectionPlan>.Create(AreSame, section => section.Id.GetHashCode()));

    private static bool AreSame(SectionPlan? one, SectionPlan? other) =>
        one! with { Rows = null } == other! with { Rows = null } && one.Rows is null == other.Rows is null
        && (one.Rows ?? []).SequenceEqual(other.Rows ?? [], EqualityComparer<RowPlan>.Create(AreSame, row => row.Row.GetHashCode()));

    private static bool AreSame(RowPlan? one, RowPlan? other) =>
        (one!.Row, one.Seats, one.First) == (other!.Row, other.Seats, other.First) && one.Gaps.SequenceEqual(other.Gaps);

    public static int Total(IReadOnlyList<PlacedSection> sections) => sections.Sum(section => section.Rows.Sum(Seats));

    public static int Seats(PlacedRow row) => row.Count - (row.Gaps?.Count ?? 0);

    /// <summary>Offsets that have a seat, ascending.</summary>
    public static IEnumerable<int> SeatOffsets(PlacedRow row) => Enumerable.Range(0, row.Count).Except(row.Gaps ?? []);

    /// <summary>Gaps are written as positions in the row, from 1, and kept as offsets.</summary>
    private static int[]? Gaps(RowPlan row) => row.Gaps.Count == 0 ? null : [.. row.Gaps.Select(gap => gap - 1).Order()];
}
