using Seats.Core.Notifications;
using Seats.Mail.Calendar;

namespace Seats.Mail.Kinds;

/// <summary>The event will not take place.</summary>
public sealed class EventCancelledMail(Notification notification, MailLinks links) : NotificationMail(notification, links)
{
    public override Phrase Subject => Say($"Cancelled: {TitleInSubject}", $"Annulé : {TitleInSubject}");

    public override Phrase Preheader => Say("The event will not take place.", "L’événement n’aura pas lieu.");

    public override Phrase Heading => Say("The event is cancelled", "L’événement est annulé");

    public override IReadOnlyList<Phrase> Paragraphs => Lines(
        Say($"“{Title}” will not take place. You need not do anything.", $"« {Title} » n’aura pas lieu. Vous n’avez rien à faire."),
        Because(Data.Reason),
        OutOfCalendar);

    /// <summary>None: there is nothing left to do or to see.</summary>
    public override IReadOnlyList<MailLink> Links => [];

    public override bool IsEventOff => true;

    public override IReadOnlyList<CalendarEntry> Calendar => EntriesOf(claim => claim.IsOnCalendar, CalendarChange.Cancel);
}
