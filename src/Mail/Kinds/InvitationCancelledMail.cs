using Seats.Grains.Notify;
using Seats.Mail.Calendar;

namespace Seats.Mail.Kinds;

/// <summary>A claim ended before its time.</summary>
public sealed class InvitationCancelledMail(Notification notification, MailSettings settings) : NotificationMail(notification, settings)
{
    public override string Subject => Say($"Cancelled: your place for {Event.Title}", $"Annulée : votre place pour {Event.Title}");

    public override string Preheader => Say($"Your claim on {PlacesText} has ended.", $"Votre demande de {PlacesText} a pris fin.");

    public override string Heading => Say("Your place was cancelled", "Votre place a été annulée");

    public override IReadOnlyList<string> Paragraphs => Lines(
        Say($"Your claim on {PlacesText} for “{Event.Title}” has ended. A ticket for it is no longer valid.", $"Votre demande de {PlacesText} pour « {Event.Title} » a pris fin. Un billet correspondant n’est plus valable."),
        Because(Data.Reason));

    public override Type Template => typeof(Templates.InvitationCancelled);

    public override CalendarChange? Calendar => Data.OnCalendar == true ? CalendarChange.Cancel : null;
}
