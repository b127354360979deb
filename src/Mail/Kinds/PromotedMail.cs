using Seats.Core.Notifications;
using Seats.Mail.Calendar;

namespace Seats.Mail.Kinds;

/// <summary>The line moved on and the place is confirmed at once.</summary>
public sealed class PromotedMail(Notification notification, MailLinks links) : NotificationMail(notification, links)
{
    public override Phrase Subject => Say(
        $"You got {Many("a place", PlacesText)}: {TitleInSubject}", $"Vous avez {Many("une place", PlacesText)} : {TitleInSubject}");

    public override Phrase Preheader => Say($"Your ticket is inside. {When}", $"Votre billet est à l’intérieur. {When}");

    public override Phrase Heading => Say($"You got {Many("a place", PlacesText)}", $"Vous avez {Many("une place", PlacesText)}");

    public override IReadOnlyList<Phrase> Paragraphs => Lines(
        Say(
            $"It was your turn: {PlacesText} for “{Title}” came free and {Many("is", "are")} yours. There is nothing to confirm.",
            $"C’était votre tour : {PlacesText} pour « {Title} » {Many("s’est libérée et est à vous", "se sont libérées et sont à vous")}. "
            + $"Il n’y a rien à confirmer."),
        Say(
            "Keep this mail: the code in it is your ticket. The attachment puts the event into your calendar.",
            "Gardez ce courriel : le code qu’il contient est votre billet. La pièce jointe ajoute l’événement à votre agenda."),
        Say(
            $"If you cannot come, please give the {Many("place", "places")} back: others are waiting for {Many("it", "them")}.",
            $"Si vous ne pouvez pas venir, merci de rendre {Many("la place", "les places")} : "
            + $"d’autres {Many("l’attendent", "les attendent")}."));

    public override IReadOnlyList<MailLink> Links => KeepLinks();

    public override IReadOnlyList<CalendarEntry> Calendar => EntriesOf(_ => true, CalendarChange.Publish);

    protected override bool HasTickets => true;
}
