using Seats.Grains.Notify;

namespace Seats.Mail.Kinds;

/// <summary>Somebody stands in line.</summary>
public sealed class WaitlistJoinedMail(Notification notification, MailSettings settings) : NotificationMail(notification, settings)
{
    public override string Subject => Say($"You are in line: {Event.Title}", $"Vous êtes dans la file : {Event.Title}");

    public override string Preheader => Say($"We write as soon as a place frees.", $"Nous vous écrirons dès qu’une place se libère.");

    public override string Heading => Say("You are in line", "Vous êtes dans la file d’attente");

    public override IReadOnlyList<string> Paragraphs => Lines(
        Say($"You wait for {PlacesText} for “{Event.Title}”.", $"Vous attendez {PlacesText} pour « {Event.Title} »."),
        Say("There is nothing to do: whoever came first is served first, and we write the moment it is your turn.", "Il n’y a rien à faire : les premiers arrivés sont servis en premier, et nous vous écrirons dès que ce sera votre tour."));

    public override Type Template => typeof(Templates.WaitlistJoined);

    public override MailLink Link => new(Say("See where you stand", "Voir votre rang"), AnswerUrl);
}
