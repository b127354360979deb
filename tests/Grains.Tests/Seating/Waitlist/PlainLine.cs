using Seats.Grains.Abstractions;
using Seats.Grains.Seating;
using EventState = Seats.Grains.Seating.EventState;

namespace Seats.Grains.Tests.Seating;

/// <summary>
/// The rule of the line in its plainest form: tries every entry in order, and counts for each how often it was overtaken. It knows nothing
/// of kinds of wishes, and says what the real one must do.
/// </summary>
internal sealed class PlainLine
{
    private readonly Dictionary<int, int> overtaken = [];

    public EventState State { get; } = new(1);

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
            (line.State.Version, line.State.LastAt) = (version, at);
            if (inOneVersion) Assert.Null(line.Next(at));
        }
        return line;
    }

    private void Take(Fact fact, DateTimeOffset at, int? atOnce)
    {
        if (fact is PlacesOffered or WaitlistPromoted)
        {
            var (entry, chosen, passed) = Next(at) ?? throw new InvalidOperationException($"Nobody can be served, and yet: {fact}");
            var named = Named(passed);
            if (State.Rules.AutoPromote || entry == atOnce) AssertPromoted(Assert.IsType<WaitlistPromoted>(fact), entry, chosen, named);
            else AssertOffered(Assert.IsType<PlacesOffered>(fact), entry, chosen, named, at);
            foreach (var number in passed) overtaken[number] = OvertakesOf(number) + 1;
        }
        State.Evolve(fact, at);
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
    private int[] Named(List<int> passed) =>
        [.. passed.DistinctBy(number => (Entry(number).Count, Entry(number).Wish!.Kind)).Take(Limits.OvertakenListedAtMost)];

    private (int Entry, int[] Places, List<int> Passed)? Next(DateTimeOffset now)
    {
        if (State.StateAt(now) is not (Abstractions.EventState.OnSale or Abstractions.EventState.Paused)) return null;
        var passed = new List<Invitation>();
        var kept = new HashSet<string>();
        foreach (var entry in State.Waitlist.After(0).Select(Entry))
        {
            var wish = entry.Wish!;
            var chosen = BestAvailable.Choose(
                State.Places, entry.Count, section => wish.Wants(section.Category) && !kept.Contains(section.Category), wish.Together);
            if (chosen is not null)
            {
                var categories = chosen.Select(place => State.Places.Layout.RowOf(place)!.Section.Category).ToHashSet();
                return (entry.Number, chosen, [.. passed.Where(other => categories.Any(other.Wish!.Wants)).Select(other => other.Number)]);
            }
            if (OvertakesOf(entry.Number) < State.Rules.OvertakesAtMost) passed.Add(entry);
            else kept.UnionWith(State.Places.Layout.Sections.Select(section => section.Category).Where(wish.Wants));
        }
        return null;
    }

    private Invitation Entry(int number) => State.FindInvitation(number)!;
}
