namespace Seats.Grains.Seating;

/// <summary>What an entry waits for.</summary>
internal sealed record Wish(bool Together, IReadOnlyList<string> Categories)
{
    /// <summary>Equal for wishes that ask for the same thing, in whatever order they name it.</summary>
    public string Kind { get; } = $"{Together}\n{string.Join('\n', Categories.Order(StringComparer.Ordinal))}";

    public bool Wants(string category) => Categories.Count == 0 || Categories.Contains(category);

    /// <summary>Whether it would take a place of any of these categories.</summary>
    public bool WantsAny(IReadOnlyCollection<string> categories)
    {
        foreach (var category in categories)
            if (Wants(category)) return true;
        return false;
    }
}
