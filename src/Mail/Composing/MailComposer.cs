using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;
using MimeKit;
using Seats.Grains.Abstractions;
using Seats.Grains.Invitations;
using Seats.Grains.Notify;
using Seats.Mail.Calendar;
using Seats.Mail.Kinds;
using Seats.Mail.Templates;
using Seats.Spelling;

namespace Seats.Mail.Composing;

/// <summary>A notification that no mail can be made of: to try again would change nothing.</summary>
public sealed class UnsendableException(string reason) : Exception(reason);

/// <summary>
/// From a notification to a message. The same notification gives the same message, byte for byte: a copy that is sent twice is the same mail
/// to everybody who compares.
/// </summary>
public sealed class MailComposer(
    IServiceProvider services, ILoggerFactory loggers, MailSettings settings, IUnsubscribeLinks unsubscribe, IInvitationLinks invitations,
    IVerificationLinks verification)
{
    private const int SubjectCharsAtMost = 250;
    private readonly MailboxAddress from = MailboxAddress.Parse(settings.From);

    /// <exception cref="UnsendableException">The recipient is no address, or the event's time zone is unknown.</exception>
    public async Task<MimeMessage> ComposeAsync(Notification notification)
    {
        var mail = MailKinds.Of(notification, settings);
        if (InvitationId.TryParse(notification.Data.Invitation, out var id))
            mail.InvitationUrl = settings.Link($"i/{invitations.TokenOf(id.EventId, id.Number)}");
        if (mail.IsOptional) mail.Unsubscribe = unsubscribe.For(notification.Recipient.Email);
        if (notification.Data.Account is { } account) mail.Proof = verification.For(account.Verification, notification.Recipient.Email);
        var hash = Hash(notification.Key);
        var message = new MimeMessage
        {
            MessageId = $"{hash}@{settings.MessageHost}",
            Date = notification.At,
            Subject = OneLine(mail.Subject),
        };
        message.From.Add(from);
        message.To.Add(AddressOf(notification.Recipient.Email));
        message.Headers.Add("X-Seats-Key", notification.Key);
        message.Headers.Add("X-Seats-Kind", notification.Kind.Name());
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add(HeaderId.ContentLanguage, mail.Locale);
        if (mail.Unsubscribe is { } link)
        {
            message.Headers.Add(HeaderId.ListUnsubscribe, $"<{link.AbsoluteUri}>");
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        message.Body = Body(mail, await HtmlAsync(mail), hash);
        return message;
    }

    /// <summary>The HTML part alone.</summary>
    internal async Task<string> HtmlAsync(NotificationMail mail)
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(MailTemplate.Mail)] = mail });
        try
        {
            var body = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync(mail.Template, parameters)).ToHtmlString());
            return "<!DOCTYPE html>\n" + body;
        }
        catch (NodaTime.TimeZones.DateTimeZoneNotFoundException unknown)
        {
            throw new UnsendableException(unknown.Message);
        }
    }

    private MimeEntity Body(NotificationMail mail, string html, string hash)
    {
        MimeEntity rich = Text("html", html);
        var ticket = mail.HasTicket ? TicketImage.Png(mail.Notification.Data.TicketCode!) : null;
        if (ticket is not null)
        {
            var related = new MultipartRelated { Boundary = $"=-related-{hash}", Root = rich };
            related.Add(Picture(ticket, ContentDisposition.Inline));
            rich = related;
        }
        var alternative = new MultipartAlternative(Text("plain", mail.Text()), rich) { Boundary = $"=-alternative-{hash}" };
        if (ticket is null && mail.Calendar is null) return alternative;
        var mixed = new Multipart("mixed") { Boundary = $"=-mixed-{hash}" };
        mixed.Add(alternative);
        if (ticket is not null) mixed.Add(Picture(ticket, ContentDisposition.Attachment));
        if (mail.Calendar is { } change) mixed.Add(CalendarPart(CalendarFile.Of(mail, change, settings), change));
        return mixed;
    }

    private static TextPart Text(string subtype, string text) => new(subtype) { Text = text, ContentTransferEncoding = ContentEncoding.QuotedPrintable };

    private static MimePart Picture(byte[] png, string disposition) => new("image", "png")
    {
        Content = new MimeContent(new MemoryStream(png)),
        ContentTransferEncoding = ContentEncoding.Base64,
        ContentDisposition = new ContentDisposition(disposition),
        ContentId = disposition == ContentDisposition.Inline ? TicketImage.ContentId : null,
        FileName = TicketImage.FileName,
    };

    private static TextPart CalendarPart(string text, CalendarChange change)
    {
        var part = new TextPart("calendar")
        {
            Text = text,
            ContentTransferEncoding = ContentEncoding.Base64,
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
            FileName = CalendarFile.FileName,
        };
        part.ContentType.Parameters.Add("method", CalendarFile.Method(change));
        return part;
    }

    /// <summary>An address that is one address: nothing in it starts a header, a second recipient or a command.</summary>
    private static MailboxAddress AddressOf(string email)
    {
        // Messages of an earlier program have domains in their own letters.
        email = EmailAddress.Canonical(email) ?? email;
        var plain = email.Length is > 2 and <= 254 && email.All(letter => letter is > ' ' and < '\x7f' and not ('<' or '>' or '"' or ',' or ';' or '(' or ')' or '\\' or ':'))
            && email.Count(letter => letter == '@') == 1;
        if (plain && MailboxAddress.TryParse(email, out var address) && address.GetAddress(idnEncode: true) == email) return address;
        throw new UnsendableException("The recipient is not an e-mail address.");
    }

    /// <summary>Control characters and line separators of every kind become a space: a header is one line.</summary>
    private static string OneLine(string text)
    {
        var line = string.Concat(text.Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter)).Trim();
        // What looks like an encoded word (RFC 2047) would be read as one.
        line = line.Replace("=?", "= ?", StringComparison.Ordinal);
        return line.Length <= SubjectCharsAtMost ? line : line[..SubjectCharsAtMost];
    }

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16));
}
