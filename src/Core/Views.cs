namespace Seats.Core;

/// <summary>What people see of a state.</summary>
internal static class Views
{
    /// <summary>Whether an invitation is the asker's own: by person, or by its address while nobody claimed it.</summary>
    public static bool IsTheirs(Invitation invitation, Requester by) =>
        by.IsKnown && (invitation.Who.Id is { } id ? id == by.Id : by.Email.Length > 0 && invitation.Who.Email == by.Email);

    public static EventView Event(EventState state, int subject, DateTimeOffset now) => new()
    {
        Id = state.Id,
        Version = state.Version,
        State = state.StateAt(now),
        Owner = state.Owner.Id ?? "",
        Settings = EffectiveSettings(state),
        Sections = [.. state.Places.Layout.Sections.Select(ToCount)],
        Places = Counts(state),
        Sequence = state.Sequence,
    };

    public static HoldView Hold(EventState state, int number, DateTimeOffset now)
    {
        var hold = state.FindHold(number) ?? throw new InvariantViolatedException($"Hold {number} is not live.");
        return Hold(state, hold, now);
    }

    public static HoldView Hold(EventState state, Hold hold, DateTimeOffset now) => new(
        state.Id, hold.Number, state.Version, HoldState.Held, state.Places.Layout.NamesOf(hold.Places),
        state.Clock.OnWall(hold.Until, now), state.Clock.OnWall(hold.UntilAtMost, now));

    public static InvitationView Invitation(EventState state, int number, DateTimeOffset now) =>
        Invitation(state, state.FindInvitation(number)!, now);

    public static InvitationView Invitation(EventState state, Invitation invitation, DateTimeOffset now)
    {
        var status = state.StatusAt(invitation, now);
        return new(
            state.Id,
            invitation.Number,
            state.Version,
            status,
            invitation.Origin,
            invitation.Who.Id,
            invitation.Who.Email,
            invitation.Count,
            status.IsLive() ? state.Places.Layout.NamesOf(invitation.Places) : [],
            status == InvitationStatus.Pending ? RespondBy(state, invitation, now) : null,
            status == InvitationStatus.Waitlist ? state.Waitlist.PositionOf(invitation.Number) : null,
            status == InvitationStatus.Confirmed ? invitation.Ticket : null,
            invitation.CreatedAt,
            invitation.CheckedInAt)
        {
            AwaitsMail = status == InvitationStatus.Pending && invitation.AwaitsItsMail,
        };
    }

    public static CheckInView CheckIn(EventState state, int number, DateTimeOffset now)
    {
        var invitation = state.FindInvitation(number)!;
        return new CheckInView(Invitation(state, invitation, now), invitation.CheckedInAt, invitation.CheckedInBy);
    }

    public static PlaceCounts Counts(EventState state)
    {
        var places = state.Places;
        return new PlaceCounts(
            places.Total, places.Count(PlaceState.Free), places.Count(PlaceState.Held), places.Count(PlaceState.Offered),
            places.Count(PlaceState.Invited), places.Count(PlaceState.Confirmed), places.Count(PlaceState.Blocked), state.Waitlist.Places);
    }

    /// <summary>
    /// No answer is awaited beyond the end of the event, wherever that moves. Null for an offer whose mail is on its way for longer than
    /// there will be to answer it: its time begins with the mail.
    /// </summary>
    private static DateTimeOffset? RespondBy(EventState state, Invitation invitation, DateTimeOffset now)
    {
        var until = state.Clock.OnWall(invitation.Until, now);
        if (invitation.AwaitsItsMail && until <= now) return null;
        return until < state.Rules.EndsAt ? until : state.Rules.EndsAt;
    }

    private static EventSettings EffectiveSettings(EventState state) => state.Rules.Settings with
    {
        SalesUntil = state.Rules.SalesUntil,
        OffersUntil = state.Rules.OffersUntil,
        SkipUnreachable = state.Rules.SkipsUnreachable,
        Capacity = state.Places.Total,
        PlacesPerPerson = state.Rules.PlacesPerPerson,
        Plan = state.Rules.Settings.Seating == SeatingKind.Plan
            ? Plans.ToPlan([.. state.Places.Layout.Sections.Select(section => section.Placed)]) : null,
    };

    private static SectionCount ToCount(Section section) =>
        new(section.Id, section.Placed.Name, section.Category, section.IsArea, section.Total, section.Free);
}
