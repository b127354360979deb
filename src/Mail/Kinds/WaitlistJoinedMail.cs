using Seats.Core.Notifications;

namespace Seats.Mail.Kinds;

/// <summary>Somebody stands in line, by themself or because an organiser invited them to a full event.</summary>
public sealed class WaitlistJoinedMail(Notification notification, MailLinks links) : NotificationMail(notification, links)
{
    private bool IsInvited => Data.IsInvited == true;

    public override Phrase Subject => IsInvited
        ? Say($"You are invited, and in line: {TitleInSubject}", $"Vous avez une invitation, sur liste d’attente : {TitleInSubject}")
        : Say($"You are in line: {TitleInSubject}", $"Vous êtes sur liste d’attente : {TitleInSubject}");

    public override Phrase Preheader => Position ?? Say(
        "We will write as soon as it is your turn.", "Nous vous écrirons dès que ce sera votre tour.");

    public override Phrase Heading => IsInvited
        ? Say("You are invited, and in line", "Vous avez une invitation, sur liste d’attente")
        : Say("You are in line", "Vous êtes sur liste d’attente");

    public override IReadOnlyList<Phrase> Paragraphs => Lines(
        IsInvited
            ? Say(
                $"{Host} invites you to “{Title}”. The event is full for now, so you stand in line for {PlacesText}.",
                $"{Host} vous invite à « {Title} ». L’événement est complet pour l’instant : "
                + $"vous êtes sur liste d’attente pour {PlacesText}.")
            : Say($"You are waiting for {PlacesText} for “{Title}”.", $"Vous attendez {PlacesText} pour « {Title} »."),
        Position,
        Say(
            "There is nothing to do: whoever came first is served first, and we will write as soon as it is your turn.",
            "Il n’y a rien à faire : chacun est servi dans l’ordre d’arrivée, et nous vous écrirons dès que ce sera votre tour."));

    public override IReadOnlyList<MailLink> Links => LineLinks();

    protected override bool IsQuestion => IsInvited;

    private Phrase? Position => Data.Position is { } position
        ? Say($"You are number {position} in line.", $"Vous êtes au rang {position} de la liste d’attente.") : null;
}
