using Seats.Grains.Abstractions;

namespace Seats.Grains.Seating;

/// <summary>The rules a plan of the organiser's own obeys.</summary>
internal static class PlanCheck
{
    public static List<Violation> Violations(EventSettings settings)
    {
        var broken = new List<Violation>();
        if (settings.Plan is not { } plan) return broken;
        if (plan.Sections.Count is 0 or > Limits.SectionsAtMost)
            broken.Add(new Violation("seating.sections", Rules.Count, 1, Limits.SectionsAtMost));
        for (var index = 0; index < plan.Sections.Count && broken.Count < 20; index++)
            Check(broken, plan.Sections[index], $"seating.sections[{index}]");
        if (plan.Sections.Select(section => section.Id).Distinct().Count() != plan.Sections.Count)
            broken.Add(new Violation("seating.sections", Rules.Duplicate));
        if (broken.Count > 0) return broken;
        if (plan.Sections.Sum(section => section.Rows?.Count ?? 0) > Limits.RowsAtMost)
            broken.Add(new Violation("seating.sections", Rules.Count, 1, Limits.RowsAtMost));
        var total = plan.Sections.Sum(section => section.Capacity ?? section.Rows!.Sum(row => (long)row.Seats - row.Gaps.Count));
        if (total is < Limits.CapacityAtLeast or > Limits.CapacityAtMost)
            broken.Add(new Violation("seating.sections", Rules.Range, Limits.CapacityAtLeast, Limits.CapacityAtMost));
        else if (settings.Capacity is { } capacity && capacity != total)
            broken.Add(new Violation("maxCapacity", Rules.Conflict, total, total));
        return broken;
    }

    private static void Check(List<Violation> broken, SectionPlan section, string at)
    {
        Label(broken, $"{at}.id", section.Id, Limits.LabelCharsAtMost);
        Label(broken, $"{at}.category", section.Category, Limits.LabelCharsAtMost);
        if (string.IsNullOrWhiteSpace(section.Name) || section.Name.Length > Limits.NameCharsAtMost || section.Name.Any(char.IsControl))
            broken.Add(new Violation($"{at}.name", Rules.Length, 1, Limits.NameCharsAtMost));
        if (section.Rows is null == section.Capacity is null)
            broken.Add(new Violation($"{at}.rows", Rules.Conflict));
        else if (section.Capacity is { } capacity && capacity is < 1 or > Limits.CapacityAtMost)
            broken.Add(new Violation($"{at}.capacity", Rules.Range, 1, Limits.CapacityAtMost));
        else if (section.Rows is { } rows) Check(broken, rows, $"{at}.rows");
    }

    private static void Check(List<Violation> broken, IReadOnlyList<RowPlan> rows, string at)
    {
        if (rows.Count is 0 or > Limits.RowsAtMost) broken.Add(new Violation(at, Rules.Count, 1, Limits.RowsAtMost));
        if (rows.Select(row => row.Row).Distinct().Count() != rows.Count) broken.Add(new Violation(at, Rules.Duplicate));
        for (var index = 0; index < rows.Count && broken.Count < 20; index++) Check(broken, rows[index], $"{at}[{index}]");
    }

    private static void Check(List<Violation> broken, RowPlan row, string at)
    {
        Label(broken, $"{at}.row", row.Row, Limits.LabelCharsAtMost);
        if (row.Seats is < 1 or > Limits.RowSeatsAtMost) broken.Add(new Violation($"{at}.seats", Rules.Range, 1, Limits.RowSeatsAtMost));
        else if (row.First < 0 || row.First > Limits.SeatNumberAtMost - row.Seats)
            broken.Add(new Violation($"{at}.first", Rules.Range, 0, Limits.SeatNumberAtMost - row.Seats));
        else if (row.Gaps.Any(gap => Plans.GapOffset(row, gap) is null)) broken.Add(new Violation($"{at}.gaps", Rules.Range, 1, row.Seats));
        else if (row.Gaps.Select(gap => Plans.GapOffset(row, gap)).Distinct().Count() != row.Gaps.Count) broken.Add(new Violation($"{at}.gaps", Rules.Duplicate));
    }

    /// <summary>Labels are parts of a place's name: no slash, no control characters, no spaces around.</summary>
    private static void Label(List<Violation> broken, string member, string? label, int charsAtMost)
    {
        if (string.IsNullOrWhiteSpace(label) || label.Length > charsAtMost) broken.Add(new Violation(member, Rules.Length, 1, charsAtMost));
        else if (label.Trim() != label || label.Any(letter => letter is '/' or ',' || char.IsControl(letter)))
            broken.Add(new Violation(member, Rules.Characters));
    }
}
