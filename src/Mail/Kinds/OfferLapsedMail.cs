using Seats.Core.Notifications;

namespace Seats.Mail.Kinds;

/// <summary>An offer was not answered in time.</summary>
public sealed class OfferLapsedMail(Notification notification, MailLinks links) : NotificationMail(notification, links)
{
    public override Phrase Subject => Say($"The offer has ended: {TitleInSubject}", $"L’offre est terminée : {TitleInSubject}");

    public override Phrase Preheader => Say("The time to answer has passed.", "Le délai de réponse est passé.");

    public override Phrase Heading => Say("The offer has ended", "L’offre est terminée");

    public override IReadOnlyList<Phrase> Paragraphs => Lines(
        Say(
            $"{PlacesText} for “{Title}” {Many("was", "were")} kept for you. The time to answer has passed.",
            $"{PlacesText} pour « {Title} » {Many("vous était réservée", "vous étaient réservées")}. Le délai de réponse est passé."),
        Say(
            "If you still want to come, stand in line again.",
            "Si vous souhaitez toujours venir, reprenez place sur la liste d’attente."));

    public override IReadOnlyList<MailLink> Links =>
        [new MailLink(Say("Stand in line again", "Reprendre place sur la liste d’attente").ToString(), EventUrl)];
}
