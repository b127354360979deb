namespace Seats.Grains.Seating;

/// <summary>
/// The entries of one kind of wish: as many places, of the same categories, together or not. They fail alike, so the first speaks for all.
/// </summary>
/// <param name="waiting">The numbers of all entries in line, of whatever kind.</param>
internal sealed class WaitlistKind(int places, Wish wish, EntryNumbers waiting)
{
    private const int GoneAtMost = 16;

    // Ascending, from the head on; entries that left are dropped when they come up, or when they are most of the list.
    private readonly List<int> numbers = [];

    // Ascending: the entries that were served before the first entry though they joined after it.
    private readonly List<int> overtakers = [];
    private int head;

    public int Places => places;
    public Wish Wish => wish;
    public int Count { get; private set; }

    /// <summary>Number of the entry that has waited longest.</summary>
    public int First => numbers[head];

    /// <summary>How often the first entry was overtaken; no other entry of this kind was overtaken more often.</summary>
    public int Overtakes => overtakers.Count;

    public IReadOnlyList<int> Overtakers => overtakers;

    public void Join(int number)
    {
        numbers.Add(number);
        Count++;
    }

    /// <summary>An entry left, and is not among those who wait any more.</summary>
    public void Leave()
    {
        Count--;
        if (Count == 0) return;
        while (!waiting.Contains(numbers[head])) head++;
        // Whoever joined before the first entry overtook none of those who still wait.
        overtakers.RemoveRange(0, IndexOfLargerThan(First));
        if (numbers.Count <= 2 * Count + GoneAtMost) return;
        numbers.RemoveAll(number => !waiting.Contains(number));
        head = 0;
    }

    /// <summary>An entry that joined after the first was served before it.</summary>
    public void Overtake(int served) => overtakers.Insert(IndexOfLargerThan(served), served);

    /// <summary>How often an entry of this kind was overtaken: once by each that joined after it and was served before it.</summary>
    public int OvertakesOf(int number) => overtakers.Count - IndexOfLargerThan(number);

    private int IndexOfLargerThan(int number)
    {
        var index = overtakers.BinarySearch(number);
        return index < 0 ? ~index : index + 1;
    }
}
