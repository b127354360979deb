using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Seats.Grains.Abstractions;
using Seats.Grains.Invitations;
using Seats.Mail.Composing;

namespace Seats.Mail.Tests;

/// <summary>A notification of each kind, and what composes it.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset At = new(2027, 3, 1, 9, 30, 0, TimeSpan.Zero);

    public static readonly MailSettings Settings = new()
    {
        From = "Seats <seats@tickets.example>",
        PublicUrl = new Uri("https://tickets.example"),
        Folder = "mail",
    };

    public static readonly EventFacts Event = new(
        "Conférence Tech 2027", "Centre de Congrès", new DateTimeOffset(2027, 6, 15, 12, 0, 0, TimeSpan.Zero), new DateTimeOffset(2027, 6, 15, 15, 0, 0, TimeSpan.Zero), "Europe/Paris");

    private static readonly Guid Asked = new("6f1f0c9e-9f0b-4c5e-8d0a-2f4b6f0d8a11");

    private const string Ticket = "AAAAAAAAAAEAAAABo7NPIB9KnQYsZfzuGOGA_s4Dj6zobL9RXq3Ks3AqaBBc-LlRbdYSzeYnNIwK0laIudL8uUnqmrMWLklW0-Od4w";

    public static MailComposer Composer { get; } = new(
        new ServiceCollection().BuildServiceProvider(), NullLoggerFactory.Instance, Settings, new Links(), new Links(), new Links());

    public static Notification Of(NotificationKind kind, string locale = "en", string email = "john.doe@example.com", EventFacts? facts = null)
    {
        if (kind == NotificationKind.VerifyEmail)
            return Notification.Of(new VerificationMail(Asked, "p1", "john.doe", email, locale, At, At.AddHours(24)));
        var data = new NotificationData(facts ?? Event, "1-12", 2, ["main/1/5", "main/1/6"]);
        data = kind switch
        {
            NotificationKind.RegistrationConfirmed or NotificationKind.Promoted or NotificationKind.EventReminder => data with { TicketCode = Ticket },
            NotificationKind.InvitationReceived => data with { RespondBy = At.AddHours(72) },
            NotificationKind.InvitationCancelled => data with { OnCalendar = true, Reason = "The hall is smaller than we thought." },
            NotificationKind.WaitlistJoined => data with { Seats = null },
            NotificationKind.PlaceAvailable => data with { RespondSeconds = 3_600 },
            NotificationKind.OfferLapsed or NotificationKind.VerifyEmail => data,
            NotificationKind.EventChanged => data with
            {
                TicketCode = Ticket,
                OnCalendar = true,
                Changes = [new EventDifference("START", "2027-06-14T12:00:00+00:00", "2027-06-15T12:00:00+00:00"), new EventDifference("LOCATION", "", "Centre de Congrès")],
            },
            NotificationKind.EventCancelled => data with { OnCalendar = true, Reason = "The singer is ill." },
        };
        return new Notification(Notification.KeyOf(1, 31, kind, email), kind, 1, 31, At, new Recipient("p1", email, locale), data);
    }

    internal sealed class Links : IUnsubscribeLinks, IInvitationLinks, IVerificationLinks
    {
        public string TokenOf(long eventId, int invitation) => $"token-of-{eventId}-{invitation}";

        public int? Read(string token, long eventId) => null;

        public Uri For(Guid verification, string email) =>
            new($"https://tickets.example/auth/verify?token={verification:N}.{email.Replace("@", ".at.", StringComparison.Ordinal)}");

        public Uri For(string email) => new($"https://tickets.example/unsubscribe/{email.Replace("@", ".at.", StringComparison.Ordinal)}");
    }
}
