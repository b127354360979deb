using System.Text;
using MimeKit;
using Seats.Core;

namespace Seats.Mail.Tests;

/// <summary>Attachments for calendars.</summary>
public sealed class CalendarTests
{
    [Theory]
    [InlineData("🎶")]
    [InlineData("é")]
    [InlineData("漢")]
    [InlineData("🇫🇷")]
    public async Task LongLine_IsFoldedAtWholeCharacters(string sign)
    {
        for (var length = 50; length <= 80; length++)
        {
            var text = new string('x', length) + sign + " a, b; c\\d " + string.Concat(Enumerable.Repeat(sign, 40));
            var facts = Samples.Event with { Title = text, Location = text };
            var calendar = Assert.Single(await Calendars.OfAsync(Samples.Of(NotificationKind.RegistrationConfirmed, facts: facts)));
            Assert.All(calendar.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
            Assert.DoesNotContain('\ufffd', calendar);
            var written = text.Replace("\\", "\\\\").Replace(",", "\\,").Replace(";", "\\;");
            var lines = calendar.Replace("\r\n ", "").Split("\r\n");
            Assert.Contains($"SUMMARY:{written}", lines);
            Assert.Contains($"LOCATION:{written}", lines);
        }
    }

    [Fact]
    public async Task EachConfirmedInvitation_HasItsOwnEntry()
    {
        foreach (var (name, method) in new[] { ("event_changed.gathered", "PUBLISH"), ("event_cancelled.gathered", "CANCEL") })
        {
            using var mail = await Samples.Composer.ComposeAsync(Samples.Variants[name]("en"));
            var parts = Calendars.PartsOf(mail);
            Assert.Equal(["event.ics", "event-1-13.ics"], parts.Select(part => part.FileName));
            Assert.All(parts, part => Assert.Equal(method, part.ContentType.Parameters["method"]));
            Assert.All(parts, part => Assert.Contains($"METHOD:{method}\r\n", Calendars.TextOf(part), StringComparison.Ordinal));
            Assert.Contains("UID:invitation-1-12@tickets.example\r\n", Calendars.TextOf(parts[0]), StringComparison.Ordinal);
            Assert.Contains("UID:invitation-1-13@tickets.example\r\n", Calendars.TextOf(parts[1]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task FirstInvitation_ThatIsOnNoCalendar_LeavesTheOthersTheirEntries()
    {
        var notification = Samples.Variants["event_cancelled.gathered"]("en");
        var calendar = Assert.Single(await Calendars.OfAsync(notification with { Data = notification.Data with { OnCalendar = null } }));
        Assert.Contains("UID:invitation-1-13@tickets.example", calendar, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entry_SaysWhichPlaces_AndNotTheLinkThatAnswers()
    {
        var calendar = Assert.Single(await Calendars.OfAsync(Samples.Of(NotificationKind.RegistrationConfirmed))).Replace("\r\n ", "");
        Assert.Contains(
            "DESCRIPTION:Parterre\\, row 1\\, seats 5 and 6\\nInvitation 1-12\\nhttps://tickets.example/events/1\r\n", calendar,
            StringComparison.Ordinal);
        Assert.DoesNotContain("token", calendar, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entry_RemindsAnHourBefore_UnlessItIsCancelled()
    {
        var published = Assert.Single(await Calendars.OfAsync(Samples.Of(NotificationKind.Promoted)));
        Assert.Contains("BEGIN:VALARM\r\nACTION:DISPLAY\r\n", published, StringComparison.Ordinal);
        Assert.Contains("TRIGGER:-PT1H\r\n", published, StringComparison.Ordinal);
        var cancelled = Assert.Single(await Calendars.OfAsync(Samples.Of(NotificationKind.EventCancelled)));
        Assert.DoesNotContain("VALARM", cancelled, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("anna@exämple.org", "mailto:anna@xn--exmple-cua.org")]
    [InlineData(null, "mailto:seats@tickets.example")]
    [InlineData("no address", "mailto:seats@tickets.example")]
    public async Task Organiser_IsTheOneOfTheEvent_ElseWhoSends(string? organiser, string written)
    {
        var notification = Samples.Of(NotificationKind.Promoted, facts: Samples.Event with { Organiser = organiser });
        var calendar = Assert.Single(await Calendars.OfAsync(notification)).Replace("\r\n ", "");
        Assert.Contains($":{written}\r\n", calendar, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SenderOfAnotherAlphabet_IsWrittenAsMailServersKnowIt()
    {
        var composer = Samples.ComposerOf(Samples.Settings with { From = "Théâtre <places@théâtre.example>" });
        using var mail = await composer.ComposeAsync(
            Samples.Of(NotificationKind.Promoted, facts: Samples.Event with { Organiser = null }));
        var calendar = Calendars.TextOf(Calendars.PartsOf(mail)[0]);
        Assert.Contains("CN=Théâtre:mailto:places@xn--thtre-4qa2c.example", calendar, StringComparison.Ordinal);
    }
}

/// <summary>The calendar files of mails.</summary>
internal static class Calendars
{
    public static IReadOnlyList<TextPart> PartsOf(MimeMessage mail) =>
        [.. mail.BodyParts.OfType<TextPart>().Where(part => part.ContentType.IsMimeType("text", "calendar"))];

    public static async Task<IReadOnlyList<string>> OfAsync(Notification notification)
    {
        using var mail = await Samples.Composer.ComposeAsync(notification);
        return [.. PartsOf(mail).Select(TextOf)];
    }

    /// <summary>As the attachment has it, line ends and all.</summary>
    public static string TextOf(TextPart part)
    {
        using var bytes = new MemoryStream();
        part.Content!.DecodeTo(bytes);
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.ToArray());
    }
}
