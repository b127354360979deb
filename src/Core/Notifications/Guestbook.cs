namespace Seats.Core.Notifications;

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
    internal IReadOnlyList<Guest> Guests => guests;

    /// <summary>The language of whoever has none of their own.</summary>
    internal string Locale { get; private set; } = "en";

    /// <summary>The organiser's address; null as long as they did not prove it: nobody writes in somebody else's name.</summary>
    internal string? Organiser { get; private set; }

    /// <summary>How many stand in line.</summary>
    internal int Waiting { get; private set; }

    /// <summary>The event as its guests know it, while changes are gathered; null when they know it as it is.</summary>
    internal EventFacts? Announced { get; private set; }

    internal EventFacts Event => new(
        Rules.Settings.Title ?? "", Rules.Settings.Location ?? "", Rules.StartsAt, Rules.EndsAt, Rules.Settings.TimeZone ?? "UTC", Organiser);

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
        var told = new EntryNotifications(this, version, at);
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
                Organiser = created.Owner is { Unverified: not true, Email.Length: > 0 } owner ? owner.Email : null;
                break;
            case EventChanged changed:
                Announced = changed.Gathered == true ? Announced ?? Event : null;
                Rules = new EventRules(EventRules.Merge(Rules.Settings, changed.Settings));
                break;
            case ChangesAnnounced: Announced = null; break;
            case EventPaused: Clock.Pause(at); break;
            case EventResumed: Clock.Resume(at); break;
            case SeatingChanged changed: Layout = new Layout(changed.Sections); break;
            case InvitationMade made:
                Add(new Guest(made.Invitation, made.Who, made.Origin, made.Places.Count), InvitationStatus.Pending);
                Find(made.Invitation).Give(made.Places, made.Until);
                break;
            case WaitlistJoined joined:
                Add(new Guest(joined.Invitation, joined.Who, joined.Origin, joined.Places) { InLine = true }, InvitationStatus.Waitlist);
                break;
            case InvitationConfirmed confirmed:
                Find(confirmed.Invitation).Meet(confirmed.Who);
                Confirm(confirmed.Invitation, confirmed.Ticket);
                break;
            case InvitationCancelled cancelled: Move(cancelled.Invitation, InvitationStatus.Cancelled); break;
            case InvitationDeclined declined: Move(declined.Invitation, InvitationStatus.Declined); break;
            case InvitationExpired expired: Move(expired.Invitation, InvitationStatus.Expired); break;
            case WaitlistEntriesEnded ended:
                foreach (var number in ended.Invitations) Move(number, InvitationStatus.Cancelled);
                break;
            case PlacesOffered offered:
                Move(offered.Invitation, InvitationStatus.Pending);
                Find(offered.Invitation).Give(offered.Places, offered.AwaitsMail == true ? null : offered.Until);
                break;
            case OfferClockStarted started: Find(started.Invitation).Until = started.Until; break;
            case WaitlistPromoted promoted:
                Find(promoted.Invitation).Give(promoted.Places, null);
                Confirm(promoted.Invitation, promoted.Ticket);
                break;
            case EventEnded ended:
                foreach (var number in ended.Invitations) Move(number, InvitationStatus.Expired);
                break;
            case EventCancelled:
                foreach (var guest in guests)
                    if (guest.IsLive) Move(guest.Number, InvitationStatus.Cancelled);
                break;
        }
    }

    private void Add(Guest guest, InvitationStatus status)
    {
        guests.Add(guest);
        guest.Status = status;
        if (status == InvitationStatus.Waitlist) Waiting++;
    }

    private void Move(int number, InvitationStatus status)
    {
        var guest = Find(number);
        if (guest.Status == InvitationStatus.Waitlist) Waiting--;
        guest.Status = status;
    }

    private void Confirm(int number, string? ticket)
    {
        Move(number, InvitationStatus.Confirmed);
        Find(number).Ticket = ticket;
    }
}

/// <summary>A person's claim as far as they must be told about it.</summary>
internal sealed class Guest(int number, Person who, InvitationOrigin origin, int count)
{
    public int Number => number;
    public Person Who { get; private set; } = who;
    public InvitationOrigin Origin => origin;
    public int Count => count;

    /// <summary>Came by the line.</summary>
    public bool InLine { get; init; }
    public InvitationStatus Status { get; set; }
    public IReadOnlyList<int> Places { get; private set; } = [];

    /// <summary>Until when to answer, on the event's clock; null where that time has not begun, or nothing is to be answered.</summary>
    public DateTimeOffset? Until { get; set; }
    public string? Ticket { get; set; }

    public bool IsLive => Status.IsLive();

    public void Give(IReadOnlyList<int> places, DateTimeOffset? until) => (Places, Until) = (places, until);

    /// <summary>Who confirmed is the person from now on.</summary>
    public void Meet(Person by) => Who = by with { Locale = by.Locale ?? Who.Locale };
}
