namespace Seats.Core;

public sealed partial class EventState
{
    /// <summary>Applies a fact; decides nothing.</summary>
    internal void Evolve(Fact fact, DateTimeOffset at)
    {
        Hoarding.ForgetOld(at);
        Apply(fact, at);
        ReconsiderLine(fact);
    }

    /// <summary>All facts of a version are applied.</summary>
    internal void Close(long version, DateTimeOffset at)
    {
        CountGivenBack(at);
        (Version, LastAt) = (version, at);
    }

    private void Apply(Fact fact, DateTimeOffset at)
    {
        switch (fact)
        {
            case SeatsHeld held: Apply(held, at); break;
            case SeatsReleased released: Apply(released, at); break;
            case HoldsExpired expired: Apply(expired, at); break;
            case HoldChanged changed: Apply(changed); break;
            case HoldExtended extended: Apply(extended); break;
            case InvitationMade made: Apply(made, at); break;
            case InvitationConfirmed confirmed: Apply(confirmed); break;
            case InvitationCancelled cancelled: End(cancelled.Invitation, InvitationStatus.Cancelled, cancelled.By, at); break;
            case InvitationDeclined declined: End(declined.Invitation, InvitationStatus.Declined, declined.By, at); break;
            case InvitationExpired expired: Apply(expired, at); break;
            case WaitlistJoined joined: Apply(joined, at); break;
            case PlacesOffered offered: Apply(offered); break;
            case WaitlistPromoted promoted: Apply(promoted); break;
            case OfferClockStarted started: Apply(started); break;
            case PlacesKept kept: Apply(kept); break;
            case KeepingEnded ended: Apply(ended); break;
            case WaitlistEntriesEnded ended: Apply(ended); break;
            case OffersEnded: Waitlist.Close(); break;
            case TicketCheckedIn checkedIn: Apply(checkedIn, at); break;
            case CheckInUndone undone: Apply(undone); break;
            case EventCreated created: Apply(created, at); break;
            case EventChanged changed: Apply(changed, at); break;
            case ChangesAnnounced: ChangeNotices.Announced(at); break;
            case ReminderDue reminder: Reminders.Apply(reminder); break;
            case SeatingChanged changed: Apply(changed); break;
            case SeatsBlocked blocked: Block(blocked.Places, PlaceState.Free, PlaceState.Blocked); break;
            case SeatsUnblocked unblocked: Block(unblocked.Places, PlaceState.Blocked, PlaceState.Free); break;
            case EventPaused: Apply(paused: true, at); break;
            case EventResumed: Apply(paused: false, at); break;
            case EventCancelled cancelled: Apply(cancelled); break;
            case EventEnded ended: Apply(ended); break;
            default: throw new InvariantViolatedException($"Fact {fact.GetType().Name} is unknown to this program.");
        }
    }

    private void Apply(EventCreated created, DateTimeOffset at)
    {
        if (Exists) throw new InvariantViolatedException("The event was created twice.");
        Owner = created.Owner;
        Rules = new EventRules(created.Settings);
        Reminders.Plan(Rules, at, isMoved: true);
        Rearrange(created.Sections);
    }

    private void Apply(EventChanged changed, DateTimeOffset at)
    {
        Rules = new EventRules(EventRules.Merge(Rules.Settings, changed.Settings));
        if (changed.Moved) Sequence++;
        ChangeNotices.Apply(changed, at);
        var isMoved = changed.Settings.StartsAt is not null;
        if (isMoved || changed.Settings.Reminders is not null) Reminders.Plan(Rules, at, isMoved);
        if (Rules.OffersUntil > at) Waitlist.Open();
        indexedEvent = true;
    }

    private void Apply(SeatingChanged changed)
    {
        Rules = new EventRules(EventRules.Merge(Rules.Settings, new EventSettings { Capacity = changed.Capacity }));
        var before = Places.Layout;
        Rearrange(changed.Sections);
        Waitlist.Follow(before, Places.Layout, Required);
    }

    private void Rearrange(IReadOnlyList<PlacedSection> sections)
    {
        Places.Rearrange(new Layout(sections));
        layoutChanged = indexedEvent = true;
    }

    private void Apply(bool paused, DateTimeOffset at)
    {
        if (paused) Clock.Pause(at);
        else Clock.Resume(at);
        indexedEvent = true;
    }

    private void Apply(EventCancelled cancelled)
    {
        EndHolds(cancelled.Holds ?? [.. holds.Keys.Order()]);
        if (cancelled.Invitations is { } listed)
            foreach (var number in listed) End(Required(number), InvitationStatus.Cancelled);
        else
            foreach (var invitation in invitations)
                if (invitation.IsLive) End(invitation, InvitationStatus.Cancelled);
        IsCancelled = indexedEvent = true;
    }

    private void Apply(EventEnded ended)
    {
        EndHolds(ended.Holds);
        foreach (var number in ended.Invitations) End(Required(number), InvitationStatus.Expired);
    }

    private void Block(IReadOnlyList<int> places, PlaceState from, PlaceState to)
    {
        foreach (var place in places) Places.Move(place, from, to, 0, 0);
    }

    private Hold RequiredHold(int number) => FindHold(number) ?? throw new InvariantViolatedException($"Hold {number} is not live.");

    private Invitation Required(int number) =>
        FindInvitation(number) ?? throw new InvariantViolatedException($"Invitation {number} does not exist.");
}
