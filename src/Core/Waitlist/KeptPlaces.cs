namespace Seats.Core;

/// <summary>
/// The free places that are kept for some kinds of wish: every place of their categories where the party takes any, else those in a run of
/// open places that is long enough for the party. A place is open while it is free or nobody confirmed it yet.
/// </summary>
internal sealed class KeptPlaces
{
    private const int NoRun = int.MaxValue;

    // The shortest run of open places that is kept, by category and for wishes without one.
    private readonly Dictionary<string, int> runs = new(StringComparer.Ordinal);
    private int runOfAny = NoRun;

    public bool IsEmpty => runOfAny == NoRun && runs.Count == 0;

    /// <summary>Keeps what a wish for so many places could still get.</summary>
    public void Add(Wish wish, int count)
    {
        var run = wish.RunOf(count);
        if (wish.Categories.Count == 0) runOfAny = Math.Min(runOfAny, run);
        foreach (var category in wish.Categories) runs[category] = Math.Min(runs.GetValueOrDefault(category, NoRun), run);
    }

    /// <summary>Whether every free place of a section is kept.</summary>
    public bool KeepsAllOf(Section section) =>
        RunIn(section) is var run && (run == 1 || run != NoRun && section.IsArea && section.Open >= run);

    /// <summary>Whether some free places of a section are kept and others are not.</summary>
    public bool MayKeepPartOf(Section section) => RunIn(section) != NoRun && !section.IsArea && !KeepsAllOf(section);

    /// <summary>Whether a free place is kept.</summary>
    public bool Keeps(PlaceMap places, Row row, int offset) =>
        row.Section.IsArea ? KeepsAllOf(row.Section)
        : RunIn(row.Section) is var run && (run == 1 || run != NoRun && places.OpenRunAt(row, offset) >= run);

    private int RunIn(Section section) => Math.Min(runOfAny, runs.GetValueOrDefault(section.Category, NoRun));
}
