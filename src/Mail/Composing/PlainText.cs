using System.Text;
using Seats.Mail.Kinds;

namespace Seats.Mail.Composing;

/// <summary>A mail as plain text.</summary>
internal static class PlainText
{
    public static string Of(NotificationMail mail)
    {
        var text = new StringBuilder();
        Paragraph(text, mail.Heading);
        Paragraph(text, mail.Greeting);
        foreach (var paragraph in mail.Paragraphs) Paragraph(text, paragraph);
        if (mail.Notification.Data.Event is not null) Event(text, mail);
        foreach (var link in mail.Links) Link(text, mail, link);
        if (mail.Links.Count > 0) text.Append('\n');
        text.Append("-- \n").Append(mail.Footer).Append('\n');
        if (mail.Unsubscribe is { } unsubscribe) Link(text, mail, unsubscribe);
        return text.ToString();
    }

    private static void Event(StringBuilder text, NotificationMail mail)
    {
        text.Append(mail.Title).Append('\n');
        foreach (var line in mail.Card)
        {
            text.Append(line.Label).Append(mail.Colon).Append(' ').Append(line.Value).Append('\n');
            foreach (var link in line.Links) Link(text, mail, link);
        }
        if (mail.Description is { } description) text.Append('\n').Append(description).Append('\n');
        // The code itself: without pictures it is the only ticket.
        foreach (var ticket in mail.Tickets)
            text.Append('\n').Append(mail.LabelOf(ticket)).Append('\n').Append(ticket.Code).Append('\n');
        text.Append('\n');
    }

    private static void Paragraph(StringBuilder text, Phrase phrase) => text.Append(phrase).Append("\n\n");

    private static void Link(StringBuilder text, NotificationMail mail, MailLink link) =>
        text.Append(link.Label).Append(mail.Colon).Append(' ').Append(link.Url.AbsoluteUri).Append('\n');
}
