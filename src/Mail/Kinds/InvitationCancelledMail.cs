using Seats.Grains.Notify;
using Seats.Mail.Calendar;

namespace Seats.Mail.Kinds;

/// <summary>A claim ended before its time.</summary>
public sealed class InvitationCancelledMail(Notification notification, MailSettings settings) : NotificationMail(notification, settings)
{
    private bool WasInLine => Data.WasInLine == true;

    public override string Subject => WasInLine
        ? Say($"No longer in line: {Event.Title}", $"Vous n’êtes plus dans la file : {Event.Title}")
        : Say($"Cancelled: your place for {Event.Title}", $"Annulée : votre place pour {Event.Title}");

    public override string Preheader => WasInLine
        ? Say($"Your wish for {PlacesText} was taken off the waitlist.", $"Votre demande de {PlacesText} a été retirée de la liste d’attente.")
        : Say($"Your claim on {PlacesText} has ended.", $"Votre demande de {PlacesText} a pris fin.");

    public override string Heading => WasInLine ? Say("You are no longer in line", "Vous n’êtes plus dans la file d’attente") : Say("Your place was cancelled", "Votre place a été annulée");

    public override IReadOnlyList<string> Paragraphs => Lines(
        WasInLine
            ? Say($"Your wish for {PlacesText} for “{Event.Title}” was taken off the waitlist.", $"Votre demande de {PlacesText} pour « {Event.Title} » a été retirée de la liste d’attente.")
            : Say($"Your claim on {PlacesText} for “{Event.Title}” has ended.", $"Votre demande de {PlacesText} pour « {Event.Title} » a pris fin."),
        Data.LeftThePlan == true
            ? Say("The organiser changed the seating plan, and it has no such places any more.", "L’organisateur a modifié le plan de salle, qui n’a plus de telles places.")
            : null,
        Data.OnCalendar == true ? Say("The ticket for it is no longer valid.", "Le billet correspondant n’est plus valable.") : null,
        Because(Data.Reason));

    public override Type Template => typeof(Templates.InvitationCancelled);

    public override CalendarChange? Calendar => Data.OnCalendar == true ? CalendarChange.Cancel : null;
}
