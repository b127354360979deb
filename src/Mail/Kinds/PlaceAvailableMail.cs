using Seats.Grains.Notify;

namespace Seats.Mail.Kinds;

/// <summary>Freed places are offered to the person whose turn it is.</summary>
public sealed class PlaceAvailableMail(Notification notification, MailSettings settings) : NotificationMail(notification, settings)
{
    public override string Subject => Say($"It is your turn: {Event.Title}", $"C’est votre tour : {Event.Title}");

    public override string Preheader => Say($"{PlacesText} kept for you. Please answer soon.", $"{PlacesText} pour vous. Merci de répondre bientôt.");

    public override string Heading => Say("It is your turn", "C’est votre tour");

    public override IReadOnlyList<string> Paragraphs => Lines(
        Say($"{PlacesText} for “{Event.Title}” came free, and {(Data.Places == 1 ? "is" : "are")} kept for you.", $"{PlacesText} pour « {Event.Title} » {(Data.Places == 1 ? "s’est libérée et vous est réservée" : "se sont libérées et vous sont réservées")}."),
        Deadline is { } deadline ? Say($"Please confirm {deadline}. After that the offer goes to the next in line.", $"Merci de confirmer {deadline}. Ensuite, l’offre passera à la personne suivante.") : null);

    public override Type Template => typeof(Templates.PlaceAvailable);

    public override MailLink Link => new(Say("Confirm your place", "Confirmer votre place"), AnswerUrl);
}
