using Seats.Core.Notifications;

namespace Seats.Mail.Kinds;

/// <summary>The mail of each kind of notification.</summary>
internal static class MailKinds
{
    public static NotificationMail Of(Notification notification, MailLinks links) => notification.Kind switch
    {
        NotificationKind.RegistrationConfirmed => new RegistrationConfirmedMail(notification, links),
        NotificationKind.InvitationReceived => new InvitationReceivedMail(notification, links),
        NotificationKind.InvitationCancelled => new InvitationCancelledMail(notification, links),
        NotificationKind.WaitlistJoined => new WaitlistJoinedMail(notification, links),
        NotificationKind.PlaceAvailable => new PlaceAvailableMail(notification, links),
        NotificationKind.Promoted => new PromotedMail(notification, links),
        NotificationKind.OfferLapsed => new OfferLapsedMail(notification, links),
        NotificationKind.EventReminder => new EventReminderMail(notification, links),
        NotificationKind.EventChanged => new EventChangedMail(notification, links),
        NotificationKind.EventCancelled => new EventCancelledMail(notification, links),
        NotificationKind.MailUndelivered => new MailUndeliveredMail(notification, links),
        NotificationKind.VerifyEmail => new VerifyEmailMail(notification, links),
    };
}
