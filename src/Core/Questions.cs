namespace Seats.Core;

/// <summary>Questions about an event, each answered to those who may know: decisions without facts.</summary>
public static class Questions
{
    /// <summary>The event; an unlisted one to people who are signed in.</summary>
    public static Decision<EventView> Get(EventState state, Requester by, DateTimeOffset now) =>
        !state.Exists || state.Rules.IsUnlisted && !by.IsKnown ? RefusalStatus.NotFound : Answered(Views.Event(state, 0, now));

    /// <summary>The caller's live holds, in the order they were made.</summary>
    public static Decision<HoldPage> Holds(EventState state, Requester by, int after, int limit, DateTimeOffset now)
    {
        if (!state.Exists || !by.IsKnown) return RefusalStatus.NotFound;
        var numbers = state.People.Find(by) is { } person && person.Id == by.Id ? person.Holds : [];
        var holds = numbers.Where(number => number > after).Order()
            .Select(number => state.FindHold(number)!)
            .Where(hold => !state.HasLapsed(hold, now));
        HoldView[] found = [.. holds.Take(limit + 1).Select(hold => Views.Hold(state, hold, now))];
        return Answered(found.Length > limit ? new HoldPage(found[..limit], found[limit - 1].Number) : new HoldPage(found, null));
    }

    /// <summary>One live hold, to its person and to organisers.</summary>
    public static Decision<HoldView> Hold(EventState state, Requester by, int number, DateTimeOffset now) =>
        state.FindHold(number) is { } hold && !state.HasLapsed(hold, now) && by.IsKnown && (hold.Who.Id == by.Id || state.IsOrganiser(by))
            ? Answered(Views.Hold(state, hold, now))
            : RefusalStatus.NotFound;

    /// <summary>One invitation, to its person and to organisers.</summary>
    public static Decision<InvitationView> Invitation(EventState state, Requester by, int number, DateTimeOffset now) =>
        state.FindInvitation(number) is { } invitation && MaySee(state, invitation, by)
            ? Answered(Views.Invitation(state, invitation, now))
            : RefusalStatus.NotFound;

    /// <summary>One invitation with its event, to whoever holds its link; an unlisted event is there for them too.</summary>
    public static Decision<LinkedInvitation> LinkedInvitation(EventState state, int? number, DateTimeOffset now)
    {
        if (number is null || state.FindInvitation(number.Value) is not { } invitation) return RefusalStatus.NotFound;
        var settings = state.Rules.Settings;
        return Answered(new LinkedInvitation(
            Views.Invitation(state, invitation, now), state.StateAt(now), settings.Title ?? "", settings.Location ?? "",
            state.Rules.StartsAt, state.Rules.EndsAt, settings.TimeZone ?? "UTC"));
    }

    /// <summary>Some invitations by number; those the caller may not see are left out.</summary>
    public static Decision<InvitationPage> Invitations(EventState state, Requester by, IReadOnlyList<int> numbers, DateTimeOffset now) =>
        Answered(new InvitationPage(
            [.. numbers.Select(state.FindInvitation)
                .Where(invitation => invitation is not null && MaySee(state, invitation, by))
                .Select(invitation => Views.Invitation(state, invitation!, now))], null));

    /// <summary>The guest list by number, to organisers; to others an unlisted event's list is not there.</summary>
    public static Decision<InvitationPage> GuestList(
        EventState state, Requester by, InvitationStatus? status, int after, int limit, DateTimeOffset now)
    {
        if (Hidden(state, by) is { } hidden) return hidden;
        var items = state.Invitations.Skip(Math.Max(0, after))
            .Where(invitation => status is null || state.StatusAt(invitation, now) == status);
        return Page(state, items, limit, now);
    }

    /// <summary>The line in order, to organisers.</summary>
    public static Decision<InvitationPage> Line(EventState state, Requester by, int after, int limit, DateTimeOffset now)
    {
        if (Hidden(state, by) is { } hidden) return hidden;
        return Page(state, state.Waitlist.After(after).Select(number => state.FindInvitation(number)!), limit, now);
    }

    /// <summary>The caller's entry in line, the offer it became, or what they made of it.</summary>
    public static Decision<InvitationView> WaitlistEntry(EventState state, Requester by, DateTimeOffset now) =>
        by.IsKnown && state.LatestEntryOf(state.People.Find(by)) is { } entry && state.StatusAt(entry, now).IsLive()
            ? Answered(Views.Invitation(state, entry, now))
            : RefusalStatus.NotFound;

    private static Refusal? Hidden(EventState state, Requester by) =>
        !state.Exists ? new Refusal(RefusalStatus.NotFound)
        : state.IsOrganiser(by) ? null
        : new Refusal(state.Rules.IsUnlisted ? RefusalStatus.NotFound : RefusalStatus.Forbidden);

    private static Decision<InvitationPage> Page(EventState state, IEnumerable<Invitation> invitations, int limit, DateTimeOffset now)
    {
        Invitation[] found = [.. invitations.Take(limit + 1)];
        var more = found.Length > limit;
        InvitationView[] items = [.. found.Take(limit).Select(invitation => Views.Invitation(state, invitation, now))];
        return Answered(new InvitationPage(items, more ? items[^1].Number : null));
    }

    private static bool MaySee(EventState state, Invitation invitation, Requester by) => Views.IsTheirs(invitation, by) || state.IsOrganiser(by);

    private static Decision<T> Answered<T>(T view) where T : class => new([], null, (_, _, _) => view, 0, false);
}
