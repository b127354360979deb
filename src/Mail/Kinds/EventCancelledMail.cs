using Seats.Grains.Notify;
using Seats.Mail.Calendar;

namespace Seats.Mail.Kinds;

/// <summary>The event will not take place.</summary>
public sealed class EventCancelledMail(Notification notification, MailSettings settings) : NotificationMail(notification, settings)
{
    public override string Subject => Say($"Cancelled: {Event.Title}", $"Annulé : {Event.Title}");

    public override string Preheader => Say($"The event will not take place.", $"L’événement n’aura pas lieu.");

    public override string Heading => Say("The event is cancelled", "L’événement est annulé");

    public override IReadOnlyList<string> Paragraphs => Lines(
        Say($"“{Event.Title}” will not take place. You need not do anything.", $"« {Event.Title} » n’aura pas lieu. Vous n’avez rien à faire."),
        Because(Data.Reason));

    public override Type Template => typeof(Templates.EventCancelled);

    public override CalendarChange? Calendar => Data.OnCalendar == true ? CalendarChange.Cancel : null;
}
