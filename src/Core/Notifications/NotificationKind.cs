using System.Text.Json;
using System.Text.Json.Serialization;

namespace Seats.Core.Notifications;

/// <summary>What a person is told.</summary>
[JsonConverter(typeof(NotificationKindConverter))]
public enum NotificationKind
{
    RegistrationConfirmed,
    InvitationReceived,
    InvitationCancelled,
    WaitlistJoined,
    PlaceAvailable,
    Promoted,
    OfferLapsed,
    EventReminder,
    EventChanged,
    EventCancelled,
    VerifyEmail,

    /// <summary>To an organiser: a mail about their event reached nobody.</summary>
    MailUndelivered,
}

/// <summary>Which notifications go ahead of others; stored as its number.</summary>
public enum Urgency
{
    /// <summary>Somebody's time to answer runs, or they wait before the screen.</summary>
    Urgent,

    /// <summary>About one person's own invitation.</summary>
    Personal,

    /// <summary>For everybody who takes part in an event.</summary>
    Everybody,
}

/// <summary>How kinds are written, and the topic each travels on.</summary>
public static class NotificationKinds
{
    /// <summary>What failed for good.</summary>
    public const string DeadLetterTopic = "notification.dlq";

    private static readonly Dictionary<NotificationKind, string> Names = Enum.GetValues<NotificationKind>().ToDictionary(kind => kind, kind => History.Names.UpperSnake(kind.ToString()));

    private static readonly Dictionary<string, NotificationKind> ByName = Names.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>Every topic that carries notifications to be sent.</summary>
    public static IReadOnlyList<string> Topics { get; } =
        [.. Enum.GetValues<NotificationKind>().Select(Topic).OfType<string>().Distinct()];

    /// <summary>Upper case with underscores.</summary>
    public static string Name(this NotificationKind kind) => Names[kind];

    /// <summary>The topic of a kind; null for one that follows from no event: it goes straight into the ledger.</summary>
    public static string? Topic(this NotificationKind kind) => kind switch
    {
        NotificationKind.RegistrationConfirmed => "invitation.responded",
        NotificationKind.InvitationReceived or NotificationKind.InvitationCancelled => "invitation.sent",
        NotificationKind.WaitlistJoined or NotificationKind.PlaceAvailable or NotificationKind.OfferLapsed => "waitlist.notification",
        NotificationKind.Promoted => "waitlist.promotion",
        NotificationKind.EventReminder => "event.reminder",
        NotificationKind.EventChanged or NotificationKind.EventCancelled => "event.changed",
        NotificationKind.VerifyEmail or NotificationKind.MailUndelivered => null,
    };

    /// <summary>How urgent a kind is.</summary>
    public static Urgency Urgency(this NotificationKind kind) => kind switch
    {
        NotificationKind.PlaceAvailable or NotificationKind.Promoted or NotificationKind.OfferLapsed or NotificationKind.VerifyEmail =>
            Notifications.Urgency.Urgent,
        NotificationKind.RegistrationConfirmed or NotificationKind.InvitationReceived or NotificationKind.InvitationCancelled
            or NotificationKind.WaitlistJoined or NotificationKind.MailUndelivered => Notifications.Urgency.Personal,
        NotificationKind.EventReminder or NotificationKind.EventChanged or NotificationKind.EventCancelled => Notifications.Urgency.Everybody,
    };

    public static NotificationKind? Find(string name) => ByName.TryGetValue(name, out var kind) ? kind : null;
}

internal sealed class NotificationKindConverter : JsonConverter<NotificationKind>
{
    public override NotificationKind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        NotificationKinds.Find(reader.GetString() ?? "") ?? throw new JsonException("An unknown kind of notification.");

    public override void Write(Utf8JsonWriter writer, NotificationKind value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name());
}
