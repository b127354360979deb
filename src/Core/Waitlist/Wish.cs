namespace Seats.Core;

/// <summary>What an entry waits for.</summary>
internal sealed record Wish(bool Together, IReadOnlyList<string> Categories)
{
    /// <summary>Equal for wishes that ask for the same thing, in whatever order they name it.</summary>
    public string Kind { get; } = $"{Together}\n{string.Join('\n', Categories.Order(StringComparer.Ordinal))}";

    /// <summary>How many open places side by side a party of a size cannot do without.</summary>
    public int RunOf(int places) => Together ? places : 1;

    public bool Wants(Section section) => Wants(section.Category);

    public bool Wants(string category) => Categories.Count == 0 || Categories.Contains(category);

    /// <summary>Whether it would take a place of any of these categories.</summary>
    public bool WantsAny(IReadOnlyCollection<string> categories)
    {
        foreach (var category in categories)
            if (Wants(category)) return true;
        return false;
    }

    /// <summary>
    /// The same wish after categories went: for what they became. A wish for nothing but categories that became nothing stays as it is; the
    /// plan cannot serve it.
    /// </summary>
    public Wish Follow(IReadOnlyDictionary<string, IReadOnlyList<string>> became)
    {
        if (!Categories.Any(became.ContainsKey)) return this;
        string[] followed = [.. Categories.SelectMany(category => became.GetValueOrDefault(category, [category])).Distinct()];
        return followed.Length == 0 ? this : new Wish(Together, followed);
    }
}
