namespace Seats.Core;

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
    public Wish Wish { get; private set; } = wish;

    /// <summary>Whether the plan has places for it, be they taken or not.</summary>
    public bool CanBeServed { get; private set; } = true;

    /// <summary>Until when free places are kept for it, on the event's clock; null while its time to keep them does not run.</summary>
    public DateTimeOffset? KeptUntil { get; private set; }

    /// <summary>Places were kept for it in vain, and none of its entries was served since.</summary>
    public bool WasKeptInVain { get; private set; }
    public int Count { get; private set; }

    /// <summary>Number of the entry that has waited longest.</summary>
    public int First => numbers[head];

    /// <summary>How often the first entry was overtaken; no other entry of this kind was overtaken more often.</summary>
    public int Overtakes => overtakers.Count;

    public IReadOnlyList<int> Overtakers => overtakers;

    /// <summary>Those of its entries that wait.</summary>
    public IEnumerable<int> Entries => numbers.Skip(head).Where(waiting.Contains);

    /// <summary>Whether it was overtaken as often as it may be: the places it could still get are kept from those behind it.</summary>
    public bool Blocks(int overtakesAtMost) => Overtakes >= (WasKeptInVain ? Math.Max(1, overtakesAtMost) : overtakesAtMost);

    /// <summary>Whether the places it could still get are kept from people who do not stand in line.</summary>
    public bool Keeps(int overtakesAtMost) => KeptUntil is not null || !WasKeptInVain || Blocks(overtakesAtMost);

    /// <summary>Whether its time to keep places begins as soon as there are any.</summary>
    public bool MayBeginToKeep(int overtakesAtMost) => KeptUntil is null && Keeps(overtakesAtMost);

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

    public void BeginKeeping(DateTimeOffset until) => KeptUntil = until;

    /// <summary>Its time is over; its overtakes are counted anew.</summary>
    public void EndKeeping()
    {
        overtakers.Clear();
        (KeptUntil, WasKeptInVain) = (null, true);
    }

    /// <summary>One of its entries was served: the next one has all its time.</summary>
    public void ForgetKeeping() => (KeptUntil, WasKeptInVain) = (null, false);

    public void Restore(DateTimeOffset? keptUntil, bool wasKeptInVain) => (KeptUntil, WasKeptInVain) = (keptUntil, wasKeptInVain);

    public void FitTo(Layout layout) => CanBeServed = layout.MostAtOnce(Wish.Wants, Wish.Together) >= Places;

    /// <summary>Its entries wait for something else now.</summary>
    public void Follow(Wish other) => Wish = other;

    /// <summary>
    /// Takes in the entries of another kind that has come to wait for the same. They count as overtaken as often as the one or the other.
    /// </summary>
    public void Merge(WaitlistKind other)
    {
        int[] merged = [.. Entries.Concat(other.Entries).Order()];
        numbers.Clear();
        numbers.AddRange(merged);
        (head, Count, other.Count) = (0, merged.Length, 0);
        if (other.Overtakes <= Overtakes) return;
        overtakers.Clear();
        overtakers.AddRange(other.overtakers);
    }

    /// <summary>How often an entry of this kind was overtaken: once by each that joined after it and was served before it.</summary>
    public int OvertakesOf(int number) => overtakers.Count - IndexOfLargerThan(number);

    private int IndexOfLargerThan(int number)
    {
        var index = overtakers.BinarySearch(number);
        return index < 0 ? ~index : index + 1;
    }
}
