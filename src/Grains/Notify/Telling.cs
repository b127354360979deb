using Seats.Grains.Abstractions;
using Seats.Grains.Seating;

namespace Seats.Grains.Notify;

/// <summary>Whom one entry of the journal tells what. Pure: the same entries tell the same people the same things, under the same keys.</summary>
internal sealed class Telling(Guestbook book, long version, DateTimeOffset at)
{
    private readonly List<Notification> told = [];
    private HashSet<string>? keys;
    private EventFacts? facts;
    private EventFacts? before;
    private List<Guest> alive = [];
    private InvitationStatus status;

    public IReadOnlyList<Notification> Notifications => told;

    /// <summary>Notes what the fact is about to change.</summary>
    public void Before(Fact fact)
    {
        switch (fact)
        {
            case EventChanged: before = book.Event; break;
            case EventCancelled: alive = [.. book.Guests.Where(guest => guest.IsLive)]; break;
            case InvitationCancelled cancelled: status = book.Find(cancelled.Invitation).Status; break;
            case InvitationExpired expired: status = book.Find(expired.Invitation).Status; break;
        }
    }

    /// <summary>Tells about the fact, once it is applied.</summary>
    public void After(Fact fact, IReadOnlyList<Fact> entry)
    {
        switch (fact)
        {
            case InvitationMade { Origin: InvitationOrigin.Invitation } made:
                Tell(NotificationKind.InvitationReceived, book.Find(made.Invitation), data => data with { RespondBy = book.Clock.OnWall(made.Until, at) });
                break;
            case InvitationConfirmed confirmed:
                Tell(NotificationKind.RegistrationConfirmed, book.Find(confirmed.Invitation), WithTicket);
                break;
            // Whoever is served at once never stood in line.
            case WaitlistJoined joined when !IsServed(joined.Invitation, entry):
                Tell(NotificationKind.WaitlistJoined, book.Find(joined.Invitation));
                break;
            case PlacesOffered offered:
                Tell(NotificationKind.PlaceAvailable, book.Find(offered.Invitation), data => offered.AwaitsMail == true
                    ? data with { RespondSeconds = (int)book.Rules.OfferTime.TotalSeconds }
                    : data with { RespondBy = book.Clock.OnWall(offered.Until, at) });
                break;
            case WaitlistPromoted promoted:
                Tell(NotificationKind.Promoted, book.Find(promoted.Invitation), WithTicket);
                break;
            case InvitationCancelled cancelled: Tell(cancelled); break;
            case InvitationExpired expired when status == InvitationStatus.Pending && book.Find(expired.Invitation).InLine:
                Tell(NotificationKind.OfferLapsed, book.Find(expired.Invitation));
                break;
            case EventChanged when Differences() is { Count: > 0 } changes:
                foreach (var guest in book.Guests.Where(guest => guest.IsLive))
                    Tell(NotificationKind.EventChanged, guest, data => WithTicket(data, guest) with { Changes = changes, OnCalendar = OnCalendar(guest) });
                break;
            case EventCancelled cancelled:
                foreach (var guest in alive)
                    Tell(NotificationKind.EventCancelled, guest, data => data with { Reason = cancelled.Reason, OnCalendar = OnCalendar(guest) });
                break;
            case ReminderDue { Missed: not true }:
                foreach (var guest in book.Guests.Where(guest => guest.Status == InvitationStatus.Confirmed))
                    Tell(NotificationKind.EventReminder, guest, WithTicket);
                break;
        }
    }

    private void Tell(InvitationCancelled cancelled)
    {
        var guest = book.Find(cancelled.Invitation);
        // Who leaves the line knows it; whoever gives a place back is told that it is done.
        if (status == InvitationStatus.Waitlist && cancelled.By == guest.Who.Id) return;
        Tell(NotificationKind.InvitationCancelled, guest, data => data with
        {
            Reason = cancelled.Reason,
            OnCalendar = status == InvitationStatus.Confirmed ? true : null,
            WasInLine = status == InvitationStatus.Waitlist ? true : null,
        });
    }

    private void Tell(NotificationKind kind, Guest guest, Func<NotificationData, Guest, NotificationData> more) =>
        Tell(kind, guest, data => more(data, guest));

    private void Tell(NotificationKind kind, Guest guest, Func<NotificationData, NotificationData>? more = null)
    {
        if (guest.Who.Email.Length == 0) return;
        var key = Notification.KeyOf(book.EventId, version, kind, guest.Who.Email);
        if (told.Count > 0 && !(keys ??= [.. told.Select(other => other.Key)]).Add(key)) return;
        var data = new NotificationData(
            facts ??= book.Event, new InvitationId(book.EventId, guest.Number).ToString(), guest.Count, guest.Places.Count == 0 ? null : book.Layout.NamesOf(guest.Places));
        told.Add(new Notification(
            key, kind, book.EventId, version, at, new Recipient(guest.Who.Id, guest.Who.Email, guest.Who.Locale ?? book.Locale), more?.Invoke(data) ?? data));
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
