namespace Seats.Core.Tests;

/// <summary>
/// The rule of the line in its plainest form: tries every entry in order, counts for each how often it was overtaken, and looks at every
/// place by itself. It says what the real one must do.
/// </summary>
internal sealed class PlainLine
{
    private readonly Dictionary<int, int> overtaken = [];

    // What wishes of a kind have places kept until, and those that had them kept in vain.
    private readonly Dictionary<(int, string), DateTimeOffset> keeping = [];
    private readonly HashSet<(int, string)> inVain = [];
    private bool isClosed;

    public EventState State { get; } = new(1);

    private IEnumerable<Invitation> Entries => State.Waitlist.After(0).Select(Entry);

    public int OvertakesOf(int entry) => overtaken.GetValueOrDefault(entry);

    /// <summary>Reads a journal; before each fact that serves somebody, the plain rule must say the same.</summary>
    /// <param name="inOneVersion">Whether nobody who can be served may be left when a version ends.</param>
    public static PlainLine Follow(IReadOnlyList<(long Version, DateTimeOffset At, IReadOnlyList<Fact> Facts)> journal, bool inOneVersion)
    {
        var line = new PlainLine();
        foreach (var (version, at, facts) in journal)
        {
            var atOnce = facts.OfType<WaitlistJoined>().FirstOrDefault(joined => joined.Confirm == true)?.Invitation;
            foreach (var fact in facts) line.Take(fact, at, atOnce);
            line.State.Close(version, at);
            if (!inOneVersion) continue;
            Assert.True(!line.MayServe(at) || line.Next() is null);
            Assert.True(!line.MayServe(at) || !line.Entries.Any(line.BeginsToKeep));
        }
        return line;
    }

    private void Take(Fact fact, DateTimeOffset at, int? atOnce)
    {
        switch (fact)
        {
            case PlacesOffered or WaitlistPromoted:
                Assert.True(MayServe(at), $"Nobody may be served, and yet: {fact}");
                Serve(fact, at, atOnce);
                break;
            case PlacesKept kept:
                Assert.True(MayServe(at) && Next() is null, $"Somebody can be served, and yet: {fact}");
                Assert.Equal(State.Clock.At(at) + State.Rules.KeepTime, kept.Until);
                Assert.All(kept.Invitations, number => Assert.True(IsFirstOfKind(Entry(number)) && BeginsToKeep(Entry(number))));
                foreach (var number in kept.Invitations) keeping[KindOf(Entry(number))] = kept.Until;
                break;
            case KeepingEnded ended:
                foreach (var number in ended.Invitations) EndKeeping(KindOf(Entry(number)), State.Clock.At(at));
                break;
            case OffersEnded:
                Assert.True(at >= State.Rules.OffersUntil);
                isClosed = true;
                break;
        }
        State.Evolve(fact, at);
        if (fact is EventChanged && State.Rules.OffersUntil > at) isClosed = false;
        var kinds = Entries.Select(KindOf).ToHashSet();
        foreach (var gone in keeping.Keys.Where(kind => !kinds.Contains(kind)).ToArray()) keeping.Remove(gone);
        inVain.IntersectWith(kinds);
        AssertKept();
    }

    private void EndKeeping((int, string) kind, DateTimeOffset time)
    {
        Assert.True(keeping.Remove(kind, out var until) && until <= time);
        inVain.Add(kind);
        foreach (var entry in Entries.Where(entry => KindOf(entry) == kind)) overtaken.Remove(entry.Number);
    }

    private void Serve(Fact fact, DateTimeOffset at, int? atOnce)
    {
        var (entry, chosen, passed) = Next() ?? throw new InvalidOperationException($"Nobody can be served, and yet: {fact}");
        var named = Named(passed);
        if (State.Rules.AutoPromote || entry == atOnce) AssertPromoted(Assert.IsType<WaitlistPromoted>(fact), entry, chosen, named);
        else AssertOffered(Assert.IsType<PlacesOffered>(fact), entry, chosen, named, at);
        var kind = KindOf(Entry(entry));
        (_, _) = (keeping.Remove(kind), inVain.Remove(kind));
        var categories = chosen.Select(CategoryOf).ToHashSet();
        var before = Entries.Where(other => other.Number < entry && categories.Any(other.Wish!.Wants)).ToArray();
        foreach (var other in before.Where(other => OvertakesOf(FirstOfKind(other).Number) < Math.Max(1, State.Rules.OvertakesAtMost)).ToArray())
            overtaken[other.Number] = OvertakesOf(other.Number) + 1;
    }

