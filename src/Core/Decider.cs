namespace Seats.Core;

/// <summary>Decides commands: one overload an intent. Pure: reads the state, changes nothing, knows no clock but the one it is given.</summary>
public static partial class Decider
{
    /// <summary>Why nothing can be claimed now, or null when sales are open.</summary>
    private static Refusal? ClosedToSales(EventState state, Requester by, DateTimeOffset now)
    {
        if (ClosedOrPaused(state, by, now) is { } closed) return closed;
        return state.StateAt(now) switch
        {
            EventStatus.NotOnSale => new Refusal(RefusalStatus.EventNotOnSale) { At = state.Rules.SalesFrom },
            EventStatus.SalesOver => new Refusal(RefusalStatus.EventSalesOver) { At = state.Rules.SalesUntil },
            _ => null,
        };
    }

    private static Refusal? ClosedOrPaused(EventState state, Requester by, DateTimeOffset now) =>
        by.IsKnown ? ClosedOrPaused(state, now) : new Refusal(RefusalStatus.NotFound);

    private static Refusal? ClosedOrPaused(EventState state, DateTimeOffset now) =>
        Closed(state, now) ?? (state.StateAt(now) == EventStatus.Paused ? new Refusal(RefusalStatus.EventPaused) : null);

    /// <summary>Why nothing can be done with this event any more by somebody who is signed in, or null.</summary>
    private static Refusal? Closed(EventState state, Requester by, DateTimeOffset now) =>
        by.IsKnown ? Closed(state, now) : new Refusal(RefusalStatus.NotFound);

    /// <summary>Why nothing can be done with this event any more, or null.</summary>
    private static Refusal? Closed(EventState state, DateTimeOffset now)
    {
        if (!state.Exists) return new Refusal(RefusalStatus.NotFound);
        return state.StateAt(now) switch
        {
            EventStatus.Cancelled => new Refusal(RefusalStatus.EventCancelled),
            EventStatus.Over => new Refusal(RefusalStatus.EventOver),
            EventStatus.Paused or EventStatus.OnSale => null,
            EventStatus.NotOnSale or EventStatus.SalesOver => null,
        };
    }

    /// <summary>Why the caller may not change the event, or null for its organisers.</summary>
    private static Refusal? NotOrganiser(EventState state, Requester by) =>
        !state.Exists ? new Refusal(RefusalStatus.NotFound)
        : state.IsOrganiser(by) ? null
        : new Refusal(RefusalStatus.Forbidden);

    private static Refusal Invalid(string member, string rule, long? atLeast = null, long? atMost = null) =>
        new(RefusalStatus.Invalid) { Violations = [new Violation(member, rule, atLeast, atMost)] };

    /// <summary>Refuses when the person would have more places than the event allows one person; places waited for count too.</summary>
    private static Refusal? OverLimit(EventState state, PersonEntry? person, int more, DateTimeOffset now)
    {
        var (mine, waiting) = (person?.Places ?? 0, person?.Waiting ?? 0);
        if (mine + waiting + more <= state.Rules.PlacesPerPerson) return null;
        if (person is not null) mine -= state.LapsedPlacesOf(person, now);
        return mine + waiting + more <= state.Rules.PlacesPerPerson ? null
            : new Refusal(RefusalStatus.LimitPlaces) { Limit = state.Rules.PlacesPerPerson, Mine = mine };
    }

    /// <summary>
    /// Refuses places to somebody who abandoned holds again and again, until their wait is over. Organisers are let alone: they keep places
    /// for others.
    /// </summary>
    private static Refusal? Hoards(EventState state, Requester by, PersonEntry? person, DateTimeOffset now)
    {
        if (person?.Abandoned is null) return null;
        if (Hoarding.WaitsUntil(person, Hoarding.UnitOf(state.Rules), now) is not { } until || state.IsOrganiser(by)) return null;
        var seconds = (int)Math.Ceiling((until - now).TotalSeconds);
        return new Refusal(RefusalStatus.LimitHoarding) { At = until, RetryAfterSeconds = seconds };
    }

    /// <summary>Refuses to begin another invitation where those that a person began and that ended would fill the journal.</summary>
    private static Refusal? BeganTooMany(PersonEntry? person, InvitationOrigin origin) =>
        origin == InvitationOrigin.Invitation || person is null || person.Ended < Limits.InvitationsEndedPerPersonAtMost
            ? null
            : new Refusal(RefusalStatus.LimitInvitations) { Limit = Limits.InvitationsEndedPerPersonAtMost, Mine = person.Ended };

    private static Person ToPerson(Requester by) => ToGuest(by) with { Locale = null };

    /// <summary>A person who will be written to: with their language.</summary>
    private static Person ToGuest(Requester by) => new(by.Id, by.Address, by.Locale, by.Email.Length == 0 && by.Contact is not null ? true : null);

    private static bool IsTooLong(string? text, int charsAtMost) => text is not null && text.Length > charsAtMost;
}
