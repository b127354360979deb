namespace Seats.Core;

public static partial class Decider
{
    /// <summary>Stands in line; one live entry a person, and joining again answers with it.</summary>
    public static Decision<InvitationView> Decide(EventState state, Requester by, JoinWaitlist command, DateTimeOffset now)
    {
        if (ClosedToSales(state, by, now) is { } closed) return closed;
        var person = state.People.Find(by);
        if (LiveEntry(state, person, now) is { } entry) return Unchanged(entry);
        if (!TakesEntries(state, now)) return RefusalStatus.EventNoLine;
        var (places, together, categories) = (command.Wish.Places, command.Wish.Together, command.Wish.Categories);
        if (Choice.UnknownCategory(state, categories) is { } unknown) return unknown;
        if (OverLimit(state, person, places, now) is { } tooMany) return tooMany;
        var wish = new PlaceWish(null, places, [], categories, together);
        return Wait(state, by, ToGuest(by), InvitationOrigin.Waitlist, wish, confirm: false);
    }

    /// <summary>Confirms the offer made to the caller; again is the same.</summary>
    public static Decision<InvitationView> Decide(EventState state, Requester by, ConfirmOffer command, DateTimeOffset now)
    {
        if (!state.Exists || !by.IsKnown) return RefusalStatus.NotFound;
        return state.LatestEntryOf(state.People.Find(by)) is { } entry
            && state.StatusAt(entry, now) is InvitationStatus.Pending or InvitationStatus.Confirmed
            ? Confirm(state, WhoConfirms(entry, by), entry, now)
            : RefusalStatus.WaitlistNoOffer;
    }

    /// <summary>Leaves the line or gives an offer back; again is the same.</summary>
    public static Decision<InvitationView> Decide(EventState state, Requester by, LeaveWaitlist command, DateTimeOffset now)
    {
        if (!state.Exists || !by.IsKnown) return RefusalStatus.NotFound;
        if (state.LatestEntryOf(state.People.Find(by)) is not { } entry) return RefusalStatus.NotFound;
        var status = state.StatusAt(entry, now);
        if (status == InvitationStatus.Cancelled) return Unchanged(entry);
        if (status is not (InvitationStatus.Waitlist or InvitationStatus.Pending)) return RefusalStatus.NotFound;
        if (Closed(state, by, now) is { } closed) return closed;
        return Changed(entry, new InvitationCancelled(entry.Number, by.Id, null));
    }

    /// <summary>Starts the clock of an offer whose mail was accepted, or moves on an offer whose mail never will be.</summary>
    public static Decision<InvitationView> Decide(EventState state, Requester by, ReportOfferMail command, DateTimeOffset now)
    {
        if (by != Requester.System) return RefusalStatus.Forbidden;
        if (state.FindInvitation(command.Invitation) is not { } entry) return RefusalStatus.NotFound;
        if (!entry.IsOffer || state.StatusAt(entry, now) != InvitationStatus.Pending) return Unchanged(entry);
        if (entry.OfferMailed || Closed(state, by, now) is not null) return Unchanged(entry);
        // A mail server that refuses everybody must not use up the line: whoever cannot be told has the offer's whole time to look for themself.
        var moveOn = !command.Accepted && state.Rules.SkipsUnreachable && state.SkippedOffers.HasRoom(now);
        if (moveOn) return Changed(entry, new InvitationExpired(entry.Number, command.Reason ?? "mail"));
        if (!entry.AwaitsMail) return Unchanged(entry);
        var until = state.Clock.At(now) + state.Rules.OfferTime;
        return Changed(entry, new OfferClockStarted(entry.Number, until, command.Accepted ? null : true));
    }

    /// <summary>Puts a person in line; the turn that follows offers places at once if it can.</summary>
    private static Decision<InvitationView> Wait(
        EventState state, Requester by, Person who, InvitationOrigin origin, PlaceWish wish, bool confirm)
    {
        if (BeganTooMany(state.People.Find(who), origin) is { } began) return began;
        // Who wants more than the plan could ever give would wait for ever.
        var most = state.Places.Layout.MostAtOnce(wish.Wants, wish.Together);
        if (wish.Places < 1 || wish.Places > most) return Invalid("places", Rules.Range, 1, most);
        if (state.Waitlist.Count >= Limits.WaitlistEntriesAtMost || state.LastInvitation >= Limits.InvitationsAtMost)
            return new Refusal(RefusalStatus.LimitEvent) { Limit = Limits.WaitlistEntriesAtMost };
        var categories = CategoriesOf(state, wish);
        var joined = new WaitlistJoined(state.LastInvitation + 1, who, origin, wish.Places, wish.Together, categories, by.Id, confirm ? true : null);
        return new Decision<InvitationView>([joined], null, InvitationAnswer, joined.Invitation, true);
    }

    private static Invitation? LiveEntry(EventState state, PersonEntry? person, DateTimeOffset now) =>
        state.LatestEntryOf(person) is { } entry && state.StatusAt(entry, now) is InvitationStatus.Waitlist or InvitationStatus.Pending
            ? entry
            : null;

    /// <summary>Whether somebody may still join the line: nobody waits for offers that never come.</summary>
    private static bool TakesEntries(EventState state, DateTimeOffset now) => state.Rules.WaitlistEnabled && now < state.Rules.OffersUntil;

    /// <summary>People wait for categories; a wish for sections waits for their categories.</summary>
    private static IReadOnlyList<string> CategoriesOf(EventState state, PlaceWish wish) => wish.Sections.Count == 0
        ? [.. wish.Categories.Distinct()]
        : [.. wish.Sections.Select(id => state.Places.Layout.Find(id)!.Category).Distinct()];
}
