using Seats.Core.Notifications;
using Seats.Spelling;

namespace Seats.Mail.Kinds;

/// <summary>Tells an organiser that a mail about their event reached nobody.</summary>
public sealed class MailUndeliveredMail(Notification notification, MailLinks links) : NotificationMail(notification, links)
{
    public override Phrase Subject => Say($"Not delivered to {Guest}: {TitleInSubject}", $"Non remis à {Guest} : {TitleInSubject}");

    public override Phrase Preheader => Say("The mail server refused the address.", "Le serveur de courriel a refusé l’adresse.");

    public override Phrase Heading => Say("A mail could not be delivered", "Un courriel n’a pas pu être remis");

    public override IReadOnlyList<Phrase> Paragraphs => Lines(
        Say(
            $"{Guest} did not get our mail about “{Title}”: {What}.",
            $"{Guest} n’a pas reçu notre courriel au sujet de « {Title} » : {What}."),
        Undelivered.Answer.Length == 0 ? null : Say(
            $"The mail server said: {new Theirs(Undelivered.Answer)}",
            $"Réponse du serveur de courriel : {new Theirs(Undelivered.Answer)}"),
        Say(
            "Please check the address, and write to the person in another way. With the right address you can invite them again.",
            "Merci de vérifier l’adresse et de contacter la personne autrement. Avec la bonne adresse, vous pourrez l’inviter à nouveau."));

    public override IReadOnlyList<MailLink> Links => [SeeTheEvent];

    public override Phrase Footer => Say(
        $"You receive this mail at {Recipient} because you organise “{Title}”.",
        $"Vous recevez ce courriel à l’adresse {Recipient} parce que vous organisez « {Title} ».");

    private UndeliveredFacts Undelivered => Data.Undelivered!;

    private Phrase Guest => Phrase.OfPeople(EmailAddress.ToShow(Undelivered.Email));

    private Phrase What => Undelivered.Kind switch
    {
        NotificationKind.RegistrationConfirmed or NotificationKind.Promoted => Say("the ticket", "le billet"),
        NotificationKind.InvitationReceived => Say("your invitation", "votre invitation"),
        NotificationKind.InvitationCancelled => Say("the end of their invitation", "la fin de leur invitation"),
        NotificationKind.WaitlistJoined => Say("their place in line", "l’inscription sur liste d’attente"),
        NotificationKind.PlaceAvailable => Say("the offer of a place", "la proposition d’une place"),
        NotificationKind.OfferLapsed => Say("the end of an offer", "la fin d’une proposition"),
        NotificationKind.EventReminder => Say("the reminder", "le rappel"),
        NotificationKind.EventChanged => Say("what you changed", "vos modifications"),
        NotificationKind.EventCancelled => Say("the cancellation of the event", "l’annulation de l’événement"),
        NotificationKind.VerifyEmail or NotificationKind.MailUndelivered => Say("a message", "un message"),
    };
}
