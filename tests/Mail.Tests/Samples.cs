using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Seats.Core;
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
        "Conférence Tech 2027", "Centre de Congrès", new DateTimeOffset(2027, 6, 15, 12, 0, 0, TimeSpan.Zero),
        new DateTimeOffset(2027, 6, 15, 15, 0, 0, TimeSpan.Zero), "Europe/Paris", "anna@example.org");

    public const string Ticket =
        "AAAAAAAAAAEAAAABo7NPIB9KnQYsZfzuGOGA_s4Dj6zobL9RXq3Ks3AqaBBc-LlRbdYSzeYnNIwK0laIudL8uUnqmrMWLklW0-Od4w";

    public const string OtherTicket =
        "AAAAAAAAAAEAAAACo7NPIB9KnQYsZfzuGOGA_s4Dj6zobL9RXq3Ks3AqaBBc-LlRbdYSzeYnNIwK0laIudL8uUnqmrMWLklW0-Od5x";

    private const string Description =
        "An afternoon of talks about how tickets are sold.\n\nCoffee from 13:30. Bring a friend & a question.";

    private static readonly Guid Asked = new("6f1f0c9e-9f0b-4c5e-8d0a-2f4b6f0d8a11");

    private static readonly IReadOnlyList<RowFacts> Rows = [new RowFacts("Parterre", "1", [5, 6], 2)];

    public static MailComposer Composer { get; } = ComposerOf(Settings);

    /// <summary>Mails that differ from the plain one of their kind, by name.</summary>
    public static IReadOnlyDictionary<string, Func<string, Notification>> Variants { get; } =
        new Dictionary<string, Func<string, Notification>>
        {
            ["event_changed.gathered"] = locale => Gathered(NotificationKind.EventChanged, locale),
            ["event_cancelled.gathered"] = locale => Gathered(NotificationKind.EventCancelled, locale),
            ["event_reminder.gathered"] = locale => Gathered(NotificationKind.EventReminder, locale),
            ["event_reminder.tomorrow"] = locale => Of(NotificationKind.EventReminder, locale) with { At = Event.StartsAt.AddDays(-1) },
            ["event_changed.title"] = locale => With(NotificationKind.EventChanged, locale, data => data with
            {
                Changes =
                [
                    new EventDifference("TITLE", "Conférence Tech", "Conférence Tech 2027"),
                    new EventDifference("END", "2027-06-15T14:00:00+00:00", "2027-06-15T15:00:00+00:00"),
                ],
            }),
            ["event_changed.pending"] = locale => With(NotificationKind.EventChanged, locale, data => data with
            {
                Status = "PENDING",
                TicketCode = null,
                OnCalendar = null,
                RespondBy = At.AddHours(72),
            }),
            ["invitation_cancelled.given_back"] = locale => With(NotificationKind.InvitationCancelled, locale, data => data with
            {
                EndedByRecipient = true,
                Reason = null,
            }),
            ["invitation_cancelled.withdrawn"] = locale => With(NotificationKind.InvitationCancelled, locale, data => data with
            {
                Status = "PENDING",
                IsInvited = true,
                OnCalendar = null,
                Reason = null,
            }),
            ["invitation_cancelled.in_line"] = locale => With(NotificationKind.InvitationCancelled, locale, data => data with
            {
                Status = "WAITLIST",
                WasInLine = true,
                LeftThePlan = true,
                OnCalendar = null,
                Reason = null,
                Rows = null,
                Seats = null,
            }),
            ["waitlist_joined.invited"] = locale => With(NotificationKind.WaitlistJoined, locale, data => data with { IsInvited = true }),
            ["place_available.until"] = locale => With(NotificationKind.PlaceAvailable, locale, data => data with
            {
                RespondSeconds = null,
                RespondBy = At.AddHours(1),
            }),
            ["registration_confirmed.earlier"] = locale => Earlier(NotificationKind.RegistrationConfirmed, locale),
            ["invitation_cancelled.earlier"] = locale => Earlier(NotificationKind.InvitationCancelled, locale),
        };

    public static MailComposer ComposerOf(MailSettings settings)
    {
        var links = new Links();
        return new MailComposer(new ServiceCollection().BuildServiceProvider(), NullLoggerFactory.Instance, settings, links, links, links);
    }

    public static Notification Of(
        NotificationKind kind, string locale = "en", string email = "john.doe@example.com", EventFacts? facts = null)
    {
        if (kind == NotificationKind.VerifyEmail)
            return Notification.Of(new VerificationMail(Asked, "p1", "john.doe", email, locale, At, At.AddHours(24)));
        if (kind == NotificationKind.MailUndelivered)
            return Notification.OfUndelivered(Of(NotificationKind.InvitationReceived, email: "guest@example.com"), "550 5.1.1 no such mailbox", At)! with
            {
                Recipient = new Recipient(null, email, locale),
            };
        var data = new NotificationData(facts ?? Event, "1-12", 2, ["main/1/5", "main/1/6"], Rows: Rows, Status: "CONFIRMED");
        data = kind switch
        {
            NotificationKind.RegistrationConfirmed or NotificationKind.Promoted or NotificationKind.EventReminder =>
                data with { TicketCode = Ticket },
            NotificationKind.InvitationReceived => data with
            {
                Event = data.Event! with { Description = Description },
                Status = "PENDING",
                IsInvited = true,
                RespondBy = At.AddHours(72),
            },
            NotificationKind.InvitationCancelled => data with { OnCalendar = true, Reason = "The hall is smaller than we thought." },
            NotificationKind.WaitlistJoined => data with { Seats = null, Rows = null, Status = "WAITLIST", Position = 3 },
            NotificationKind.PlaceAvailable => data with { Status = "PENDING", RespondSeconds = 3_600 },
            NotificationKind.OfferLapsed => data with { Status = "PENDING" },
            NotificationKind.EventChanged => data with
            {
                TicketCode = Ticket,
                OnCalendar = true,
                Changes =
                [
                    new EventDifference("START", "2027-06-14T12:00:00+00:00", "2027-06-15T12:00:00+00:00"),
                    new EventDifference("LOCATION", "Salle des Fêtes", "Centre de Congrès"),
                ],
            },
            NotificationKind.EventCancelled => data with { OnCalendar = true, Reason = "The singer is ill." },
            NotificationKind.VerifyEmail or NotificationKind.MailUndelivered => data,
        };
        return new Notification(Notification.KeyOf(1, 31, kind, email), kind, 1, 31, At, new Recipient("p1", email, locale), data);
    }

    public static Notification With(NotificationKind kind, string locale, Func<NotificationData, NotificationData> change)
    {
        var notification = Of(kind, locale);
        return notification with { Data = change(notification.Data) };
    }

    /// <summary>Somebody with two tickets, an open invitation and a place in line.</summary>
    private static Notification Gathered(NotificationKind kind, string locale) => With(kind, locale, data => data with
    {
        Also =
        [
            new ClaimFacts("1-13", "CONFIRMED", 3, [new RowFacts("Balcony", null, null, 3)], OtherTicket),
            .. kind == NotificationKind.EventReminder ? Array.Empty<ClaimFacts>() :
            [
                new ClaimFacts("1-14", "PENDING", 1, [new RowFacts("Parterre", "2", [7], 1)], null, At.AddHours(72)),
                new ClaimFacts("1-15", "WAITLIST", 4),
            ],
        ],
    });

    /// <summary>As a program wrote it that knew less.</summary>
    private static Notification Earlier(NotificationKind kind, string locale) => With(kind, locale, data => data with
    {
        Event = data.Event! with { Organiser = null },
        Status = null,
        Rows = null,
    });

    internal sealed class Links : IUnsubscribeLinks, IInvitationLinks, IVerificationLinks
    {
        public string TokenOf(long eventId, int invitation) => $"token-of-{eventId}-{invitation}";

        public int? Read(string token, long eventId) => null;

        public Uri For(Guid verification, string email) =>
            new($"https://tickets.example/auth/verify?token={verification:N}.{email.Replace("@", ".at.", StringComparison.Ordinal)}");

        public Uri For(string email, OptionalMail what) =>
            new($"https://tickets.example/unsubscribe/{(what == OptionalMail.Invitations ? "invitations." : "")}{email.Replace("@", ".at.", StringComparison.Ordinal)}");
    }
}
