using Seats.Grains.Abstractions;
using Seats.Grains.Seating;

namespace Seats.Grains.Notify;

/// <summary>Whom one entry of the journal notifies of what. Pure: the same entries notify the same people of the same things, under the same keys.</summary>
internal sealed class Telling(Guestbook book, long version, DateTimeOffset at)
{
    private HashSet<string>? keys;
    private string? firstKey;
    private EventFacts? facts;
    private EventFacts? before;
    private List<Guest> alive = [];
    private InvitationStatus status;

    /// <summary>Notes what the fact is about to change.</summary>
    public void Before(Fact fact)
    {
        facts = null;
        switch (fact)
        {
            case EventChanged: before = book.Event; break;
            case EventCancelled: alive = [.. book.Guests.Where(guest => guest.IsLive)]; break;
            case InvitationCancelled cancelled: status = book.Find(cancelled.Invitation).Status; break;
            case InvitationExpired expired: status = book.Find(expired.Invitation).Status; break;
        }
    }

    /// <summary>The notifications of the fact, once it is applied.</summary>
    public IEnumerable<Notification> After(Fact fact, IReadOnlyList<Fact> entry) => Found(fact, entry).OfType<Notification>();

    private IEnumerable<Notification?> Found(Fact fact, IReadOnlyList<Fact> entry) => fact switch
    {
        InvitationMade { Origin: InvitationOrigin.Invitation } made =>
            [For(NotificationKind.InvitationReceived, book.Find(made.Invitation), data => data with { RespondBy = book.Clock.OnWall(made.Until, at) })],
        InvitationConfirmed confirmed => [For(NotificationKind.RegistrationConfirmed, book.Find(confirmed.Invitation), WithTicket)],
        // Whoever is served at once never stood in line.
        WaitlistJoined joined when !IsServed(joined.Invitation, entry) => [For(NotificationKind.WaitlistJoined, book.Find(joined.Invitation))],
        PlacesOffered offered => [For(NotificationKind.PlaceAvailable, book.Find(offered.Invitation), data => offered.AwaitsMail == true
            ? data with { RespondSeconds = (int)book.Rules.OfferTime.TotalSeconds }
            : data with { RespondBy = book.Clock.OnWall(offered.Until, at) })],
        WaitlistPromoted promoted => [For(NotificationKind.Promoted, book.Find(promoted.Invitation), WithTicket)],
        InvitationCancelled cancelled => [For(cancelled)],
        WaitlistEntriesEnded ended => ended.Invitations.Select(number => For(
            NotificationKind.InvitationCancelled, book.Find(number), data => data with { WasInLine = true, LeftThePlan = true })),
        InvitationExpired expired when status == InvitationStatus.Pending && book.Find(expired.Invitation).InLine =>
            [For(NotificationKind.OfferLapsed, book.Find(expired.Invitation))],
        EventChanged when Differences() is { Count: > 0 } changes => book.Guests.Where(guest => guest.IsLive).Select(guest =>
            For(NotificationKind.EventChanged, guest, data => WithTicket(data, guest) with { Changes = changes, OnCalendar = OnCalendar(guest) })),
        EventCancelled cancelled => alive.Select(guest =>
            For(NotificationKind.EventCancelled, guest, data => data with { Reason = cancelled.Reason, OnCalendar = OnCalendar(guest) })),
        ReminderDue { Missed: not true } => book.Guests.Where(guest => guest.Status == InvitationStatus.Confirmed)
            .Select(guest => For(NotificationKind.EventReminder, guest, WithTicket)),
        _ => [],
    };

    private Notification? For(InvitationCancelled cancelled)
    {
        var guest = book.Find(cancelled.Invitation);
        // Who leaves the line knows it; whoever gives a place back is told that it is done.
        if (status == InvitationStatus.Waitlist && cancelled.By == Decider.NameOf(guest.Who)) return null;
        return For(NotificationKind.InvitationCancelled, guest, data => data with
        {
            Reason = cancelled.Reason,
            OnCalendar = status == InvitationStatus.Confirmed ? true : null,
            WasInLine = status == InvitationStatus.Waitlist ? true : null,
        });
    }

    private Notification? For(NotificationKind kind, Guest guest, Func<NotificationData, Guest, NotificationData> more) =>
        For(kind, guest, data => more(data, guest));

    private Notification? For(NotificationKind kind, Guest guest, Func<NotificationData, NotificationData>? more = null)
    {
        if (guest.Who.Email.Length == 0) return null;
        var key = Notification.KeyOf(book.EventId, version, kind, guest.Who.Email);
        if (!IsFirst(key)) return null;
        var data = new NotificationData(
            facts ??= book.Event, new InvitationId(book.EventId, guest.Number).ToString(), guest.Count,
            guest.Places.Count == 0 ? null : book.Layout.NamesOf(guest.Places));
        var recipient = new Recipient(guest.Who.Id, guest.Who.Email, guest.Who.Locale ?? book.Locale);
        return new Notification(key, kind, book.EventId, version, at, recipient, more?.Invoke(data) ?? data);
    }

    /// <summary>One person is notified of one thing once, also where several of their invitations are concerned.</summary>
    private bool IsFirst(string key)
    {
        if (firstKey is null)
        {
            firstKey = key;
            return true;
        }
        return (keys ??= [firstKey]).Add(key);
    }

    private static NotificationData WithTicket(NotificationData data, Guest guest) => data with { TicketCode = guest.Ticket };

    private bool? OnCalendar(Guest guest) => guest.Ticket is not null ? true : null;

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
