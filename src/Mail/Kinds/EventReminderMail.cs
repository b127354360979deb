using Seats.Core.Notifications;

namespace Seats.Mail.Kinds;

/// <summary>The event comes nearer; how near is said by the day on which the reminder was due.</summary>
public sealed class EventReminderMail(Notification notification, MailLinks links) : NotificationMail(notification, links)
{
    public override Phrase Subject => Say($"{Capital(Coming)}: {TitleInSubject}", $"{Capital(Coming)} : {TitleInSubject}");

    public override Phrase Preheader => Say($"{When}", $"{When}");

    public override Phrase Heading => DaysLeft switch
    {
        0 => Say("See you today", "C’est aujourd’hui"),
        1 => Say("See you tomorrow", "À demain"),
        _ => Say($"See you on {StartDay}", $"Rendez-vous le {StartDay}"),
    };

    public override IReadOnlyList<Phrase> Paragraphs => Lines(
        Say(
            $"“{Title}” takes place {Coming}. You have {PlacesText}.",
            $"« {Title} » a lieu {Coming}. Vous avez {PlacesText}."),
        Tickets.Count switch
        {
            0 => null,
            1 => Say("The code below is your ticket.", "Le code ci-dessous est votre billet."),
            _ => Say("The codes below are your tickets.", "Les codes ci-dessous sont vos billets."),
        });

    public override IReadOnlyList<MailLink> Links => IsGathered ? [] : KeepLinks();

    protected override bool HasTickets => true;
}
