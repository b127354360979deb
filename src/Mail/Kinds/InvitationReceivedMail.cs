using Seats.Grains.Notify;

namespace Seats.Mail.Kinds;

/// <summary>An organiser invites somebody; their answer is awaited.</summary>
public sealed class InvitationReceivedMail(Notification notification, MailSettings settings) : NotificationMail(notification, settings)
{
    public override string Subject => Say($"You are invited: {Event.Title}", $"Vous êtes invité : {Event.Title}");

    public override string Preheader => Say($"{When}", $"{When}");

    public override string Heading => Say("You are invited", "Vous êtes invité");

    public override IReadOnlyList<string> Paragraphs => Lines(
        Say($"{PlacesText} for “{Event.Title}” {(Data.Places == 1 ? "is" : "are")} set aside for you.", $"{PlacesText} pour « {Event.Title} » {(Data.Places == 1 ? "vous est réservée" : "vous sont réservées")}."),
        Deadline is { } deadline ? Say($"Please confirm or decline {deadline}. After that the place goes to somebody else.", $"Merci de confirmer ou de refuser {deadline}. Ensuite, la place reviendra à quelqu’un d’autre.") : null);

    public override Type Template => typeof(Templates.InvitationReceived);

    public override MailLink Link => new(Say("Answer the invitation", "Répondre à l’invitation"), AnswerUrl);
}
