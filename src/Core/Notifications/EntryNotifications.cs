namespace Seats.Core.Notifications;

/// <summary>
/// Whom one entry of the journal notifies of what. Pure: the same entries notify the same people of the same things, under the same keys.
/// </summary>
internal sealed class EntryNotifications(Guestbook book, long version, DateTimeOffset at)
{
    private HashSet<string>? keys;
    private string? firstKey;
    private EventFacts? facts;
    private EventFacts? before;
    private List<(Guest Guest, InvitationStatus Status)> alive = [];
    private InvitationStatus status;

    /// <summary>Notes what the fact is about to change.</summary>
    public void Before(Fact fact)
    {
        facts = null;
        switch (fact)
        {
            case EventChanged or ChangesAnnounced: before = book.Announced ?? book.Event; break;
            case EventCancelled: alive = [.. book.Guests.Where(guest => guest.IsLive).Select(guest => (guest, guest.Status))]; break;
            case InvitationCancelled cancelled: status = book.Find(cancelled.Invitation).Status; break;
            case InvitationExpired expired: status = book.Find(expired.Invitation).Status; break;
        }
    }

    /// <summary>The notifications of the fact, once it is applied.</summary>
    public IEnumerable<Notification> After(Fact fact, IReadOnlyList<Fact> entry) => Found(fact, entry).OfType<Notification>();

    private IEnumerable<Notification?> Found(Fact fact, IReadOnlyList<Fact> entry) => fact switch
    {
        InvitationMade { Origin: InvitationOrigin.Invitation } made =>
            [ToOne(NotificationKind.InvitationReceived, made.Invitation, Described)],
        InvitationConfirmed confirmed => [ToOne(NotificationKind.RegistrationConfirmed, confirmed.Invitation)],
        // Whoever is served at once never stood in line.
        WaitlistJoined joined when !IsServed(joined.Invitation, entry) => [Joined(joined)],
        PlacesOffered offered => [ToOne(NotificationKind.PlaceAvailable, offered.Invitation, WithTimeToAnswer)],
        WaitlistPromoted promoted => [ToOne(NotificationKind.Promoted, promoted.Invitation)],
        InvitationCancelled cancelled => [Cancelled(cancelled)],
        WaitlistEntriesEnded ended => ended.Invitations.Select(number => ToOne(
            NotificationKind.InvitationCancelled, number,
            data => data with { WasInLine = true, LeftThePlan = true, Status = Word(InvitationStatus.Waitlist) })),
        InvitationExpired expired when status == InvitationStatus.Pending && book.Find(expired.Invitation).InLine =>
            [ToOne(NotificationKind.OfferLapsed, expired.Invitation, data => data with { Status = Word(status) })],
        EventChanged { Gathered: not true } or ChangesAnnounced { Missed: not true } when Differences() is { Count: > 0 } changes => Gathered(
            NotificationKind.EventChanged, Standing(guest => guest.IsLive),
            data => data with { Changes = changes, OnCalendar = data.TicketCode is null ? null : true }),
        EventCancelled cancelled => Gathered(
            NotificationKind.EventCancelled, alive, data => data with
            {
                Reason = cancelled.Reason,
                OnCalendar = data.TicketCode is null ? null : true,
                TicketCode = null,
            }),
        ReminderDue { Missed: not true } => Gathered(
            NotificationKind.EventReminder, Standing(guest => guest.Status == InvitationStatus.Confirmed), data => data),
        _ => [],
    };

    private IEnumerable<(Guest Guest, InvitationStatus Status)> Standing(Func<Guest, bool> which) =>
        book.Guests.Where(which).Select(guest => (guest, guest.Status));

    private Notification? Joined(WaitlistJoined joined) => ToOne(NotificationKind.WaitlistJoined, joined.Invitation, data =>
    {
        var placed = data with { Position = book.Waiting };
        return data.IsInvited == true ? Described(placed) : placed;
    });

    private Notification? Cancelled(InvitationCancelled cancelled)
    {
        var byThemself = cancelled.By == Decider.NameOf(book.Find(cancelled.Invitation).Who);
        // Who leaves the line knows it; whoever gives a place back is told that it is done.
        if (status == InvitationStatus.Waitlist && byThemself) return null;
        return ToOne(NotificationKind.InvitationCancelled, cancelled.Invitation, data => data with
        {
            Reason = cancelled.Reason,
            OnCalendar = status == InvitationStatus.Confirmed ? true : null,
            WasInLine = status == InvitationStatus.Waitlist ? true : null,
            Status = Word(status),
            EndedByRecipient = byThemself ? true : null,
            TicketCode = null,
        });
    }

    /// <summary>About one invitation, whatever else its person has.</summary>
    private Notification? ToOne(NotificationKind kind, int number, Func<NotificationData, NotificationData>? more = null)
    {
        var guest = book.Find(number);
        if (guest.Who.Email.Length == 0) return null;
        var data = DataOf(guest, guest.Status);
        return Of(kind, guest, more?.Invoke(data) ?? data, Notification.KeyOf(book.EventId, version, kind, guest.Who.Email));
    }

