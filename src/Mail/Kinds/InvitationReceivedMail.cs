using Seats.Core.Notifications;

namespace Seats.Mail.Kinds;

/// <summary>An organiser invites somebody; their answer is awaited.</summary>
public sealed class InvitationReceivedMail(Notification notification, MailLinks links) : NotificationMail(notification, links)
{
    public override Phrase Subject => Say($"You are invited: {TitleInSubject}", $"Vous avez une invitation : {TitleInSubject}");

    public override Phrase Preheader => Deadline is { } deadline
        ? Say($"{When}. Please answer {deadline}.", $"{When}. Merci de répondre {deadline}.") : Say($"{When}", $"{When}");

    public override Phrase Heading => Say("You are invited", "Vous avez une invitation");

    public override IReadOnlyList<Phrase> Paragraphs => Lines(
        Say($"{Host} invites you to “{Title}”.", $"{Host} vous invite à « {Title} »."),
        Say(
            $"{PlacesText} {Many("is", "are")} set aside for you.",
            $"{PlacesText} {Many("vous est réservée", "vous sont réservées")}."),
        Deadline is { } deadline
            ? Say(
                $"Please answer {deadline}. After that the {Many("place goes", "places go")} to somebody else.",
                $"Merci de répondre {deadline}. Ensuite, {Many("la place reviendra", "les places reviendront")} à quelqu’un d’autre.")
            : null);

    public override IReadOnlyList<MailLink> Links => AnswerLinks();

    public override Phrase Footer => BecauseInvited;

    protected override bool IsQuestion => true;
}
