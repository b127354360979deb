namespace Seats.Core;

/// <summary>How the places of an event are laid out when no plan is given.</summary>
public enum SeatingKind
{
    /// <summary>Numbered seats in generated rows.</summary>
    Seats,

    /// <summary>One general-admission area.</summary>
    General,

    /// <summary>A plan of the organiser's own.</summary>
    Plan,
}

/// <summary>Sections in the order best available prefers them.</summary>
[GenerateSerializer, Immutable, Alias("plan")]
public sealed record SeatingPlan(IReadOnlyList<SectionPlan> Sections);

/// <summary>Rows of numbered seats, or a general-admission area with a capacity: one of the two.</summary>
[GenerateSerializer, Immutable, Alias("section-plan")]
public sealed record SectionPlan(string Id, string Name, string Category, IReadOnlyList<RowPlan>? Rows, int? Capacity);

/// <summary>A row, front rows first.</summary>
/// <param name="Row">Label as printed on the seat.</param>
/// <param name="Seats">Positions in the row, those without a seat included.</param>
/// <param name="First">Number of the first position.</param>
/// <param name="Gaps">Positions that have no seat, from 1; never the numbers printed on seats.</param>
[GenerateSerializer, Immutable, Alias("row-plan")]
public sealed record RowPlan(string Row, int Seats, int First, IReadOnlyList<int> Gaps);

/// <summary>Which places somebody asks for: named ones, or a number of the best available.</summary>
/// <param name="Seats">Places as written (<c>main/1/5</c>); null for best available.</param>
/// <param name="Places">How many, when none is named.</param>
/// <param name="Sections">Only in these sections; empty for any.</param>
/// <param name="Categories">Only in these categories; empty for any.</param>
/// <param name="Together">Side by side in one row, or in one area.</param>
[GenerateSerializer, Immutable, Alias("wish")]
public sealed record PlaceWish(
    IReadOnlyList<string>? Seats,
    int Places,
    IReadOnlyList<string> Sections,
    IReadOnlyList<string> Categories,
    bool Together)
{
    /// <summary>Named places.</summary>
    public static PlaceWish Named(params IReadOnlyList<string> seats) => new(seats, seats.Count, [], [], true);

    /// <summary>Any <paramref name="places"/> places, side by side.</summary>
    public static PlaceWish Any(int places) => new(null, places, [], [], true);
}
