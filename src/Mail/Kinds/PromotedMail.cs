using Seats.Grains.Notify;
using Seats.Mail.Calendar;

namespace Seats.Mail.Kinds;

/// <summary>The line moved on and the place is confirmed at once.</summary>
public sealed class PromotedMail(Notification notification, MailSettings settings) : NotificationMail(notification, settings)
{
    public override string Subject => Say($"You got a place: {Event.Title}", $"Vous avez une place : {Event.Title}");

    public override string Preheader => Say($"Your ticket is inside. {When}", $"Votre billet est à l’intérieur. {When}");

    public override string Heading => Say("You got a place", "Vous avez une place");

    public override IReadOnlyList<string> Paragraphs => Lines(
        Say($"It was your turn: {PlacesText} for “{Event.Title}” came free and {(Data.Places == 1 ? "is" : "are")} yours. There is nothing to confirm.", $"C’était votre tour : {PlacesText} pour « {Event.Title} » {(Data.Places == 1 ? "s’est libérée et est à vous" : "se sont libérées et sont à vous")}. Il n’y a rien à confirmer."),
        Say("If you cannot come, please give the place back: others wait for it.", "Si vous ne pouvez pas venir, merci de rendre la place : d’autres l’attendent."));

    public override Type Template => typeof(Templates.Promoted);

    public override MailLink Link => SeeYourPlace;

    public override CalendarChange? Calendar => CalendarChange.Publish;
}
