using System.Text;
using System.Text.RegularExpressions;
using MimeKit;
using Seats.Core;

namespace Seats.Mail.Tests;

/// <summary>Headers as they are on the wire.</summary>
public sealed partial class HeaderTests
{
    private const string Family = "👨‍👩‍👧‍👦";

    public static TheoryData<string> Titles() =>
    [
        "Plain", "2+2=?", "=?utf-8?b?QmNjOiBldmls?=", new string('x', 200), new string('é', 200), Repeated("🎶", 100),
        Repeated(Family, 40), "x" + Repeated(Family, 40), "e" + new string('\u0301', 199), "حفلة موسيقية", Repeated("word ", 40),
        "Two  blanks",
    ];

    [Theory, MemberData(nameof(Titles))]
    public async Task Subject_IsReadAsItWasWritten_WhateverTheTitle(string title)
    {
        foreach (var locale in new[] { "en", "fr" })
        {
            var notification = Samples.Of(NotificationKind.PlaceAvailable, locale, facts: Samples.Event with { Title = title });
            var (subject, raw) = await SubjectAsync(notification);
            var start = locale == "en" ? "It is your turn, answer within 1 hour: " : "C’est votre tour, réponse sous 1 heure\u00a0: ";
            Assert.StartsWith(start, subject, StringComparison.Ordinal);
            var shown = subject[start.Length..];
            if (title.Trim().Length <= 120) Assert.Equal(title.Trim(), shown);
            else
            {
                Assert.InRange(shown.Length, 2, 120);
                Assert.EndsWith("…", shown, StringComparison.Ordinal);
                Assert.StartsWith(shown[..^1], title, StringComparison.Ordinal);
            }
            Assert.All(raw.Split("\r\n"), line => Assert.InRange(line.Length, 0, 76));
            Assert.All(EncodedWord().Matches(raw), word => Assert.InRange(word.Length, 1, 75));
        }
    }

    [Theory, MemberData(nameof(Titles))]
    public async Task EncodedWord_HasWholeCharacters(string title)
    {
        var (_, raw) = await SubjectAsync(Samples.Of(NotificationKind.Promoted, "fr", facts: Samples.Event with { Title = title }));
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        Assert.All(EncodedWord().Matches(raw), word => strict.GetString(Convert.FromBase64String(word.Groups[1].Value)));
    }

    [Fact]
    public async Task LongTitle_IsCutBetweenSigns()
    {
        var facts = Samples.Event with { Title = Repeated(Family, 40) };
        var (subject, _) = await SubjectAsync(Samples.Of(NotificationKind.EventCancelled, facts: facts));
        Assert.Equal($"Cancelled: {Repeated(Family, 10)}…", subject);
    }

    [Fact]
    public async Task WhatLooksEncoded_IsEncoded()
    {
        var (_, raw) = await SubjectAsync(Samples.Of(NotificationKind.EventCancelled, facts: Samples.Event with { Title = "2+2=?" }));
        Assert.DoesNotContain("2+2", raw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("anna@example.org", "anna@example.org")]
    [InlineData("Anna@exämple.org", "anna@xn--exmple-cua.org")]
    [InlineData("anna@example.org\r\nBcc: b@example.org", null)]
    [InlineData(null, null)]
    public async Task Answers_GoToTheOrganiser(string? organiser, string? address)
    {
        using var mail = await Samples.Composer.ComposeAsync(
            Samples.Of(NotificationKind.Promoted, facts: Samples.Event with { Organiser = organiser }));
        Assert.Equal(address, mail.ReplyTo.Mailboxes.SingleOrDefault()?.GetAddress(idnEncode: true));
    }

    [Theory]
    [InlineData("2027-03-01T14:20:00Z", "It is your turn, until 15:20: X", "C’est votre tour, jusqu’à 15\u00a0h\u00a020\u00a0: X")]
    [InlineData(
        "2027-03-02T14:20:00Z", "It is your turn, until Tuesday 2 March, 15:20: X",
        "C’est votre tour, jusqu’au mardi 2 mars à 15\u00a0h\u00a020\u00a0: X")]
    [InlineData(
        "2028-01-01T14:20:00Z", "It is your turn, until Saturday 1 January 2028, 15:20: X",
        "C’est votre tour, jusqu’au samedi 1er janvier 2028 à 15\u00a0h\u00a020\u00a0: X")]
    public async Task Offer_SaysUntilWhenInItsSubject(string until, string english, string french)
    {
        var time = DateTimeOffset.Parse(until, System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (locale, expected) in new[] { ("en", english), ("fr", french) })
        {
            var notification = Samples.With(NotificationKind.PlaceAvailable, locale, data => data with
            {
                Event = data.Event! with { Title = "X" },
                RespondSeconds = null,
                RespondBy = time,
            });
            Assert.Equal(expected, (await SubjectAsync(notification)).Subject);
        }
    }

    [Theory]
    [InlineData("2027-06-15T00:00:00Z", "Today at 14:00: X", "Aujourd’hui à 14\u00a0h\u00a000\u00a0: X")]
    [InlineData("2027-06-14T21:59:59Z", "Tomorrow at 14:00: X", "Demain à 14\u00a0h\u00a000\u00a0: X")]
    [InlineData("2027-06-13T12:00:00Z", "On Tuesday 15 June: X", "Mardi 15 juin\u00a0: X")]
    [InlineData("2027-06-03T12:00:00Z", "In 12 days: X", "Dans 12 jours\u00a0: X")]
    public async Task Reminder_SaysHowNearTheEventIs(string at, string english, string french)
    {
        var time = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (locale, expected) in new[] { ("en", english), ("fr", french) })
        {
            var notification = Samples.Of(NotificationKind.EventReminder, locale, facts: Samples.Event with { Title = "X" });
            Assert.Equal(expected, (await SubjectAsync(notification with { At = time })).Subject);
        }
    }

    private static string Repeated(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static async Task<(string Subject, string Raw)> SubjectAsync(Notification notification)
    {
        using var mail = await Samples.Composer.ComposeAsync(notification);
        using var stream = new MemoryStream();
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        await mail.WriteToAsync(format, stream);
        stream.Position = 0;
        using var read = await MimeMessage.LoadAsync(stream);
        var text = Encoding.UTF8.GetString(stream.ToArray());
        var raw = SubjectHeader().Match(text).Value;
        return (read.Subject ?? "", raw);
    }

    [GeneratedRegex(@"^Subject:.*\r\n([ \t].*\r\n)*", RegexOptions.Multiline)]
    private static partial Regex SubjectHeader();

    [GeneratedRegex(@"=\?utf-8\?B\?([A-Za-z0-9+/=]+)\?=")]
    private static partial Regex EncodedWord();
}
