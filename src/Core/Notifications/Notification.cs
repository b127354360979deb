using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Seats.Spelling;

namespace Seats.Core.Notifications;

/// <summary>Something one person must be told, once. The JSON of it is what Kafka carries and the ledger keeps: members are added, never renamed.</summary>
/// <param name="Key">
/// <c>event/version/kind/recipient</c>, the recipient as a short hash: the same thing told twice has the same key. What concerns an account
/// has <c>accounts</c> and an id in place of event and version.
/// </param>
/// <param name="EventId">Absent (0) where it is about an account.</param>
/// <param name="Version">The version of the event that brought it; absent (0) where it is about an account.</param>
/// <param name="At">When the event decided it, or the account was asked.</param>
public sealed record Notification(
    string Key,
    NotificationKind Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long EventId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long Version,
    DateTimeOffset At,
    Recipient Recipient,
    NotificationData Data)
{
    private const int HashBytes = 8;

    /// <summary>
    /// The key of what a recipient is told about a version of an event. An earlier program kept domains in their own letters: what it told
    /// has the same key.
    /// </summary>
    public static string KeyOf(long eventId, long version, NotificationKind kind, string email) =>
        $"{eventId}/{version}/{kind.Name()}/{HashOf(email)}";

    /// <summary>What asks an account to prove its address.</summary>
    public static Notification Of(VerificationMail mail)
    {
        const NotificationKind kind = NotificationKind.VerifyEmail;
        return new Notification(
            $"accounts/{mail.Id:N}/{kind.Name()}/{HashOf(mail.Email)}", kind, 0, 0, mail.At,
            new Recipient(mail.PersonId, mail.Email, mail.Locale),
            new NotificationData(null, Account: new AccountFacts(mail.Username, mail.Id, mail.Until)));
    }

    /// <summary>
    /// What tells an organiser that a mail reached nobody, once for each address; null where no organiser is known, or it was their own.
    /// </summary>
    /// <param name="answer">What the mail server said.</param>
    /// <param name="at">When the mail was given up.</param>
    public static Notification? OfUndelivered(Notification failed, string answer, DateTimeOffset at)
    {
        const NotificationKind kind = NotificationKind.MailUndelivered;
        if (failed.Kind.Topic() is null || failed.Data.Event is not { Organiser: { } organiser } facts) return null;
        var key = KeyOf(failed.EventId, 0, kind, failed.Recipient.Email);
        return failed.Recipient.Email == organiser ? null : new Notification(
            key, kind, failed.EventId, 0, at, new Recipient(null, organiser, "en"),
            new NotificationData(
                facts with { Organiser = null, Description = null },
                Undelivered: new UndeliveredFacts(failed.Recipient.Email, failed.Kind, answer)));
    }

    private static string HashOf(string email)
    {
        var shown = EmailAddress.ToShow(email).ToLowerInvariant();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(shown)).AsSpan(0, HashBytes));
    }
}

/// <summary>Whom to tell, where, and in which language (<c>en</c> or <c>fr</c>).</summary>
/// <param name="PersonId">Null while nobody claimed the address.</param>
public sealed record Recipient(string? PersonId, string Email, string Locale);

