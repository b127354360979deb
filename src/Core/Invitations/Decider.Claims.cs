namespace Seats.Core;

public static partial class Decider
{
    /// <summary>Somebody claims places, for themself or for a guest: those of a hold, or of a wish. What they hold already is theirs to take.</summary>
    /// <param name="Until">When the claim lapses; one's own claim on held places no later than the hold.</param>
    private sealed record Claim(
        Requester By, Person Who, InvitationOrigin Origin, DateTimeOffset Now, DateTimeOffset Until, bool OrWait, bool Confirm)
    {
        private bool IsForOneself => Origin == InvitationOrigin.Registration;

        public Decision<InvitationView> FromHold(EventState state, int number)
        {
            if (FindHold(state, By, number, Now, out var hold) is { } missing) return missing;
            if (hold.Who.Id != By.Id) return RefusalStatus.NotFound;
            if (TooManyInvitations(state) is { } full) return full;
            if (!IsForOneself && OverLimit(state, PersonIn(state), hold.Places.Length, Now) is { } tooMany) return tooMany;
            return Made(state, [], [hold], hold.Places);
        }

        public Decision<InvitationView> FromWish(EventState state, PlaceWish wish)
        {
            if (Choice.Malformed(state, wish) is { } malformed) return malformed;
            if (UnknownSeat(state, wish) is { } unknown) return unknown;
            if (TooManyInvitations(state) is { } full) return full;
            var holds = wish.Seats is null ? [] : HoldsIn(state);
            var held = holds.Count == 0 ? null : holds.SelectMany(hold => hold.Places).ToHashSet();
            var choice = Choice.Of(state, wish, held);
            if (choice.Refusal is { } refusal && MayWait(state, wish, refusal) && LiveEntry(state, PersonIn(state), Now) is { } entry)
                return Unchanged(entry);
            // Places one holds count towards the limit already.
            var counted = IsForOneself && held is not null ? choice.Places.Count(held.Contains) : 0;
            var tooMany = OverLimit(state, PersonIn(state), (wish.Seats?.Count ?? wish.Places) - counted, Now);
            if (tooMany is not null && (choice.Refusal is null || held is null)) return tooMany;
            if (choice.Refusal is null && WaitsForMore(state, choice.Places, held) is { } waits) return waits;
            if (choice.Refusal is not { } refused) return FromHolds(state, holds, choice.Places);
            return MayWait(state, wish, refused) ? Wait(state, By, Who, Origin, wish, Confirm) : refused;
        }

        /// <summary>Places for oneself that one does not hold yet are as good as a hold.</summary>
        private Refusal? WaitsForMore(EventState state, int[] places, HashSet<int>? held) =>
            !IsForOneself || held is not null && places.All(held.Contains) ? null : Hoards(state, By, PersonIn(state), Now);

        private bool MayWait(EventState state, PlaceWish wish, Refusal refusal) => wish.Seats is null && OrWait && TakesEntries(state, Now)
            && refusal.Status is RefusalStatus.EventFull or RefusalStatus.EventHasLine;

        private PersonEntry? PersonIn(EventState state) => state.People.Find(Who);

        private List<Hold> HoldsIn(EventState state) => state.People.Find(By) is { } person && person.Id == By.Id
            ? [.. LiveHolds(state, person, Now)]
            : [];

        /// <summary>Takes what is held out of its holds, unless the claim is a whole hold.</summary>
        private Decision<InvitationView> FromHolds(EventState state, List<Hold> holds, int[] places)
        {
            var taken = holds.Where(hold => hold.Places.Any(places.Contains)).ToList();
            if (taken is [var whole] && whole.Places.ToHashSet().SetEquals(places)) return Made(state, [], taken, places);
            var released = taken.Select(hold => new SeatsReleased(hold.Number, [.. hold.Places.Where(places.Contains)], By.Id));
            return Made(state, [.. released], taken, places);
        }

        /// <param name="released">Facts that make held places free for the claim; none when it takes a whole hold over.</param>
        private Decision<InvitationView> Made(EventState state, IReadOnlyList<Fact> released, IReadOnlyList<Hold> holds, int[] places)
        {
            if (BeganTooMany(PersonIn(state), Origin) is { } began) return began;
            var until = IsForOneself && holds.Count > 0 ? holds.Min(hold => hold.Until) : Until;
            int? whole = released.Count == 0 && holds is [var hold] ? hold.Number : null;
            var made = new InvitationMade(state.LastInvitation + 1, Who, Origin, places, whole, until, By.Id);
            IEnumerable<Fact> facts = Confirm ? [.. released, made, new InvitationConfirmed(made.Invitation, Who, null)] : [.. released, made];
            return new Decision<InvitationView>([.. facts], null, InvitationAnswer, made.Invitation, true);
        }

        private static Refusal? TooManyInvitations(EventState state) => state.LastInvitation >= Limits.InvitationsAtMost
            ? new Refusal(RefusalStatus.LimitEvent) { Limit = Limits.InvitationsAtMost }
            : null;
    }
}
