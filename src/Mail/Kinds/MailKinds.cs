using Seats.Grains.Notify;

namespace Seats.Mail.Kinds;

/// <summary>The mail of each kind of notification.</summary>
internal static class MailKinds
{
    public static NotificationMail Of(Notification notification, MailSettings settings) => notification.Kind switch
    {
        NotificationKind.RegistrationConfirmed => new RegistrationConfirmedMail(notification, settings),
        NotificationKind.InvitationReceived => new InvitationReceivedMail(notification, settings),
        NotificationKind.InvitationCancelled => new InvitationCancelledMail(notification, settings),
        NotificationKind.WaitlistJoined => new WaitlistJoinedMail(notification, settings),
        NotificationKind.PlaceAvailable => new PlaceAvailableMail(notification, settings),
        NotificationKind.Promoted => new PromotedMail(notification, settings),
        NotificationKind.OfferLapsed => new OfferLapsedMail(notification, settings),
        NotificationKind.EventReminder => new EventReminderMail(notification, settings),
        NotificationKind.EventChanged => new EventChangedMail(notification, settings),
        NotificationKind.EventCancelled => new EventCancelledMail(notification, settings),
        NotificationKind.VerifyEmail => new VerifyEmailMail(notification, settings),
    };
}
