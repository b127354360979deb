using Seats.Grains.Notify;

namespace Seats.Mail.Kinds;

/// <summary>An offer was not answered in time.</summary>
public sealed class OfferLapsedMail(Notification notification, MailSettings settings) : NotificationMail(notification, settings)
{
    public override string Subject => Say($"The offer has ended: {Event.Title}", $"L’offre est terminée : {Event.Title}");

    public override string Preheader => Say($"The place went to the next in line.", $"La place est passée à la personne suivante.");

    public override string Heading => Say("The offer has ended", "L’offre est terminée");

    public override IReadOnlyList<string> Paragraphs => Lines(
        Say($"{PlacesText} for “{Event.Title}” {(Data.Places == 1 ? "was" : "were")} kept for you, and no answer came in time.", $"{PlacesText} pour « {Event.Title} » {(Data.Places == 1 ? "vous était réservée" : "vous étaient réservées")}, et aucune réponse n’est arrivée à temps."),
        Say("If you still want to come, stand in line again.", "Si vous souhaitez toujours venir, reprenez place dans la file."));

    public override Type Template => typeof(Templates.OfferLapsed);

    public override MailLink Link => new(Say("Stand in line again", "Reprendre place dans la file"), EventUrl);
}
