using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Seats.Mail.Kinds;

namespace Seats.Mail.Calendar;

/// <summary>What an attachment does to the reader's calendar.</summary>
public enum CalendarChange
{
    /// <summary>Adds the event, or replaces an entry of a lower sequence.</summary>
    Publish,

    /// <summary>Takes the event out.</summary>
    Cancel,
}

/// <summary>The event as an iCalendar file (RFC 5545): one UID for all its life, so that a later file replaces an earlier one. Times are UTC, which every calendar shows in its own zone.</summary>
internal static class CalendarFile
{
    public const string FileName = "event.ics";

    public static string Of(NotificationMail mail, CalendarChange change, MailSettings settings)
    {
        var (notification, facts) = (mail.Notification, mail.Event);
        var cancelled = change == CalendarChange.Cancel;
        var sender = MimeKit.MailboxAddress.Parse(settings.From);
        var entry = new CalendarEvent
        {
            Uid = $"event-{notification.EventId}@{settings.MessageHost}",
            Summary = facts.Title,
            Location = facts.Location.Length > 0 ? facts.Location : null,
            Start = Utc(facts.StartsAt),
            End = Utc(facts.EndsAt),
            DtStamp = Utc(notification.At),
            Sequence = (int)Math.Min(int.MaxValue, notification.Version),
            Status = cancelled ? EventStatus.Cancelled : EventStatus.Confirmed,
            // Not the link to answer: calendars are shared.
            Url = mail.EventUrl,
            Organizer = new Organizer($"mailto:{sender.Address}") { CommonName = sender.Name is { Length: > 0 } name ? name : "Seats" },
        };
        var calendar = new Ical.Net.Calendar { Method = Method(change), ProductId = "-//Seats//Seats//EN" };
        calendar.Events.Add(entry);
        return new CalendarSerializer().SerializeToString(calendar)!;
    }

    /// <summary>PUBLISH or CANCEL (RFC 5546).</summary>
    public static string Method(CalendarChange change) => change == CalendarChange.Cancel ? "CANCEL" : "PUBLISH";

    private static CalDateTime Utc(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        return new CalDateTime(utc.Year, utc.Month, utc.Day, utc.Hour, utc.Minute, utc.Second, "UTC");
    }
}
