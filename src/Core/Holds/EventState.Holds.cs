namespace Seats.Core;

public sealed partial class EventState
{
    private void Apply(SeatsHeld held, DateTimeOffset at)
    {
        if (held.Hold <= LastHold) throw new InvariantViolatedException($"Hold {held.Hold} was made twice.");
        LastHold = held.Hold;
        var who = Meet(held.Who);
        int[] places = [.. held.Places];
        foreach (var place in places) Places.Move(place, PlaceState.Free, PlaceState.Held, 0, held.Hold);
        var hold = new Hold(held.Hold, who, places, held.Until, held.UntilAtMost, Clock.At(at));
        holds.Add(hold.Number, hold);
        who.Holds.Add(hold.Number);
        who.Places += places.Length;
        Deadlines.Add(hold);
    }

    private void Apply(HoldChanged changed)
    {
        var hold = RequiredHold(changed.Hold);
        int[] places = [.. changed.Places];
        foreach (var place in hold.Places.Except(places)) Free(place, PlaceState.Held, hold.Number);
        foreach (var place in places.Except(hold.Places)) Places.Move(place, PlaceState.Free, PlaceState.Held, 0, hold.Number);
        hold.Who.Places += places.Length - hold.Places.Length;
        hold.Places = places;
    }

    private void Apply(HoldExtended extended)
    {
        var hold = RequiredHold(extended.Hold);
        hold.Until = extended.Until;
        Deadlines.Add(hold);
    }

    private void Apply(SeatsReleased released, DateTimeOffset at)
    {
        var hold = RequiredHold(released.Hold);
        foreach (var place in released.Places) Free(place, PlaceState.Held, hold.Number);
        hold.Who.Places -= released.Places.Count;
        hold.Places = [.. hold.Places.Except(released.Places)];
        if (hold.Places.Length == 0) Forget(hold);
        NoteGivenBack(hold, released.By, at);
    }

    private void Apply(HoldsExpired expired, DateTimeOffset at)
    {
        CountLapsed(expired.Holds, at);
        EndHolds(expired.Holds);
    }

    private void EndHolds(IReadOnlyList<int> numbers)
    {
        foreach (var number in numbers)
        {
            var hold = RequiredHold(number);
            foreach (var place in hold.Places) Free(place, PlaceState.Held, number);
            hold.Who.Places -= hold.Places.Length;
            Forget(hold);
        }
    }

    private void Forget(Hold hold)
    {
        holds.Remove(hold.Number);
        hold.Who.Holds.Remove(hold.Number);
    }

    private void Free(int place, PlaceState from, int claim) => Places.Move(place, from, PlaceState.Free, claim, 0);

    /// <summary>Whoever comes for an invitation has all that its address was given, also where the event knew them under another.</summary>
    private void Bind(PersonEntry address, PersonEntry who)
    {
        if (address == who) return;
        foreach (var invitation in invitations)
        {
            if (invitation.Who != address) continue;
            invitation.Who = who;
            indexedInvitations.Add(invitation.Number);
        }
        People.Bind(address, who);
    }

    private PersonEntry Meet(Person person)
    {
        var entry = People.Meet(person, out var bound);
        if (bound)
            foreach (var invitation in invitations)
                if (invitation.Who == entry) indexedInvitations.Add(invitation.Number);
        return entry;
    }
}
