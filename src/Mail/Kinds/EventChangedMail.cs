using Seats.Grains.Notify;
using Seats.Mail.Calendar;

namespace Seats.Mail.Kinds;

/// <summary>Title, place or time of the event changed.</summary>
public sealed class EventChangedMail(Notification notification, MailSettings settings) : NotificationMail(notification, settings)
{
    public override string Subject => Say($"Changed: {Event.Title}", $"Modifié : {Event.Title}");

    public override string Preheader => Say($"{Changes.FirstOrDefault()}", $"{Changes.FirstOrDefault()}");

    public override string Heading => Say("The event has changed", "L’événement a changé");

    public override IReadOnlyList<string> Paragraphs => Lines([
        Say($"The organiser changed “{Event.Title}”:", $"L’organisateur a modifié « {Event.Title} » :"), .. Changes,
        HasTicket ? Say("Your place stays yours and your ticket stays valid.", "Votre place reste la vôtre et votre billet reste valable.") : null]);

    public override Type Template => typeof(Templates.EventChanged);

    public override MailLink Link => SeeYourPlace;

    public override CalendarChange? Calendar => Data.OnCalendar == true ? CalendarChange.Publish : null;
}
