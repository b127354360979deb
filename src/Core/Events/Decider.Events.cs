namespace Seats.Core;

public static partial class Decider
{
    private static readonly Answer<EventView> EventAnswer = Views.Event;

    /// <summary>Creates the event with every default filled in; the caller owns it.</summary>
    public static Decision<EventView> Decide(EventState state, Requester by, CreateEvent command, DateTimeOffset now)
    {
        if (!by.IsKnown) return RefusalStatus.Forbidden;
        if (state.Exists) return RefusalStatus.VersionChanged;
        var settings = SettingsDefaults.Fill(command.Settings, now);
        var violations = SettingsCheck.ForNew(command.Settings, settings, now);
        if (violations.Count == 0) violations = PlanCheck.Violations(command.Settings);
        if (violations.Count > 0) return new Refusal(RefusalStatus.Invalid) { Violations = violations };
        var sections = Plans.New(command.Settings);
        var capacity = Plans.Total(sections);
        if (command.Settings.PlacesPerPerson > capacity) return Invalid("placesPerPerson", Rules.Range, 1, capacity);
        settings = settings with { Capacity = capacity, Plan = null };
        return new Decision<EventView>([new EventCreated(ToGuest(by), settings, sections)], null, EventAnswer, 0, true);
    }

    /// <summary>Changes what is present; the plan only where nothing in the changed part is taken.</summary>
    public static Decision<EventView> Decide(EventState state, Requester by, ChangeEvent command, DateTimeOffset now)
    {
        if (NotOrganiser(state, by) is { } stranger) return stranger;
        if (Closed(state, by, now) is { } closed) return closed;
        if (command.IfVersion is { } version && version != state.Version) return RefusalStatus.VersionChanged;
        var old = state.Rules.Settings;
        var change = SettingsChange.Of(old, command.Settings, now);
        var merged = EventRules.Merge(old, change) with { Capacity = command.Settings.Capacity ?? old.Capacity };
        var violations = SettingsCheck.ForChange(change, merged, now);
        if (violations.Count == 0) violations = PlanCheck.Violations(command.Settings, state.Places.Layout);
        if (violations.Count > 0) return new Refusal(RefusalStatus.Invalid) { Violations = violations };
        var seating = PlanChange.Of(state, command.Settings, by);
        if (seating.Refusal is { } refusal) return refusal;
        var capacity = seating.Fact?.Capacity ?? state.Places.Total;
        if (command.Settings.PlacesPerPerson > capacity) return Invalid("placesPerPerson", Rules.Range, 1, capacity);
        var facts = new List<Fact>(2);
        if (change != new EventSettings())
        {
            var isMoved = change.StartsAt is not null || change.EndsAt is not null;
            var isGathered = state.ChangeNotices.IsGathered(ChangeNotices.ConcernsGuests(change), now);
            facts.Add(new EventChanged(change, isMoved, by.Id, isGathered ? true : null));
        }
        if (seating.Fact is { } rearranged) facts.Add(rearranged);
        return new Decision<EventView>(facts, null, EventAnswer, 0, false);
    }

    /// <summary>Cancels the event; again is the same.</summary>
    public static Decision<EventView> Decide(EventState state, Requester by, CancelEvent command, DateTimeOffset now)
    {
        if (NotOrganiser(state, by) is { } stranger) return stranger;
        if (state.IsCancelled) return new Decision<EventView>([], null, EventAnswer, 0, false);
        if (Closed(state, by, now) is { } closed) return closed;
        if (command.IfVersion is { } version && version != state.Version) return RefusalStatus.VersionChanged;
        if (IsTooLong(command.Reason, Limits.ReasonCharsAtMost)) return Invalid("reason", Rules.Length, 0, Limits.ReasonCharsAtMost);
        return new Decision<EventView>([new EventCancelled(by.Id, command.Reason)], null, EventAnswer, 0, false);
    }

    /// <summary>Stops sales; again is the same.</summary>
    public static Decision<EventView> Decide(EventState state, Requester by, PauseEvent command, DateTimeOffset now) =>
        SetPaused(state, by, paused: true, now);

    /// <summary>Resumes sales; again is the same.</summary>
    public static Decision<EventView> Decide(EventState state, Requester by, ResumeEvent command, DateTimeOffset now) =>
        SetPaused(state, by, paused: false, now);

    /// <summary>Takes free places off sale.</summary>
    public static Decision<BlockedPlaces> Decide(EventState state, Requester by, BlockSeats command, DateTimeOffset now)
    {
        if (MayBlock(state, by, command.Seats, command.Reason, now) is { } refused) return refused;
        if (NamedPlaces.Find(state.Places, command.Seats, null, out var places) is { } unknown) return unknown;
        if (NamedPlaces.MustBeFree(state.Places, places, null, false) is { } taken) return taken;
        return Blocked(state, new SeatsBlocked(places, by.Id, command.Reason), places);
    }

    /// <summary>Puts blocked places on sale again.</summary>
    public static Decision<BlockedPlaces> Decide(EventState state, Requester by, UnblockSeats command, DateTimeOffset now)
    {
        if (MayBlock(state, by, command.Seats, command.Reason, now) is { } refused) return refused;
        if (NamedPlaces.Find(state.Places, command.Seats, null, out var places, PlaceState.Blocked) is { } unknown) return unknown;
        if (places.Where(place => state.Places[place] != PlaceState.Blocked).ToArray() is { Length: > 0 } open)
            return new Refusal(RefusalStatus.SeatsNotBlocked)
            {
                Conflicts = [.. open.Select(place => new SeatConflict(state.Places.Layout.NameOf(place), (char)state.Places.Letter(place)))],
            };
        return Blocked(state, new SeatsUnblocked(places, by.Id, command.Reason), places);
    }

    private static Refusal? MayBlock(EventState state, Requester by, IReadOnlyList<string> seats, string? reason, DateTimeOffset now)
    {
        if (NotOrganiser(state, by) is { } stranger) return stranger;
        if (Closed(state, by, now) is { } closed) return closed;
        if (seats.Count is < 1 or > Limits.SeatsBlockedAtOnceAtMost) return Invalid("seats", Rules.Range, 1, Limits.SeatsBlockedAtOnceAtMost);
        return IsTooLong(reason, Limits.ReasonCharsAtMost) ? Invalid("reason", Rules.Length, 0, Limits.ReasonCharsAtMost) : null;
    }

    private static Decision<BlockedPlaces> Blocked(EventState state, Fact fact, int[] places)
    {
        var names = new BlockedPlaces(state.Places.Layout.NamesOf(places));
        return new Decision<BlockedPlaces>([fact], null, (_, _, _) => names, 0, false);
    }

    private static Decision<EventView> SetPaused(EventState state, Requester by, bool paused, DateTimeOffset now)
    {
        if (NotOrganiser(state, by) is { } stranger) return stranger;
        if (Closed(state, by, now) is { } closed) return closed;
        if (state.Clock.PausedAt is not null == paused) return new Decision<EventView>([], null, EventAnswer, 0, false);
        Fact fact = paused ? new EventPaused(by.Id) : new EventResumed(by.Id);
        return new Decision<EventView>([fact], null, EventAnswer, 0, false);
    }
}
