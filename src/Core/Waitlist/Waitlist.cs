namespace Seats.Core;

/// <summary>
/// The people in line, first come first: invitation numbers rise with time, so their order is the line's. Entries are kept by kind of wish,
/// so that what the line costs depends on how many different things people wait for, not on how many people wait.
/// </summary>
internal sealed class Waitlist
{
    private readonly EntryNumbers numbers = new();
    private readonly Dictionary<(int Places, string Wish), WaitlistKind> kinds = [];
    private readonly SortedDictionary<int, WaitlistKind> byFirst = [];

    // The kinds that free places are kept for, by the end of that; a stale entry is dropped when it comes up.
    private readonly PriorityQueue<WaitlistKind, DateTimeOffset> keeping = new();
    private readonly List<WaitlistKind> neverServed = [];
    private (KeptPlaces Places, int OvertakesAtMost, bool ForAll)? kept;
    private int last;

    /// <summary>Entries in line.</summary>
    public int Count => numbers.Count;

    /// <summary>Places asked for by all.</summary>
    public int Places { get; private set; }

    /// <summary>The kinds of wishes, in the order of their first entries.</summary>
    public IReadOnlyCollection<WaitlistKind> Kinds => byFirst.Values;

    /// <summary>The time of offers is over: nobody is served, and nothing is kept.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>When places are kept no longer for some kind of wish, on the event's clock; null where that is not pending.</summary>
    public DateTimeOffset? NextKeptUntil
    {
        get
        {
            while (keeping.TryPeek(out var kind, out var until))
            {
                if (IsKeeping(kind, until)) return until;
                keeping.Dequeue();
            }
            return null;
        }
    }

    /// <summary>Invitation numbers above <paramref name="number"/>, in order.</summary>
    public IEnumerable<int> After(int number) => numbers.After(number);