    private static void AssertPromoted(WaitlistPromoted promoted, int entry, int[] chosen, int[] named)
    {
        Assert.Equal((entry, $"ticket-{entry}"), (promoted.Invitation, promoted.Ticket));
        Assert.Equal(chosen, promoted.Places);
        Assert.Equal(named, promoted.Overtaken ?? []);
    }

    private void AssertOffered(PlacesOffered offered, int entry, int[] chosen, int[] named, DateTimeOffset at)
    {
        Assert.Equal((entry, State.Clock.At(at) + State.Rules.OfferTime), (offered.Invitation, offered.Until));
        Assert.Equal(chosen, offered.Places);
        Assert.Equal(named, offered.Overtaken ?? []);
    }

    /// <summary>Whom the fact names: of those who want the same, the first.</summary>
    private int[] Named(List<int> passed) => [.. passed.DistinctBy(number => KindOf(Entry(number))).Take(Limits.OvertakenListedAtMost)];

    private bool MayServe(DateTimeOffset now) => State.StateAt(now) == EventStatus.OnSale && !isClosed && now < State.Rules.OffersUntil;

    private (int Entry, int[] Places, List<int> Passed)? Next()
    {
        if (isClosed || Entries.Any(entry => !CanEverBeServed(entry))) return null;
        var passed = new List<Invitation>();
        var blocked = new KeptPlaces();
        foreach (var entry in Entries)
        {
            var wish = entry.Wish!;
            if (BestAvailable.Choose(State.Places, entry.Count, wish.Wants, wish.Together, blocked) is { } chosen)
            {
                var categories = chosen.Select(CategoryOf).ToHashSet();
                return (entry.Number, chosen, [.. passed.Where(other => categories.Any(other.Wish!.Wants)).Select(other => other.Number)]);
            }
            if (Blocks(entry)) blocked.Add(wish, entry.Count);
            else passed.Add(entry);
        }
        return null;
    }

    /// <summary>Every free place by itself: kept from others or not.</summary>
    private void AssertKept()
    {
        var isServed = Next() is not null;
        foreach (var row in State.Places.Layout.Rows)
            for (var offset = 0; offset < row.Count; offset++)
                if (State.Places[row.Base + offset] == PlaceState.Free)
                    Assert.Equal(!isClosed && Entries.Any(entry => (isServed || Keeps(entry)) && CouldGet(entry, row, offset)), State.KeptPlaces.Keeps(State.Places, row, offset));
    }

    private bool BeginsToKeep(Invitation entry) => !keeping.ContainsKey(KindOf(entry)) && Keeps(entry) && State.Places.Layout.Rows.Any(row =>
        Enumerable.Range(0, row.Count).Any(offset => State.Places[row.Base + offset] == PlaceState.Free && CouldGet(entry, row, offset)));

    private bool Keeps(Invitation entry) => !inVain.Contains(KindOf(entry)) || keeping.ContainsKey(KindOf(entry)) || Blocks(entry);

    private bool Blocks(Invitation entry) => OvertakesOf(FirstOfKind(entry).Number)
        >= (inVain.Contains(KindOf(entry)) ? Math.Max(1, State.Rules.OvertakesAtMost) : State.Rules.OvertakesAtMost);

    private bool CouldGet(Invitation entry, Row row, int offset)
    {
        if (!entry.Wish!.Wants(row.Section)) return false;
        if (!entry.Wish.Together) return true;
        if (row.Section.IsArea) return row.Section.Rows.Sum(span => Enumerable.Range(0, span.Count).Count(at => IsOpen(span, at))) >= entry.Count;
        return Enumerable.Range(0, row.Count).Any(from =>
            from <= offset && offset < from + entry.Count && from + entry.Count <= row.Count
            && Enumerable.Range(from, entry.Count).All(at => IsOpen(row, at)));
    }

    private bool CanEverBeServed(Invitation entry) => entry.Count <= (entry.Wish!.Together
        ? State.Places.Layout.Sections.Where(entry.Wish.Wants).Select(section => section.LongestRun).DefaultIfEmpty(0).Max()
        : State.Places.Layout.Sections.Where(entry.Wish.Wants).Sum(section => section.Total));

    private bool IsOpen(Row row, int offset) =>
        State.Places[row.Base + offset] is PlaceState.Free or PlaceState.Held or PlaceState.Offered or PlaceState.Invited;

    private bool IsFirstOfKind(Invitation entry) => FirstOfKind(entry) == entry;

    private Invitation FirstOfKind(Invitation entry) => Entries.First(other => KindOf(other) == KindOf(entry));

    private string CategoryOf(int place) => State.Places.Layout.RowOf(place)!.Section.Category;

    private static (int, string) KindOf(Invitation entry) => (entry.Count, entry.Wish!.Kind);

    private Invitation Entry(int number) => State.FindInvitation(number)!;
}
