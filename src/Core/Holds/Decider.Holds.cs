namespace Seats.Core;

public static partial class Decider
{
    private static readonly Answer<HoldView> HoldAnswer = Views.Hold;

    /// <summary>Locks places for the caller, all or nothing.</summary>
    public static Decision<HoldView> Decide(EventState state, Requester by, HoldSeats command, DateTimeOffset now)
    {
        if (ClosedToSales(state, by, now) is { } closed) return closed;
        var wish = command.Wish;
        if (Choice.Malformed(state, wish) is { } malformed) return malformed;
        if (UnknownSeat(state, wish) is { } unknown) return unknown;
        var person = state.People.Find(by);
        if (OverLimit(state, person, wish.Seats?.Count ?? wish.Places, now) is { } tooMany) return tooMany;
        if (Hoards(state, by, person, now) is { } waits) return waits;
        var choice = Choice.Of(state, wish);
        if (choice.Refusal is { } refusal) return refusal;
        var time = state.Clock.At(now);
        var until = time + state.Rules.HoldTime;
        var atMost = time + state.Rules.HoldTimeAtMost;
        var held = new SeatsHeld(state.LastHold + 1, ToPerson(by), choice.Places, until, atMost);
        return new Decision<HoldView>([held], null, HoldAnswer, held.Hold, true);
    }

    /// <summary>Makes other places the hold's, all or nothing.</summary>
    public static Decision<HoldView> Decide(EventState state, Requester by, ChangeHold command, DateTimeOffset now)
    {
        if (ClosedToSales(state, by, now) is { } closed) return closed;
        if (FindHold(state, by, command.Hold, now, out var hold) is { } missing) return missing;
        if (Choice.Malformed(state, PlaceWish.Named(command.Seats)) is { } malformed) return malformed;
        var own = hold.Places.ToHashSet();
        var choice = Choice.Of(state, PlaceWish.Named(command.Seats), own);
        if (choice.Refusal is { Status: not RefusalStatus.SeatsTaken } refusal) return refusal;
        var more = choice.Places.Length - hold.Places.Length;
        // A hold may always become smaller, also above a limit that was lowered since.
        if (choice.Refusal is null && more > 0 && OverLimit(state, hold.Who, more, now) is { } tooMany) return tooMany;
        if (choice.Refusal is { } taken) return taken;
        IReadOnlyList<Fact> facts = own.SetEquals(choice.Places) ? [] : [new HoldChanged(hold.Number, choice.Places)];
        return new Decision<HoldView>(facts, null, HoldAnswer, hold.Number, false);
    }

    /// <summary>Gives a hold its full time again, up to its hard cap.</summary>
    public static Decision<HoldView> Decide(EventState state, Requester by, ExtendHold command, DateTimeOffset now)
    {
        if (ClosedToSales(state, by, now) is { } closed) return closed;
        if (FindHold(state, by, command.Hold, now, out var hold) is { } missing) return missing;
        var until = state.Clock.At(now) + state.Rules.HoldTime;
        if (until > hold.UntilAtMost) until = hold.UntilAtMost;
        IReadOnlyList<Fact> facts = until <= hold.Until ? [] : [new HoldExtended(hold.Number, until)];
        return new Decision<HoldView>(facts, null, HoldAnswer, hold.Number, false);
    }

    /// <summary>Gives places back: of one hold or of all the caller's, all places or some.</summary>
    public static Decision<ReleasedPlaces> Decide(EventState state, Requester by, ReleaseSeats command, DateTimeOffset now)
    {
        if (!state.Exists || !by.IsKnown) return RefusalStatus.NotFound;
        List<Hold> holds = [];
        if (command.Hold is { } number)
        {
            if (FindHold(state, by, number, now, out var hold) is { } missing) return missing;
            holds.Add(hold);
        }
        else holds.AddRange(LiveHolds(state, state.People.Find(by), now));
        var places = holds.SelectMany(hold => hold.Places).ToHashSet();
        if (command.Seats is { Count: > 0 } seats)
        {
            if (Choice.Malformed(state, PlaceWish.Named(seats)) is { } malformed) return malformed;
            if (NamedPlaces.Find(state.Places, seats, places, out var named) is { } unknown) return unknown;
            if (named.FirstOrDefault(place => !places.Contains(place), -1) is >= 0 and var other)
                return new Refusal(RefusalStatus.NotFound) { Subject = state.Places.Layout.NameOf(other) };
            places = [.. named];
        }
        var facts = new List<Fact>();
        foreach (var hold in holds)
            if (hold.Places.Where(places.Contains).ToArray() is { Length: > 0 } given)
                facts.Add(new SeatsReleased(hold.Number, given, by.Id));
        var released = new ReleasedPlaces(state.Places.Layout.NamesOf([.. facts.Cast<SeatsReleased>().SelectMany(fact => fact.Places)]));
        return new Decision<ReleasedPlaces>(facts, null, (_, _, _) => released, 0, false);
    }

    private static IEnumerable<Hold> LiveHolds(EventState state, PersonEntry? person, DateTimeOffset now) =>
        (person?.Holds ?? []).Select(number => state.FindHold(number)!).Where(hold => !state.HasLapsed(hold, now));

    private static Refusal? FindHold(EventState state, Requester by, int number, DateTimeOffset now, out Hold hold)
    {
        hold = state.FindHold(number)!;
        if (hold is null || state.HasLapsed(hold, now))
            return new Refusal(number > 0 && number <= state.LastHold ? RefusalStatus.HoldExpired : RefusalStatus.NotFound);
        return hold.Who.Id == by.Id || state.IsOrganiser(by) ? null : new Refusal(RefusalStatus.NotFound);
    }

    /// <summary>A seat that does not exist is told first: it is a mistake of the asker, whatever else stands in the way.</summary>
    private static Refusal? UnknownSeat(EventState state, PlaceWish wish)
    {
        foreach (var name in wish.Seats ?? [])
            if (state.Places.Layout.Find(name) is not { IsArea: true } && !NamedPlaces.TryFindSeat(state.Places, name, out _))
                return new Refusal(RefusalStatus.SeatsUnknown) { Subject = name };
        return null;
    }
}
