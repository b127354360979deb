using Seats.Core.Notifications;
using Seats.Mail.Calendar;

namespace Seats.Mail.Kinds;

/// <summary>Title, place or time of the event changed.</summary>
public sealed class EventChangedMail(Notification notification, MailLinks links) : NotificationMail(notification, links)
{
    public override Phrase Subject => Say($"Changed: {TitleInSubject}", $"Modifié : {TitleInSubject}");

    public override Phrase Preheader => Changes.Count > 0 ? Changes[0] : When;

    public override Phrase Heading => Say("The event has changed", "L’événement a changé");

    public override IReadOnlyList<Phrase> Paragraphs => Lines([
        Say($"The organiser changed “{Title}”:", $"L’organisateur a modifié « {Title} » :"), .. Changes, Standing, Attachment]);

    public override IReadOnlyList<MailLink> Links => IsGathered ? [] : LinksOf(First);

    public override IReadOnlyList<CalendarEntry> Calendar => EntriesOf(claim => claim.IsOnCalendar, CalendarChange.Publish);

    protected override bool HasTickets => true;

    /// <summary>What the change means for whom it reaches; the card says it of several.</summary>
    private Phrase? Standing
    {
        get
        {
            if (Tickets.Count > 0) return Say(
                $"Your {Many("place stays", "places stay")} yours, and your {Ticket("ticket stays", "tickets stay")} valid.",
                $"{Many("Votre place reste la vôtre", "Vos places restent les vôtres")}, "
                + $"et {Ticket("votre billet reste valable", "vos billets restent valables")}.");
            if (IsGathered || First is not { } claim) return null;
            if (claim.IsInLine) return Say("You keep your place in line.", "Vous gardez votre rang sur la liste d’attente.");
            if (!claim.IsPending) return null;
            return Deadline is { } deadline
                ? Say(
                    $"Your answer is still awaited. Please answer {deadline}.",
                    $"Votre réponse est toujours attendue. Merci de répondre {deadline}.")
                : Say("Your answer is still awaited.", "Votre réponse est toujours attendue.");
        }
    }

    private Phrase? Attachment => Calendar.Count switch
    {
        0 => null,
        1 => Say("The attachment updates the entry in your calendar.", "La pièce jointe met à jour votre agenda."),
        _ => Say("The attachments update the entries in your calendar.", "Les pièces jointes mettent à jour votre agenda."),
    };

    private string Ticket(string one, string many) => Tickets.Count == 1 ? one : many;
}
