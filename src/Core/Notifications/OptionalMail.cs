namespace Seats.Core.Notifications;

/// <summary>Mails that people may not want, and can do without.</summary>
public enum OptionalMail
{
    Reminders,

    /// <summary>Of organisers who invite somebody that did not ask for it.</summary>
    Invitations,
}

/// <summary>Which notifications may be declined.</summary>
public static class OptionalMails
{
    /// <summary>What somebody declines who does not want such a notification; null for those that one must know of.</summary>
    public static OptionalMail? OptionalAs(this Notification notification) => notification switch
    {
        { Kind: NotificationKind.EventReminder } => OptionalMail.Reminders,
        { Kind: NotificationKind.InvitationReceived } or { Kind: NotificationKind.WaitlistJoined, Data.IsInvited: true } =>
            OptionalMail.Invitations,
        _ => null,
    };
}
