using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;
using MimeKit;
using Seats.Core;
using Seats.Core.Notifications;
using Seats.Mail.Calendar;
using Seats.Mail.Kinds;
using Seats.Mail.Templates;
using Seats.Spelling;

namespace Seats.Mail.Composing;

/// <summary>A notification that no mail can be made of: to try again would change nothing.</summary>
public sealed class UnsendableException(string reason) : Exception(reason);

/// <summary>
/// From a notification to a message. The same notification gives the same message, byte for byte: a copy that is sent twice is the same
/// mail to everybody who compares.
/// </summary>
public sealed class MailComposer(
    IServiceProvider services, ILoggerFactory loggers, MailSettings settings, IUnsubscribeLinks unsubscribe, IInvitationLinks invitations,
    IVerificationLinks verification)
{
    private readonly MailboxAddress from = MailboxAddress.Parse(settings.From);
    private readonly MailLinks links = new(settings, unsubscribe, invitations, verification);

    /// <exception cref="UnsendableException">The recipient is no address, or the event's time zone is unknown.</exception>
    public async Task<MimeMessage> ComposeAsync(Notification notification)
    {
        var mail = MailKinds.Of(PeoplesText.Cleaned(notification), links);
        try
        {
            return await ComposeAsync(mail);
        }
        catch (NodaTime.TimeZones.DateTimeZoneNotFoundException unknown)
        {
            throw new UnsendableException(unknown.Message);
        }
    }

    private async Task<MimeMessage> ComposeAsync(NotificationMail mail)
    {
        var notification = mail.Notification;
        var hash = MessageHash.Of(notification.Key);
        var message = new MimeMessage { MessageId = $"{hash}@{settings.MessageHost}", Date = notification.At };
        var subject = new Header(HeaderId.Subject, "");
        subject.SetRawValue(HeaderText.Raw(subject.Field, PeoplesText.Line(mail.Subject.ToString())));
        message.Headers.Replace(subject);
        message.From.Add(from);
        message.To.Add(AddressOf(notification.Recipient.Email));
        // Who has a question asks those who know.
        if (mail.Organiser is { } organiser) message.ReplyTo.Add(new MailboxAddress("", organiser));
        message.Headers.Add("X-Seats-Key", notification.Key);
        message.Headers.Add("X-Seats-Kind", notification.Kind.Name());
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add(HeaderId.ContentLanguage, mail.Locale);
        if (mail.Unsubscribe is { } unsubscribe)
        {
            message.Headers.Add(HeaderId.ListUnsubscribe, $"<{unsubscribe.Url.AbsoluteUri}>");
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        message.Body = Body(mail, await HtmlAsync(mail), hash);
        return message;
    }

    private async Task<string> HtmlAsync(NotificationMail mail)
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(MailPage.Mail)] = mail });
        var page = await renderer.Dispatcher.InvokeAsync(
            async () => (await renderer.RenderComponentAsync<MailPage>(parameters)).ToHtmlString());
        return "<!DOCTYPE html>\n" + page.Trim() + "\n";
    }

    private MimeEntity Body(NotificationMail mail, string html, string hash)
    {
        MimeEntity rich = Text("html", html);
        var pictures = mail.Tickets.Select(ticket => (Ticket: ticket, Png: TicketImage.Png(ticket.Code))).ToList();
        if (pictures.Count > 0)
        {
            var related = new MultipartRelated { Boundary = $"=-related-{hash}", Root = rich };
            foreach (var (ticket, png) in pictures) related.Add(Picture(ticket, png, ContentDisposition.Inline));
            rich = related;
        }
        var alternative = new MultipartAlternative(Text("plain", PlainText.Of(mail)), rich) { Boundary = $"=-alternative-{hash}" };
        if (pictures.Count == 0 && mail.Calendar.Count == 0) return alternative;
        var mixed = new Multipart("mixed") { Boundary = $"=-mixed-{hash}" };
        mixed.Add(alternative);
        foreach (var (ticket, png) in pictures) mixed.Add(Picture(ticket, png, ContentDisposition.Attachment));
        foreach (var entry in mail.Calendar) mixed.Add(CalendarPart(CalendarFile.Of(mail, entry, settings), entry));
        return mixed;
    }

    private static TextPart Text(string subtype, string text) =>
        new(subtype) { Text = text, ContentTransferEncoding = ContentEncoding.QuotedPrintable };

    private static MimePart Picture(Ticket ticket, byte[] png, string disposition) => new("image", "png")
    {
        Content = new MimeContent(new MemoryStream(png)),
        ContentTransferEncoding = ContentEncoding.Base64,
        ContentDisposition = new ContentDisposition(disposition),
        ContentId = disposition == ContentDisposition.Inline ? ticket.ContentId : null,
        FileName = ticket.FileName,
    };

    private static TextPart CalendarPart(string text, CalendarEntry entry)
    {
        var part = new TextPart("calendar")
        {
            Text = text,
            ContentTransferEncoding = ContentEncoding.Base64,
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
            FileName = entry.FileName,
        };
        part.ContentType.Parameters.Add("method", CalendarFile.Method(entry.Change));
        return part;
    }

    /// <summary>An address that is one address: nothing in it starts a header, a second recipient or a command.</summary>
    private static MailboxAddress AddressOf(string email)
    {
        // Messages of an earlier program have domains in their own letters.
        email = EmailAddress.Canonical(email) ?? email;
        var plain = email.Length is > 2 and <= EmailAddress.CharsAtMost && email.All(IsOfAddress)
            && email.Count(letter => letter == '@') == 1;
        if (plain && MailboxAddress.TryParse(email, out var address) && address.GetAddress(idnEncode: true) == email) return address;
        throw new UnsendableException("The recipient is not an e-mail address.");
    }

    private static bool IsOfAddress(char letter) =>
        letter is > ' ' and < '\x7f' and not ('<' or '>' or '"' or ',' or ';' or '(' or ')' or '\\' or ':');
}
