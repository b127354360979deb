namespace Seats.Core;

/// <summary>
/// What holds after every entry, checked in production too. No place twice is checked where places change hands
/// (<see cref="PlaceMap.Move"/>); here are the sums, in constant time.
/// </summary>
internal static class Invariants
{
    public static void Check(EventState state)
    {
        var places = state.Places;
        var taken = places.Count(PlaceState.Held) + places.Count(PlaceState.Offered) + places.Count(PlaceState.Invited)
            + places.Count(PlaceState.Confirmed);
        var open = places.Count(PlaceState.Free) + places.Count(PlaceState.Blocked);
        if (taken + open != places.Total || places.Count(PlaceState.Free) < 0)
            throw new InvariantViolatedException($"{taken} places taken and {open} open do not make {places.Total}.");
        if (state.Waitlist.Places < 0) throw new InvariantViolatedException("Less than nobody waits in line.");
    }
}
