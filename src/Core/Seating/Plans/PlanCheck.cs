using Seats.Spelling;

namespace Seats.Core;

/// <summary>The rules a plan of the organiser's own obeys.</summary>
internal static class PlanCheck
{
    private const int ToldAtMost = 20;

    /// <param name="settings">What an organiser wrote.</param>
    /// <param name="standing">The layout that is to change; null for a new event.</param>
    public static List<Violation> Violations(EventSettings settings, Layout? standing = null)
    {
        var broken = new List<Violation>();
        if (settings.Plan is not { } plan) return broken;
        // What stands was accepted once, by the rules of its time: it may be read and sent back.
        var stands = standing is not null && Plans.AreAsWritten([.. standing.Sections.Select(section => section.Placed)], plan);
        if (!stands) Check(broken, plan);
        if (broken.Count > 0) return broken;
        var total = plan.Sections.Sum(section => section.Capacity ?? section.Rows!.Sum(row => (long)row.Seats - row.Gaps.Count));
        if (total is < Limits.CapacityAtLeast or > Limits.CapacityAtMost)
            broken.Add(new Violation("seating.sections", Rules.Range, Limits.CapacityAtLeast, Limits.CapacityAtMost));
        else if (settings.Capacity is { } capacity && capacity != total)
            broken.Add(new Violation("maxCapacity", Rules.Conflict, total, total));
        return broken;
    }

    private static void Check(List<Violation> broken, SeatingPlan plan)
    {
        if (plan.Sections.Count is 0 or > Limits.SectionsAtMost)
            broken.Add(new Violation("seating.sections", Rules.Count, 1, Limits.SectionsAtMost));
        for (var index = 0; index < plan.Sections.Count && broken.Count < ToldAtMost; index++)
            Check(broken, plan.Sections[index], $"seating.sections[{index}]");
        Apart(broken, [.. plan.Sections.Select(section => section.Id)], "seating.sections", "id");
        if (broken.Count == 0 && plan.Sections.Sum(section => section.Rows?.Count ?? 0) > Limits.RowsAtMost)
            broken.Add(new Violation("seating.sections", Rules.Count, 1, Limits.RowsAtMost));
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
        Apart(broken, [.. rows.Select(row => row.Row)], at, "row");
        for (var index = 0; index < rows.Count && broken.Count < ToldAtMost; index++) Check(broken, rows[index], $"{at}[{index}]");
    }

    private static void Check(List<Violation> broken, RowPlan row, string at)
    {
        Label(broken, $"{at}.row", row.Row, Limits.LabelCharsAtMost);
        if (row.Seats is < 1 or > Limits.RowSeatsAtMost) broken.Add(new Violation($"{at}.seats", Rules.Range, 1, Limits.RowSeatsAtMost));
        else if (row.First < 0 || row.First > Limits.SeatNumberAtMost - row.Seats)
            broken.Add(new Violation($"{at}.first", Rules.Range, 0, Limits.SeatNumberAtMost - row.Seats));
        else if (row.Gaps.Any(gap => gap < 1 || gap > row.Seats)) broken.Add(new Violation($"{at}.gaps", Rules.Positions, 1, row.Seats));
        else if (row.Gaps.Distinct().Count() != row.Gaps.Count) broken.Add(new Violation($"{at}.gaps", Rules.Duplicate));
    }

    /// <summary>No two labels are the same, or the same to those who read them on a ticket and look for their seat.</summary>
    private static void Apart(List<Violation> broken, IReadOnlyList<string> labels, string at, string member)
    {
        if (labels.Distinct(StringComparer.Ordinal).Count() != labels.Count) broken.Add(new Violation(at, Rules.Duplicate));
        var shapes = new Dictionary<string, int>(labels.Count, StringComparer.Ordinal);
        for (var index = 0; index < labels.Count && broken.Count < ToldAtMost; index++)
        {
            if (shapes.TryAdd(LookAlikes.ShapeOf(labels[index]), index)) continue;
            var first = shapes[LookAlikes.ShapeOf(labels[index])];
            if (labels[first] != labels[index])
                broken.Add(new Violation($"{at}[{index}].{member}", $"{Rules.Alike}{at}[{first}].{member} \"{labels[first]}\""));
        }
    }

    /// <summary>Labels are parts of a place's name: no slash, nothing that cannot be seen, no spaces around.</summary>
    private static void Label(List<Violation> broken, string member, string? label, int charsAtMost)
    {
        if (string.IsNullOrWhiteSpace(label) || label.Length > charsAtMost) broken.Add(new Violation(member, Rules.Length, 1, charsAtMost));
        else if (label.Trim() != label || label.Any(letter => letter is '/' or ',') || LookAlikes.HasInvisible(label))
            broken.Add(new Violation(member, Rules.Characters));
    }
}
