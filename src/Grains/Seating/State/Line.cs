namespace Seats.Grains.Seating;

/// <summary>The people in line, first come first. Numbers rise with time, so their order is the line's.</summary>
internal sealed class Line
{
    private readonly List<int> numbers = [];
    private readonly Dictionary<string, int> waitingFor = new(StringComparer.Ordinal);
    private int waitingForAny;

    /// <summary>Invitation numbers in order.</summary>
    public IReadOnlyList<int> Numbers => numbers;

    /// <summary>Places asked for by all.</summary>
    public int Places { get; private set; }

    public void Join(Invitation entry)
    {
        if (numbers.Count > 0 && numbers[^1] >= entry.Number)
            throw new InvariantViolatedException($"Entry {entry.Number} joined the line behind {numbers[^1]}.");
        numbers.Add(entry.Number);
        Count(entry, +1);
    }

    public void Leave(Invitation entry)
    {
        var index = numbers.BinarySearch(entry.Number);
        if (index < 0) throw new InvariantViolatedException($"Entry {entry.Number} is not in line.");
        numbers.RemoveAt(index);
        Count(entry, -1);
    }

    /// <summary>Position from 1.</summary>
    public int PositionOf(int number) => numbers.BinarySearch(number) + 1;

    /// <summary>Whether somebody waits who would take places of this category.</summary>
    public bool Wants(string category) => waitingForAny > 0 || waitingFor.GetValueOrDefault(category) > 0;

    private void Count(Invitation entry, int by)
    {
        Places += by * entry.Count;
        if (entry.Wish!.Categories.Count == 0) waitingForAny += by;
        foreach (var category in entry.Wish.Categories)
            waitingFor[category] = waitingFor.GetValueOrDefault(category) + by;
    }
}