/// <summary>What the mail says, as the event stood at that version.</summary>
/// <param name="Event">Null where it is about an account.</param>
/// <param name="Invitation"><c>event-number</c>; null when it is about the event alone.</param>
/// <param name="Seats">Places as printed, where they are known.</param>
/// <param name="RespondBy">Until when to answer; null where no answer is awaited or its time has not begun.</param>
/// <param name="RespondSeconds">How long there is to answer from this mail on; null where <paramref name="RespondBy"/> says it.</param>
/// <param name="OnCalendar">The person was told to come before: their calendar must follow.</param>
/// <param name="Changes">What changed about the event.</param>
/// <param name="WasInLine">What ended was a place in line, not places.</param>
/// <param name="LeftThePlan">It ended because the seating plan has no such places any more.</param>
/// <param name="Account">The account that it is about; null where it is about an event.</param>
/// <param name="Status">
/// Where the invitation stands, as <c>PENDING</c>, <c>CONFIRMED</c> or <c>WAITLIST</c>; of one that ended, where it stood before.
/// </param>
/// <param name="IsInvited">True where an organiser invited the recipient: they did not come by themselves.</param>
/// <param name="EndedByRecipient">True where the recipient ended it themself; absent where an organiser or the plan did.</param>
/// <param name="Position">Place in line, from 1, when it was joined.</param>
/// <param name="Rows">The places as people find them; null where they are not known.</param>
/// <param name="Also">Other invitations of the same address that this is about too, the confirmed ones first.</param>
/// <param name="Undelivered">The mail that reached nobody, which its organiser is told of.</param>
public sealed record NotificationData(
    EventFacts? Event,
    string? Invitation = null,
    int? Places = null,
    IReadOnlyList<string>? Seats = null,
    DateTimeOffset? RespondBy = null,
    int? RespondSeconds = null,
    string? TicketCode = null,
    string? Reason = null,
    bool? OnCalendar = null,
    IReadOnlyList<EventDifference>? Changes = null,
    bool? WasInLine = null,
    bool? LeftThePlan = null,
    AccountFacts? Account = null,
    string? Status = null,
    bool? IsInvited = null,
    bool? EndedByRecipient = null,
    int? Position = null,
    IReadOnlyList<RowFacts>? Rows = null,
    IReadOnlyList<ClaimFacts>? Also = null,
    UndeliveredFacts? Undelivered = null);

/// <summary>A mail that reached nobody.</summary>
/// <param name="Email">Whom it was meant for.</param>
/// <param name="Kind">What it was about.</param>
/// <param name="Answer">What the mail server said.</param>
public sealed record UndeliveredFacts(string Email, NotificationKind Kind, string Answer);

/// <summary>Places of one row, or of one area, as people find them.</summary>
/// <param name="Section">Name of the section; null where the event has but one, which needs no name.</param>
/// <param name="Row">Null in an area.</param>
/// <param name="Numbers">Seat numbers as printed, ascending; null in an area.</param>
/// <param name="Count">How many places.</param>
public sealed record RowFacts(string? Section, string? Row, IReadOnlyList<int>? Numbers, int Count);

/// <summary>One more invitation that a notification is about; members mean what they mean in <see cref="NotificationData"/>.</summary>
public sealed record ClaimFacts(
    string Invitation, string Status, int Places, IReadOnlyList<RowFacts>? Rows = null, string? TicketCode = null,
    DateTimeOffset? RespondBy = null);

/// <summary>An account that is to prove its address.</summary>
/// <param name="Verification">What was asked, by its id. The link is made from it when the mail is sent, so that no secret is kept.</param>
/// <param name="Until">Until when the link is good.</param>
public sealed record AccountFacts(string Username, Guid Verification, DateTimeOffset Until);

/// <summary>The event as its guests know it.</summary>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Organiser">Address that its organiser proved: who invites, and who reads answers. Null where there is none.</param>
/// <param name="Description">What it is about, cut short; for those who are asked to come, null for all others.</param>
public sealed record EventFacts(
    string Title, string Location, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string TimeZone, string? Organiser = null,
    string? Description = null);

/// <summary>One thing that changed: <c>TITLE</c>, <c>LOCATION</c>, <c>START</c>, <c>END</c>; times as RFC 3339.</summary>
public sealed record EventDifference(string What, string Before, string After);

/// <summary>Notifications as JSON.</summary>
public static class NotificationCodec
{
    public static byte[] Encode(Notification notification) => JsonSerializer.SerializeToUtf8Bytes(notification, NotificationJson.Default.Notification);

    /// <exception cref="JsonException">Not a notification.</exception>
    public static Notification Decode(ReadOnlySpan<byte> json)
    {
        var notification = JsonSerializer.Deserialize(json, NotificationJson.Default.Notification) ?? throw new JsonException("No notification.");
        var isWhole = notification is { Key.Length: > 0, Recipient.Email.Length: > 0, Data: not null } && notification.Kind switch
        {
            NotificationKind.VerifyEmail => notification.Data is { Account.Username: not null, Event: null },
            NotificationKind.MailUndelivered =>
                notification is { Data: { Event.Title: not null, Undelivered.Email: not null }, EventId: > 0 },
            _ => notification is { Data.Event.Title: not null, EventId: > 0 },
        };
        return isWhole ? notification : throw new JsonException("A notification lacks its key, recipient, or what it is about.");
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Notification))]
internal sealed partial class NotificationJson : JsonSerializerContext;
