using Seats.Core;

namespace Seats.Bench;

/// <summary>What the pure core costs where a line is long or a hall is large, beside its cost elsewhere: no server, one thread.</summary>
internal static class PureCore
{
    private const int Rounds = 3;
    private const int Calls = 400;
    private const int CheapCalls = 10_000;
    private const int Hall = 100_000;

    public static void Run(Table table)
    {
        var (few, many) = (new Measured("100 waiting", () => Joins(100)), new Measured("40,000 waiting", () => Joins(40_000)));
        Compare(table, "a join, one free place that nobody can use", few, many, 2);
        (few, many) = (new Measured("100 waiting", () => Releases(100)), new Measured("40,000 waiting", () => Releases(40_000)));
        Compare(table, "a release that nobody can use", few, many, 2);
        var (taken, held) = (new Measured("seats.taken, sold out", Refusals), new Measured("a successful hold", Holds));
        Compare(table, $"in a hall of {Hall:N0}", held, taken, 1);
        (few, many) = (new Measured("of 1,000", () => TurnOf(Promote(1_000))), new Measured("of 50,000", () => TurnOf(Promote(50_000))));
        Compare(table, "a turn that promotes, of many", few, many, 2);
        var all = Promote(50_000);
        var turns = $"{all.Turns.Sum():N0} ms in {all.Turns.Count:N0} turns, the longest {all.Turns.Max():0.0} ms";
        table.Add("50,000 promoted", $"{turns}, the largest version {all.Largest:N0} bytes");
    }

    /// <summary>Medians of rounds that alternate, and their ratio, which should be at most <paramref name="bar"/>.</summary>
    private static void Compare(Table table, string what, Measured peer, Measured own, double bar)
    {
        peer.Microseconds();
        own.Microseconds();
        List<double> peers = [], owns = [];
        for (var round = 0; round < Rounds; round++)
        {
            peers.Add(peer.Microseconds());
            owns.Add(own.Microseconds());
        }
        var (beside, measured) = (peers.Order().ElementAt(Rounds / 2), owns.Order().ElementAt(Rounds / 2));
        table.Add($"{what}: {peer.Name} / {own.Name}", $"{beside:0.00} µs / {measured:0.00} µs");
        table.Add($"{what}: {own.Name} beside {peer.Name}", $"{measured / beside:0.00} ×", $"≤ {bar:0.##} ×", measured / beside <= bar);
    }

    private static double Joins(int waiting)
    {
        // Everybody waits for two, and one is free.
        var core = new CoreEvent(settings => settings with { Capacity = 10, Seating = SeatingKind.General });
        core.Do(CoreEvent.Person(0), new HoldSeats(PlaceWish.Any(9)), Decider.Decide);
        core.Do(CoreEvent.Person(1), new HoldSeats(PlaceWish.Any(1)), Decider.Decide);
        for (var number = 2; number < 2 + waiting; number++) Join(core, number);
        core.Do(CoreEvent.Person(1), new ReleaseSeats(null, null), Decider.Decide);
        return CoreEvent.Measure(Calls, number => Join(core, 2 + waiting + number));
    }

    private static double Releases(int waiting)
    {
        // Every second seat is held, and the others are not for sale: a pair finds nothing side by side, however many are released.
        var core = new CoreEvent(settings => settings with { Capacity = 4 * Calls * 2 });
        Alternate(core, 4 * Calls * 2);
        for (var number = 0; number < waiting; number++) Join(core, 1_000_000 + number, together: true);
        return CoreEvent.Measure(Calls, number => core.Do(CoreEvent.Person(number), new ReleaseSeats(null, null), Decider.Decide));
    }

    private static void Alternate(CoreEvent core, int seats)
    {
        var width = Math.Max(10, (int)Math.Ceiling(Math.Sqrt(seats)));
        string Name(int position) => $"main/{position / width + 1}/{position % width + 1}";
        var byTurns = Enumerable.Range(0, seats).ToLookup(position => (position / width + position) % 2, Name);
        core.Do(CoreEvent.Owner, new BlockSeats([.. byTurns[1]], null), Decider.Decide);
        foreach (var (number, seat) in byTurns[0].Index())
            core.Do(CoreEvent.Person(number), new HoldSeats(PlaceWish.Named(seat)), Decider.Decide);
    }

    private static double Holds()
    {
        var core = new CoreEvent(settings => settings with { Capacity = Hall });
        return CoreEvent.Measure(CheapCalls, number => core.Do(CoreEvent.Person(number), Seat(number), Decider.Decide));
    }

    private static double Refusals()
    {
        var core = new CoreEvent(settings => settings with { Capacity = Hall, PlacesPerPerson = 1_000 });
        for (var number = 0; number < Hall / 1_000; number++) HoldMany(core, 1_000_000 + number);
        return CoreEvent.Measure(CheapCalls, number => core.Refuse(CoreEvent.Person(number), Seat(number)));
    }

    private static HoldSeats Seat(int number) => new(PlaceWish.Named($"main/{number / 200 + 100}/{number % 200 + 1}"));

    private static void HoldMany(CoreEvent core, int person) =>
        core.Do(CoreEvent.Person(person), new HoldSeats(PlaceWish.Any(1_000) with { Together = false }), Decider.Decide);

    private static double TurnOf(CoreEvent core) => LoadGenerator.At([.. core.Turns.Order()], 0.5) * 1_000;

    /// <summary>A hall that is held by few lapses at once, and everybody in a line as long gets a seat.</summary>
    private static CoreEvent Promote(int people)
    {
        var core = new CoreEvent(settings => settings with { Capacity = people, PlacesPerPerson = 1_000, AutoPromote = true });
        for (var number = 0; number < people / 1_000; number++) HoldMany(core, 1_000_000 + number);
        for (var number = 0; number < people; number++) Join(core, number, places: 1);
        core.ForgetTurns();
        core.HoldsLapse();
        core.Drain();
        if (core.Promoted != people) throw new InvalidOperationException($"{core.Promoted} of {people} were promoted.");
        return core;
    }

    private static void Join(CoreEvent core, int number, int places = 2, bool together = false) =>
        core.Do(CoreEvent.Person(number), new JoinWaitlist(new WaitlistWish(places, together, [])), Decider.Decide);

    private sealed record Measured(string Name, Func<double> Microseconds);
}
