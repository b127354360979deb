using Seats.Grains.Notify;
using Seats.Mail.Calendar;

namespace Seats.Mail.Kinds;

/// <summary>The person comes: ticket and calendar entry.</summary>
public sealed class RegistrationConfirmedMail(Notification notification, MailSettings settings) : NotificationMail(notification, settings)
{
    public override string Subject => Say($"Your place is confirmed: {Event.Title}", $"Votre place est confirmée : {Event.Title}");

    public override string Preheader => Say($"Your ticket is inside. {When}", $"Votre billet est à l’intérieur. {When}");

    public override string Heading => Say("See you there", "Rendez-vous là-bas");

    public override IReadOnlyList<string> Paragraphs => Lines(
        Say($"{PlacesText} for “{Event.Title}”: it is settled, you are expected.", $"{PlacesText} pour « {Event.Title} » : c’est réglé, vous êtes attendu."),
        Say("Keep this mail: the code in it is your ticket. The attachment puts the event into your calendar.", "Gardez ce courriel : le code qu’il contient est votre billet. La pièce jointe ajoute l’événement à votre agenda."));

    public override Type Template => typeof(Templates.RegistrationConfirmed);

    public override MailLink Link => SeeYourPlace;

    public override CalendarChange? Calendar => CalendarChange.Publish;
}
