namespace Seats.Grains.Seating;

/// <summary>
/// The people in line, first come first: invitation numbers rise with time, so their order is the line's. Entries are kept by kind of wish,
/// so that what the line costs depends on how many different things people wait for, not on how many people wait.
/// </summary>
internal sealed class Waitlist
{
    private readonly EntryNumbers numbers = new();
    private readonly Dictionary<(int Places, string Wish), WaitlistKind> kinds = [];
    private readonly SortedDictionary<int, WaitlistKind> byFirst = [];
    private readonly Dictionary<string, int> waitingFor = new(StringComparer.Ordinal);
    private int waitingForAny;
    private int last;

    /// <summary>Entries in line.</summary>
    public int Count => numbers.Count;

    /// <summary>Places asked for by all.</summary>
    public int Places { get; private set; }

    /// <summary>The kinds of wishes, in the order of their first entries.</summary>
    public IReadOnlyCollection<WaitlistKind> Kinds => byFirst.Values;

    /// <summary>Invitation numbers above <paramref name="number"/>, in order.</summary>
    public IEnumerable<int> After(int number) => numbers.After(number);

    public void Join(Invitation entry)
    {
        if (last >= entry.Number) throw new InvariantViolatedException($"Entry {entry.Number} joined the line behind {last}.");
        last = entry.Number;
        numbers.Add(entry.Number);
        if (!kinds.TryGetValue(KeyOf(entry), out var kind))
        {
            kinds.Add(KeyOf(entry), kind = new WaitlistKind(entry.Count, entry.Wish!, numbers));
            byFirst.Add(entry.Number, kind);
        }
        kind.Join(entry.Number);
        Note(entry, +1);
    }

    public void Leave(Invitation entry)
    {
        if (!numbers.Remove(entry.Number)) throw new InvariantViolatedException($"Entry {entry.Number} is not in line.");
        var kind = KindOf(entry);
        var first = kind.First;
        kind.Leave();
        if (first == entry.Number)
        {
            byFirst.Remove(first);
            if (kind.Count > 0) byFirst.Add(kind.First, kind);
        }
        if (kind.Count == 0) kinds.Remove(KeyOf(entry));
        Note(entry, -1);
    }

    /// <summary>Position from 1.</summary>
    public int PositionOf(int number) => numbers.CountUpTo(number);

    /// <summary>Whether somebody waits who would take places of this category.</summary>
    public bool Wants(string category) => waitingForAny > 0 || waitingFor.GetValueOrDefault(category) > 0;

    /// <summary>Whether nobody who waits for the same joined before.</summary>
    public bool IsFirstOfKind(Invitation entry) => KindOf(entry).First == entry.Number;

    /// <summary>An entry was served: whoever joined before it, and would take such a place, was overtaken once more.</summary>
    public void Overtake(int served, Layout layout, IReadOnlyList<int> places)
    {
        HashSet<string>? categories = null;
        foreach (var kind in byFirst.Values)
        {
            if (kind.First > served) break;
            if (kind.Wish.WantsAny(categories ??= layout.CategoriesOf(places))) kind.Overtake(served);
        }
    }

    /// <summary>How often an entry in line was overtaken.</summary>
    public int OvertakesOf(Invitation entry) => KindOf(entry).OvertakesOf(entry.Number);

    public void WriteOvertakers(BinaryWriter writer)
    {
        var overtaken = byFirst.Values.Where(kind => kind.Overtakes > 0).ToList();
        writer.Write(overtaken.Count);
        foreach (var kind in overtaken)
        {
            writer.Write(kind.First);
            writer.Write(kind.Overtakes);
            foreach (var served in kind.Overtakers) writer.Write(served);
        }
    }

    /// <summary>Reads what was written, once the entries are in line again.</summary>
    public void ReadOvertakers(BinaryReader reader)
    {
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var kind = byFirst[reader.ReadInt32()];
            for (var overtakes = reader.ReadInt32(); overtakes > 0; overtakes--) kind.Overtake(reader.ReadInt32());
        }
    }

    private WaitlistKind KindOf(Invitation entry) => kinds[KeyOf(entry)];

    private static (int, string) KeyOf(Invitation entry) => (entry.Count, entry.Wish!.Kind);

    private void Note(Invitation entry, int by)
    {
        Places += by * entry.Count;
        if (entry.Wish!.Categories.Count == 0) waitingForAny += by;
        foreach (var category in entry.Wish.Categories)
            waitingFor[category] = waitingFor.GetValueOrDefault(category) + by;
    }
}
