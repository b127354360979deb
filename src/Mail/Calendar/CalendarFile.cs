using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using MimeKit;
using Seats.Mail.Kinds;
using Seats.Spelling;

namespace Seats.Mail.Calendar;

/// <summary>What an attachment does to the reader's calendar.</summary>
public enum CalendarChange
{
    /// <summary>Adds the event, or replaces an entry of a lower sequence.</summary>
    Publish,

    /// <summary>Takes the event out.</summary>
    Cancel,
}

/// <summary>An attachment for the reader's calendar.</summary>
public sealed record CalendarEntry(Claim Claim, CalendarChange Change, string FileName);

/// <summary>
/// An invitation to an event as an iCalendar file (RFC 5545). Each invitation has one UID for all its life: a later file replaces an
/// earlier one, and one that is cancelled leaves the others of the same person. Times are UTC, which every calendar shows in its own zone.
/// </summary>
internal static class CalendarFile
{
    private static readonly Duration BeforeTheStart = Duration.FromHours(-1);

    public static string Of(NotificationMail mail, CalendarEntry what, MailSettings settings)
    {
        var (notification, facts) = (mail.Notification, mail.Event);
        var entry = new CalendarEvent
        {
            Uid = $"invitation-{what.Claim.Id}@{settings.MessageHost}",
            Summary = facts.Title,
            Location = facts.Location.Length > 0 ? facts.Location : null,
            Description = $"{mail.PlacesOf(what.Claim)}\n{mail.InvitationLabel(what.Claim)}\n{mail.EventUrl.AbsoluteUri}",
            Start = Utc(facts.StartsAt),
            End = Utc(facts.EndsAt),
            DtStamp = Utc(notification.At),
            Sequence = (int)Math.Min(int.MaxValue, notification.Version),
            Status = what.Change == CalendarChange.Cancel ? EventStatus.Cancelled : EventStatus.Confirmed,
            // Not the link to answer: calendars are shared.
            Url = mail.EventUrl,
            Organizer = OrganiserOf(mail, settings),
        };
        if (what.Change == CalendarChange.Publish)
            entry.Alarms.Add(new Alarm { Action = AlarmAction.Display, Description = facts.Title, Trigger = new Trigger(BeforeTheStart) });
        var calendar = new Ical.Net.Calendar { Method = Method(what.Change), ProductId = "-//Seats//Seats//EN" };
        calendar.Events.Add(entry);
        return LineFolding.Refold(new CalendarSerializer().SerializeToString(calendar)!);
    }

    /// <summary>PUBLISH or CANCEL (RFC 5546).</summary>
    public static string Method(CalendarChange change) => change == CalendarChange.Cancel ? "CANCEL" : "PUBLISH";

    /// <summary>Who organises the event where that is known, else who sends the mail.</summary>
    private static Organizer OrganiserOf(NotificationMail mail, MailSettings settings)
    {
        if (mail.Organiser is { } address) return new Organizer($"mailto:{address}") { CommonName = EmailAddress.ToShow(address) };
        var sender = MailboxAddress.Parse(settings.From);
        var name = sender.Name is { Length: > 0 } known ? known : "Seats";
        return new Organizer($"mailto:{sender.GetAddress(idnEncode: true)}") { CommonName = name };
    }

    private static CalDateTime Utc(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        return new CalDateTime(utc.Year, utc.Month, utc.Day, utc.Hour, utc.Minute, utc.Second, "UTC");
    }
}
