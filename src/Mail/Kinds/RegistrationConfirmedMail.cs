using Seats.Core.Notifications;
using Seats.Mail.Calendar;

namespace Seats.Mail.Kinds;

/// <summary>The person comes: ticket and calendar entry.</summary>
public sealed class RegistrationConfirmedMail(Notification notification, MailLinks links) : NotificationMail(notification, links)
{
    public override Phrase Subject => Say(
        $"Your {Many("place is", "places are")} confirmed: {TitleInSubject}",
        $"{Many("Votre place est confirmée", "Vos places sont confirmées")} : {TitleInSubject}");

    public override Phrase Preheader => Say($"Your ticket is inside. {When}", $"Votre billet est à l’intérieur. {When}");

    public override Phrase Heading => Say("See you there", "C’est confirmé");

    public override IReadOnlyList<Phrase> Paragraphs => Lines(
        Say($"You have {PlacesText} for “{Title}”. See you there.", $"Vous avez {PlacesText} pour « {Title} ». À très vite !"),
        Say(
            "Keep this mail: the code in it is your ticket. The attachment puts the event into your calendar.",
            "Gardez ce courriel : le code qu’il contient est votre billet. La pièce jointe ajoute l’événement à votre agenda."),
        Say(
            $"If you cannot come, please give the {Many("place", "places")} back.",
            $"Si vous ne pouvez pas venir, merci de rendre {Many("la place", "les places")}."));

    public override IReadOnlyList<MailLink> Links => KeepLinks();

    public override IReadOnlyList<CalendarEntry> Calendar => EntriesOf(_ => true, CalendarChange.Publish);

    protected override bool HasTickets => true;
}