    /// <summary>
    /// One for each address, about all of its invitations: those with a ticket first. More than fit into one mail go into the next.
    /// </summary>
    private IEnumerable<Notification?> Gathered(
        NotificationKind kind, IEnumerable<(Guest Guest, InvitationStatus Status)> concerned, Func<NotificationData, NotificationData> more)
    {
        var reachable = concerned.Where(one => one.Guest.Who.Email.Length > 0);
        foreach (var mailbox in reachable.GroupBy(one => one.Guest.Who.Email, StringComparer.Ordinal))
        {
            var key = Notification.KeyOf(book.EventId, version, kind, mailbox.Key);
            foreach (var portion in mailbox.OrderBy(one => Rank(one.Status)).Chunk(NotificationClaims.InOneAtMost))
            {
                var (first, stands) = portion[0];
                var also = portion.Skip(1).Select(other => ClaimOf(other.Guest, other.Status)).ToList();
                var data = DataOf(first, stands) with { Also = also.Count == 0 ? null : also };
                yield return Of(kind, first, more(data), key);
            }
        }
    }

    private static int Rank(InvitationStatus status) => status switch
    {
        InvitationStatus.Confirmed => 0,
        InvitationStatus.Pending => 1,
        _ => 2,
    };

    private Notification Of(NotificationKind kind, Guest guest, NotificationData data, string key)
    {
        // A second one to the same address about the same version bears the number of its invitation.
        if (!IsFirst(key)) key = $"{key}/{guest.Number}";
        var recipient = new Recipient(guest.Who.Id, guest.Who.Email, guest.Who.Locale ?? book.Locale);
        return new Notification(key, kind, book.EventId, version, at, recipient, data);
    }

    private bool IsFirst(string key)
    {
        if (firstKey is null)
        {
            firstKey = key;
            return true;
        }
        return (keys ??= [firstKey]).Add(key);
    }

    private NotificationData DataOf(Guest guest, InvitationStatus stands) => new(
        facts ??= book.Event, IdOf(guest), guest.Count, guest.Places.Count == 0 ? null : book.Layout.NamesOf(guest.Places),
        RespondBy(guest, stands), TicketCode: guest.Ticket, Status: Word(stands),
        IsInvited: guest.Origin == InvitationOrigin.Invitation ? true : null, Rows: RowsOf(guest));

    private ClaimFacts ClaimOf(Guest guest, InvitationStatus stands) =>
        new(IdOf(guest), Word(stands), guest.Count, RowsOf(guest), guest.Ticket, RespondBy(guest, stands));

    private string IdOf(Guest guest) => new InvitationId(book.EventId, guest.Number).ToString();

    private IReadOnlyList<RowFacts>? RowsOf(Guest guest) =>
        guest.Places.Count == 0 ? null : NotificationClaims.RowsOf(book.Layout, guest.Places);

    private static string Word(InvitationStatus status) => status.ToString().ToUpperInvariant();

    /// <summary>No answer is awaited beyond the end of the event.</summary>
    private DateTimeOffset? RespondBy(Guest guest, InvitationStatus stands)
    {
        if (stands != InvitationStatus.Pending || guest.Until is not { } until) return null;
        var wall = book.Clock.OnWall(until, at);
        return wall < book.Rules.EndsAt ? wall : book.Rules.EndsAt;
    }

    /// <summary>An offer whose time begins with its mail says how long it is, unless the event ends before.</summary>
    private NotificationData WithTimeToAnswer(NotificationData data) =>
        data.RespondBy is not null ? data
        : at + book.Rules.OfferTime >= book.Rules.EndsAt ? data with { RespondBy = book.Rules.EndsAt }
        : data with { RespondSeconds = (int)book.Rules.OfferTime.TotalSeconds };

    /// <summary>Who is asked to come reads what the event is about.</summary>
    private NotificationData Described(NotificationData data) =>
        data with { Event = data.Event! with { Description = NotificationClaims.Shortened(book.Rules.Settings.Description) } };

    private static bool IsServed(int invitation, IReadOnlyList<Fact> entry) => entry.Any(fact =>
        fact is PlacesOffered offered && offered.Invitation == invitation || fact is WaitlistPromoted promoted && promoted.Invitation == invitation);

    /// <summary>What guests care about; how an event sells is not their business.</summary>
    private List<EventDifference> Differences()
    {
        var (old, now) = (before!, book.Event);
        List<EventDifference> changes = [];
        Add("TITLE", old.Title, now.Title);
        Add("LOCATION", old.Location, now.Location);
        Add("START", Text(old.StartsAt), Text(now.StartsAt));
        // An end that moved along with the start says nothing new.
        if (now.EndsAt - now.StartsAt != old.EndsAt - old.StartsAt) Add("END", Text(old.EndsAt), Text(now.EndsAt));
        return changes;

        void Add(string what, string from, string to)
        {
            if (from != to) changes.Add(new EventDifference(what, from, to));
        }
    }

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ssK", System.Globalization.CultureInfo.InvariantCulture);
}