    public void Join(Invitation entry, Layout layout)
    {
        if (last >= entry.Number) throw new InvariantViolatedException($"Entry {entry.Number} joined the line behind {last}.");
        last = entry.Number;
        numbers.Add(entry.Number);
        if (!kinds.TryGetValue(KeyOf(entry), out var kind))
        {
            kinds.Add(KeyOf(entry), kind = new WaitlistKind(entry.Count, entry.Wish!, numbers));
            byFirst.Add(entry.Number, kind);
            Fit(kind, layout);
            kept = null;
        }
        kind.Join(entry.Number);
        Places += entry.Count;
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
            kept = null;
        }
        if (kind.Count == 0) Drop(kind, KeyOf(entry));
        Places -= entry.Count;
    }

    /// <summary>
    /// An entry leaves because it is served: whoever joined before it, and would take such a place, is overtaken once more.
    /// </summary>
    /// <param name="overtakesAtMost">A kind of wish that was overtaken as often is counted no further.</param>
    public void Serve(Invitation entry, Layout layout, IReadOnlyList<int> places, int overtakesAtMost)
    {
        var kind = KindOf(entry);
        Leave(entry);
        kind.ForgetKeeping();
        HashSet<string>? categories = null;
        foreach (var other in byFirst.Values)
        {
            if (other.First > entry.Number) break;
            if (other.Overtakes < Math.Max(1, overtakesAtMost) && other.Wish.WantsAny(categories ??= layout.CategoriesOf(places)))
                other.Overtake(entry.Number);
        }
        kept = null;
    }

    /// <summary>Position from 1.</summary>
    public int PositionOf(int number) => numbers.CountUpTo(number);

    /// <summary>Whether nobody who waits for the same joined before.</summary>
    public bool IsFirstOfKind(Invitation entry) => KindOf(entry).First == entry.Number;

    /// <summary>Free places that are kept from people who do not stand in line.</summary>
    /// <param name="forAll">Also for kinds of wish that places were kept for in vain: somebody is about to be served.</param>
    public KeptPlaces Kept(int overtakesAtMost, bool forAll)
    {
        if (kept is { } known && (known.OvertakesAtMost, known.ForAll) == (overtakesAtMost, forAll)) return known.Places;
        var places = new KeptPlaces();
        if (!IsClosed)
            foreach (var kind in byFirst.Values)
                if (forAll || kind.Keeps(overtakesAtMost)) places.Add(kind.Wish, kind.Places);
        kept = (places, overtakesAtMost, forAll);
        return places;
    }

    /// <summary>Free places are kept for the kind of an entry from now on.</summary>
    public void BeginKeeping(Invitation first, DateTimeOffset until)
    {
        var kind = KindOf(first);
        kind.BeginKeeping(until);
        keeping.Enqueue(kind, until);
        kept = null;
    }

    /// <summary>Free places are kept for the kind of an entry no longer.</summary>
    public void EndKeeping(Invitation first)
    {
        KindOf(first).EndKeeping();
        kept = null;
    }

    /// <summary>First entries of the kinds whose time to keep places is over at a moment, <paramref name="atMost"/> of them.</summary>
    public int[] KeptUntil(DateTimeOffset time, int atMost) => NextKeptUntil > time
        ? []
        : [.. keeping.UnorderedItems
            .Where(item => item.Priority <= time && IsKeeping(item.Element, item.Priority))
            .Select(item => item.Element.First)
            .Distinct()
            .Order()
            .Take(atMost)];

    /// <summary>Entries that the plan can never serve, <paramref name="atMost"/> of them.</summary>
    public int[] NeverServed(int atMost) => neverServed.Count == 0 ? [] : [.. neverServed.SelectMany(kind => kind.Entries).Take(atMost)];

    public void Close()
    {
        IsClosed = true;
        kept = null;
    }

    public void Open()
    {
        IsClosed = false;
        kept = null;
    }

    /// <summary>
    /// The plan changed. Who waits for a category that went waits for what its sections are sold as now; what no plan can serve is noted.
    /// </summary>
    /// <param name="entryOf">The entry of a number.</param>
    public void Follow(Layout before, Layout after, Func<int, Invitation> entryOf)
    {
        var became = before.CategoriesThatWent(after);
        foreach (var kind in byFirst.Values.ToArray())
            if (kind.Wish.Follow(became) is var wish && wish != kind.Wish) Follow(kind, wish, entryOf);
        neverServed.Clear();
        foreach (var kind in byFirst.Values) Fit(kind, after);
        kept = null;
    }

    /// <summary>How often an entry in line was overtaken.</summary>
    public int OvertakesOf(Invitation entry) => KindOf(entry).OvertakesOf(entry.Number);

    /// <summary>Writes what does not follow from the entries.</summary>
    public void WriteTo(BinaryWriter writer)
    {
        writer.Write(IsClosed);
        var noted = byFirst.Values.Where(kind => kind.Overtakes > 0 || kind.WasKeptInVain || kind.KeptUntil is not null).ToList();
        writer.Write(noted.Count);
        foreach (var kind in noted)
        {
            writer.Write(kind.First);
            EventState.Write(writer, kind.KeptUntil);
            writer.Write(kind.WasKeptInVain);
            writer.Write(kind.Overtakes);
            foreach (var served in kind.Overtakers) writer.Write(served);
        }
    }

    /// <summary>Reads what was written, once the entries are in line again.</summary>
    public void ReadFrom(BinaryReader reader)
    {
        IsClosed = reader.ReadBoolean();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var kind = byFirst[reader.ReadInt32()];
            kind.Restore(EventState.ReadTime(reader), reader.ReadBoolean());
            if (kind.KeptUntil is { } until) keeping.Enqueue(kind, until);
            for (var overtakes = reader.ReadInt32(); overtakes > 0; overtakes--) kind.Overtake(reader.ReadInt32());
        }
    }

    private static bool IsKeeping(WaitlistKind kind, DateTimeOffset until) => kind.Count > 0 && kind.KeptUntil == until;

    private void Fit(WaitlistKind kind, Layout layout)
    {
        kind.FitTo(layout);
        if (!kind.CanBeServed) neverServed.Add(kind);
    }

    private void Follow(WaitlistKind kind, Wish wish, Func<int, Invitation> entryOf)
    {
        kinds.Remove((kind.Places, kind.Wish.Kind));
        foreach (var number in kind.Entries) entryOf(number).Wish = wish;
        if (!kinds.TryGetValue((kind.Places, wish.Kind), out var same))
        {
            kind.Follow(wish);
            kinds.Add((kind.Places, wish.Kind), kind);
            return;
        }
        byFirst.Remove(kind.First);
        byFirst.Remove(same.First);
        same.Merge(kind);
        byFirst.Add(same.First, same);
    }

    private void Drop(WaitlistKind kind, (int, string) key)
    {
        kinds.Remove(key);
        neverServed.Remove(kind);
    }

    private WaitlistKind KindOf(Invitation entry) => kinds[KeyOf(entry)];

    private static (int, string) KeyOf(Invitation entry) => (entry.Count, entry.Wish!.Kind);
}
