using Seats.Grains.Abstractions;
using Seats.Grains.Journal;
using Seats.Grains.Seating;

namespace Seats.Grains.Notify;

/// <summary>
/// What telling people needs to know of an event: its settings, its plan, and who claims what. A projection of the journal that leaves out
/// the rush: an entry that holds or releases seats does not change it and need not even be read.
/// </summary>
public sealed class Guestbook(long eventId)
{
    private readonly List<Guest> guests = [];

    /// <summary>Facts that neither change this nor tell anybody anything.</summary>
    public static IReadOnlySet<Type> Silent { get; } = new HashSet<Type>
    {
        typeof(SeatsHeld), typeof(HoldChanged), typeof(HoldExtended), typeof(SeatsReleased), typeof(HoldsExpired), typeof(SeatsBlocked),
        typeof(SeatsUnblocked), typeof(TicketCheckedIn), typeof(CheckInUndone),
        typeof(PlacesKept), typeof(KeepingEnded), typeof(OffersEnded),
    };

    /// <summary>The event.</summary>
    public long EventId => eventId;

    /// <summary>The last version taken in.</summary>
    public long Version { get; private set; }

    /// <summary>Rough memory, to bound how many are kept.</summary>
    public int Weight => guests.Count + 100;

    internal EventRules Rules { get; private set; } = new(new EventSettings());
    internal Layout Layout { get; private set; } = Layout.Empty;
    internal EventClock Clock { get; } = new();
    internal string Locale { get; private set; } = "en";
    internal IReadOnlyList<Guest> Guests => guests;

    internal EventFacts Event => new(
        Rules.Settings.Title ?? "", Rules.Settings.Location ?? "", Rules.StartsAt, Rules.EndsAt, Rules.Settings.TimeZone ?? "UTC");

    /// <summary>Takes an entry in, and returns whom it notifies of what.</summary>
    public IReadOnlyList<Notification> Take(long version, DateTimeOffset at, IReadOnlyList<Fact> facts) =>
        [.. Each(version, at, facts, Audience.Person | Audience.Everybody)];

    /// <summary>
    /// Takes an entry in while its notifications are enumerated, one by one: those for everybody may be as many as the event has guests. The entry is
    /// taken in when the enumeration has ended; a book whose enumeration was given up must be given up too.
    /// </summary>
    /// <param name="audience">Whose notifications are wanted.</param>
    public IEnumerable<Notification> Each(long version, DateTimeOffset at, IReadOnlyList<Fact> facts, Audience audience)
    {
        var told = new Telling(this, version, at);
        foreach (var fact in facts)
        {
            told.Before(fact);
            Apply(fact, at);
            if ((Audiences.Of(fact) & audience) == 0) continue;
            foreach (var notification in told.After(fact, facts)) yield return notification;
        }
        Version = version;
    }

    /// <summary>Takes an entry in that nobody need be notified of again.</summary>
    public void Learn(long version, DateTimeOffset at, IReadOnlyList<Fact> facts)
    {
        foreach (var fact in facts) Apply(fact, at);
        Version = version;
    }

    /// <summary>Entries up to here hold nothing more.</summary>
    public void Skip(long version) => Version = version;

    internal Guest Find(int number) => guests[number - 1];

    private void Apply(Fact fact, DateTimeOffset at)
    {
        switch (fact)
        {
            case EventCreated created:
                (Rules, Layout, Locale) = (new EventRules(created.Settings), new Layout(created.Sections), created.Owner.Locale ?? Locale);
                break;
            case EventChanged changed:
                Rules = new EventRules(EventRules.Merge(Rules.Settings, changed.Settings));
                break;
            case EventPaused: Clock.Pause(at); break;
            case EventResumed: Clock.Resume(at); break;
            case SeatingChanged changed: Layout = new Layout(changed.Sections); break;
            case InvitationMade made: guests.Add(new Guest(made.Invitation, made.Who, InvitationStatus.Pending, made.Origin) { Places = made.Places, Count = made.Places.Count }); break;
            case WaitlistJoined joined: guests.Add(new Guest(joined.Invitation, joined.Who, InvitationStatus.Waitlist, joined.Origin) { Count = joined.Places, InLine = true }); break;
            case InvitationConfirmed confirmed: Find(confirmed.Invitation).Confirm(confirmed.Who, confirmed.Ticket); break;
            case InvitationCancelled cancelled: Find(cancelled.Invitation).Status = InvitationStatus.Cancelled; break;
            case InvitationDeclined declined: Find(declined.Invitation).Status = InvitationStatus.Declined; break;
            case InvitationExpired expired: Find(expired.Invitation).Status = InvitationStatus.Expired; break;
            case WaitlistEntriesEnded ended:
                foreach (var number in ended.Invitations) Find(number).Status = InvitationStatus.Cancelled;
                break;
            case PlacesOffered offered: (Find(offered.Invitation).Status, Find(offered.Invitation).Places) = (InvitationStatus.Pending, offered.Places); break;
            case WaitlistPromoted promoted:
                Find(promoted.Invitation).Places = promoted.Places;
                Find(promoted.Invitation).Confirm(null, promoted.Ticket);
                break;
            case EventEnded ended:
                foreach (var number in ended.Invitations) Find(number).Status = InvitationStatus.Expired;
                break;
            case EventCancelled:
                foreach (var guest in guests)
                    if (guest.IsLive) guest.Status = InvitationStatus.Cancelled;
                break;
        }
    }
}

/// <summary>A person's claim as far as they must be told about it.</summary>
internal sealed class Guest(int number, Person who, InvitationStatus status, InvitationOrigin origin)
{
    public int Number => number;
    public Person Who { get; private set; } = who;
    public InvitationOrigin Origin => origin;
    public InvitationStatus Status { get; set; } = status;
    public IReadOnlyList<int> Places { get; set; } = [];
    public int Count { get; init; }
    public bool InLine { get; init; }
    public string? Ticket { get; private set; }

    public bool IsLive => Status is InvitationStatus.Pending or InvitationStatus.Confirmed or InvitationStatus.Waitlist;

    public void Confirm(Person? by, string? ticket)
    {
        if (by is not null) Who = by with { Locale = by.Locale ?? Who.Locale };
        (Status, Ticket) = (InvitationStatus.Confirmed, ticket);
    }
}
