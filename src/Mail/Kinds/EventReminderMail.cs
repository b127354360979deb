using Seats.Grains.Notify;

namespace Seats.Mail.Kinds;

/// <summary>The event is near.</summary>
public sealed class EventReminderMail(Notification notification, MailSettings settings) : NotificationMail(notification, settings)
{
    public override string Subject => Say($"Soon: {Event.Title}", $"Bientôt : {Event.Title}");

    public override string Preheader => Say($"{When}", $"{When}");

    public override string Heading => Say("See you soon", "À bientôt");

    public override IReadOnlyList<string> Paragraphs => Lines(
        Say($"“{Event.Title}” begins soon, and you are expected.", $"« {Event.Title} » commence bientôt, et vous êtes attendu."),
        Say("The code below is your ticket.", "Le code ci-dessous est votre billet."));

    public override Type Template => typeof(Templates.EventReminder);

    public override MailLink Link => SeeYourPlace;

    public override bool IsOptional => true;
}
