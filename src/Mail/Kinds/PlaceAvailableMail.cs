using Seats.Core.Notifications;

namespace Seats.Mail.Kinds;

/// <summary>Freed places are offered to the person whose turn it is.</summary>
public sealed class PlaceAvailableMail(Notification notification, MailLinks links) : NotificationMail(notification, links)
{
    public override Phrase Subject => Data switch
    {
        { RespondBy: { } time } => Say(
            $"It is your turn, {Until(time)}: {TitleInSubject}", $"C’est votre tour, {Until(time)} : {TitleInSubject}"),
        { RespondSeconds: { } seconds } => Say(
            $"It is your turn, answer within {Words.Duration(seconds)}: {TitleInSubject}",
            $"C’est votre tour, réponse sous {Words.Duration(seconds)} : {TitleInSubject}"),
        _ => Say($"It is your turn: {TitleInSubject}", $"C’est votre tour : {TitleInSubject}"),
    };

    public override Phrase Preheader => Deadline is { } deadline
        ? Say($"{PlacesText} kept for you. Please answer {deadline}.", $"{PlacesText} pour vous. Merci de répondre {deadline}.")
        : Say($"{PlacesText} kept for you. Please answer soon.", $"{PlacesText} pour vous. Merci de répondre bientôt.");

    public override Phrase Heading => Say("It is your turn", "C’est votre tour");

    public override IReadOnlyList<Phrase> Paragraphs => Lines(
        Say(
            $"{PlacesText} for “{Title}” came free, and {Many("is", "are")} kept for you.",
            $"{PlacesText} pour « {Title} » {Many("s’est libérée et vous est réservée", "se sont libérées et vous sont réservées")}."),
        Deadline is { } deadline
            ? Say(
                $"Please answer {deadline}. After that the offer goes to the next in line.",
                $"Merci de répondre {deadline}. Ensuite, l’offre passera à la personne suivante.")
            : null);

    public override IReadOnlyList<MailLink> Links => AnswerLinks();

    protected override bool IsQuestion => true;

    private string Until(DateTimeOffset time) => Words.Until(time, Notification.At, Event.TimeZone);
}
