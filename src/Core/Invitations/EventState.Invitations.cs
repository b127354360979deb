namespace Seats.Core;

public sealed partial class EventState
{
    private void Apply(InvitationMade made, DateTimeOffset at)
    {
        var since = TakeGivenBack(Clock.At(at).UtcTicks);
        if (made.Hold is { } number) since = EndClaimed(RequiredHold(number));
        var invitation = Add(new Invitation(made.Invitation, Meet(made.Who), made.Origin, made.Places.Count, at)
        {
            Status = InvitationStatus.Pending,
            Until = made.Until,
            SinceTicks = since,
        });
        Give(invitation, made.Places);
        Deadlines.Add(invitation);
    }

    private void Apply(InvitationConfirmed confirmed)
    {
        var invitation = Required(confirmed.Invitation);
        var who = Meet(confirmed.Who);
        if (invitation.Who.Id is null && who.Id is not null) Bind(invitation.Who, who);
        Hoarding.Forget(invitation.Who);
        var from = invitation.PlaceState;
        invitation.Status = InvitationStatus.Confirmed;
        invitation.Ticket = confirmed.Ticket;
        foreach (var place in invitation.Places) Places.Move(place, from, PlaceState.Confirmed, invitation.Number, invitation.Number);
    }

    private void Apply(WaitlistJoined joined, DateTimeOffset at)
    {
        var entry = Add(new Invitation(joined.Invitation, Meet(joined.Who), joined.Origin, joined.Places, at)
        {
            Status = InvitationStatus.Waitlist,
            Wish = new Wish(joined.Together, joined.Categories),
        });
        entry.Who.LatestEntry = entry.Number;
        entry.Who.Waiting += entry.Count;
        Waitlist.Join(entry, Places.Layout);
    }

    private void Apply(PlacesKept kept)
    {
        foreach (var number in kept.Invitations) Waitlist.BeginKeeping(Required(number), kept.Until);
    }

    private void Apply(KeepingEnded ended)
    {
        foreach (var number in ended.Invitations) Waitlist.EndKeeping(Required(number));
    }

    private void Apply(WaitlistEntriesEnded ended)
    {
        foreach (var number in ended.Invitations) End(Required(number), InvitationStatus.Cancelled);
    }

    private void Apply(PlacesOffered offered)
    {
        var entry = LeaveLine(offered.Invitation, offered.Places);
        entry.Status = InvitationStatus.Pending;
        entry.Until = offered.Until;
        entry.AwaitsMail = offered.AwaitsMail == true;
        Give(entry, offered.Places);
        Deadlines.Add(entry);
    }

    private void Apply(WaitlistPromoted promoted)
    {
        var entry = LeaveLine(promoted.Invitation, promoted.Places);
        entry.Status = InvitationStatus.Confirmed;
        entry.Ticket = promoted.Ticket;
        Give(entry, promoted.Places);
    }

    private void Apply(OfferClockStarted started)
    {
        var entry = Required(started.Invitation);
        entry.OfferMailed = true;
        entry.Until = started.Until;
        Deadlines.Add(entry);
    }

    private void Apply(InvitationExpired expired, DateTimeOffset at)
    {
        var invitation = Required(expired.Invitation);
        CountUnconfirmed(invitation, lapsed: true, null, at);
        End(invitation, InvitationStatus.Expired);
        if (expired.Reason is not null) SkippedOffers.Note(at);
    }

    private void Apply(TicketCheckedIn checkedIn, DateTimeOffset at)
    {
        var invitation = Required(checkedIn.Invitation);
        (invitation.CheckedInAt, invitation.CheckedInBy, invitation.CheckedInByName) = (at, checkedIn.By, checkedIn.Name);
    }

    private void Apply(CheckInUndone undone)
    {
        var invitation = Required(undone.Invitation);
        (invitation.CheckedInAt, invitation.CheckedInBy, invitation.CheckedInByName) = (null, null, null);
    }

    /// <summary>Somebody ended it: the person themself, or an organiser.</summary>
    private void End(int number, InvitationStatus status, string by, DateTimeOffset at)
    {
        var invitation = Required(number);
        CountUnconfirmed(invitation, lapsed: false, by, at);
        End(invitation, status);
    }

    private void End(Invitation invitation, InvitationStatus status)
    {
        if (!invitation.IsLive) throw new InvariantViolatedException($"Invitation {invitation.Number} is {invitation.Status} and ended again.");
        if (invitation.Status == InvitationStatus.Waitlist)
        {
            Waitlist.Leave(invitation);
            invitation.Who.Waiting -= invitation.Count;
        }
        foreach (var place in invitation.Places) Free(place, invitation.PlaceState, invitation.Number);
        invitation.Who.Places -= invitation.Places.Length;
        invitation.Places = [];
        invitation.Status = status;
        if (invitation.Origin != InvitationOrigin.Invitation) invitation.Who.Ended++;
    }

    private Invitation Add(Invitation invitation)
    {
        if (invitation.Number != invitations.Count + 1)
            throw new InvariantViolatedException($"Invitation {invitation.Number} follows number {invitations.Count}.");
        invitations.Add(invitation);
        indexedInvitations.Add(invitation.Number);
        return invitation;
    }

    private void Give(Invitation invitation, IReadOnlyList<int> places)
    {
        invitation.Places = [.. places];
        foreach (var place in invitation.Places) Places.Move(place, PlaceState.Free, invitation.PlaceState, 0, invitation.Number);
        invitation.Who.Places += invitation.Places.Length;
    }

    private Invitation LeaveLine(int number, IReadOnlyList<int> places)
    {
        var entry = Required(number);
        // Whom it overtakes follows from who waits; the fact names some of them for those who read it.
        Waitlist.Serve(entry, Places.Layout, places, Rules.OvertakesAtMost);
        entry.Who.Waiting -= entry.Count;
        return entry;
    }

    /// <summary>A hold whose places an invitation takes over in the same breath; returns when it began.</summary>
    private long EndClaimed(Hold hold)
    {
        foreach (var place in hold.Places) Places.Move(place, PlaceState.Held, PlaceState.Free, hold.Number, 0);
        hold.Who.Places -= hold.Places.Length;
        Forget(hold);
        return hold.SinceTicks;
    }
}
