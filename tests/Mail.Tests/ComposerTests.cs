using MimeKit;
using Seats.Core;
using Seats.Mail.Composing;
using Seats.TimeZones;

namespace Seats.Mail.Tests;

/// <summary>What every message is like.</summary>
public sealed class ComposerTests
{
    [Fact]
    public async Task SameNotification_GivesTheSameMessage_ByteForByte()
    {
        var notification = Samples.Of(NotificationKind.RegistrationConfirmed);
        Assert.Equal(await BytesAsync(notification), await BytesAsync(notification));
    }

    [Fact]
    public async Task Message_CarriesItsKeyAndSaysThatNobodyWroteIt()
    {
        var notification = Samples.Of(NotificationKind.PlaceAvailable, "fr");
        using var mail = await Samples.Composer.ComposeAsync(notification);
        Assert.EndsWith("@tickets.example", mail.MessageId);
        Assert.Equal(notification.Key, mail.Headers["X-Seats-Key"]);
        Assert.Equal("PLACE_AVAILABLE", mail.Headers["X-Seats-Kind"]);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.Equal("fr", mail.Headers["Content-Language"]);
        Assert.Equal("john.doe@example.com", Assert.Single(mail.To.Mailboxes).Address);
    }

    [Theory]
    [InlineData(NotificationKind.EventReminder, "")]
    [InlineData(NotificationKind.InvitationReceived, "invitations.")]
    [InlineData(NotificationKind.RegistrationConfirmed, null)]
    [InlineData(NotificationKind.EventCancelled, null)]
    public async Task Unsubscribing_IsOfferedForWhatOneCanDoWithout(NotificationKind kind, string? what)
    {
        using var mail = await Samples.Composer.ComposeAsync(Samples.Of(kind));
        var offered = what is not null;
        var link = $"<https://tickets.example/unsubscribe/{what}john.doe.at.example.com>";
        Assert.Equal(offered ? link : null, mail.Headers[HeaderId.ListUnsubscribe]);
        Assert.Equal(offered ? "List-Unsubscribe=One-Click" : null, mail.Headers["List-Unsubscribe-Post"]);
        foreach (var body in new[] { mail.HtmlBody!, mail.TextBody! })
            Assert.Equal(offered, body.Contains("/unsubscribe/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://x.example/seats/", "https://x.example/seats/i/token-of-1-12", "x.example")]
    [InlineData("https://théâtre.example", "https://xn--thtre-4qa2c.example/i/token-of-1-12", "xn--thtre-4qa2c.example")]
    public async Task Links_AreUnderThePublicAddress_AndMessageIdsAreAscii(string address, string link, string host)
    {
        var composer = Samples.ComposerOf(Samples.Settings with { PublicUrl = new Uri(address) });
        using var mail = await composer.ComposeAsync(Samples.Of(NotificationKind.WaitlistJoined));
        Assert.Contains(
            new Uri(link).AbsoluteUri, mail.TextBody!.Replace("théâtre.example", host, StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.EndsWith($"@{host}", mail.MessageId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DomainOfOtherLetters_IsWrittenAsMailServersKnowIt()
    {
        using var mail = await Samples.Composer.ComposeAsync(Samples.Of(NotificationKind.WaitlistJoined, email: "zoe@exämple.com"));
        Assert.Equal("zoe@xn--exmple-cua.com", Assert.Single(mail.To.Mailboxes).GetAddress(idnEncode: true));
    }

    [Fact]
    public async Task Title_ThatLooksEncoded_IsShownAsItIs()
    {
        var facts = Samples.Event with { Title = "=?utf-8?b?QmNjOiBldmls?=" };
        using var stream = new MemoryStream(await BytesAsync(Samples.Of(NotificationKind.Promoted, facts: facts)));
        using var mail = await MimeMessage.LoadAsync(stream);
        Assert.DoesNotContain("Bcc", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("QmNjOiBldmls", mail.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MailThatAsksForProof_HasItsLinkInBothParts_AndNothingOfAnEvent()
    {
        using var mail = await Samples.Composer.ComposeAsync(Samples.Of(NotificationKind.VerifyEmail, email: "zoe@example.com"));
        const string link = "https://tickets.example/auth/verify?token=6f1f0c9e9f0b4c5e8d0a2f4b6f0d8a11.zoe.at.example.com";
        Assert.Contains(link, mail.TextBody, StringComparison.Ordinal);
        Assert.Contains($"href=\"{link}\"", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("“john.doe”", mail.TextBody, StringComparison.Ordinal);
        Assert.Empty(mail.Attachments);
        Assert.DoesNotContain("events/", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlaceInLine_ThatIsCancelled_IsNoTicketThatEnds()
    {
        using var mail = await Samples.Composer.ComposeAsync(Samples.With(
            NotificationKind.InvitationCancelled, "en",
            data => data with { OnCalendar = null, WasInLine = true, Seats = null, Rows = null }));
        Assert.Equal("No longer in line: Conférence Tech 2027", mail.Subject);
        Assert.DoesNotContain("no longer valid", mail.TextBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "The organiser changed the seating plan")]
    [InlineData("fr", "L’organisateur a modifié le plan de salle")]
    public async Task PlaceInLine_ThatLeftThePlan_SaysSo(string locale, string sentence)
    {
        var notification = Samples.Of(NotificationKind.InvitationCancelled, locale);
        var data = notification.Data with { OnCalendar = null, WasInLine = true, Seats = null, Reason = null, LeftThePlan = true };
        using var mail = await Samples.Composer.ComposeAsync(notification with { Data = data });
        Assert.Contains(sentence, mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ticket_IsAPictureInTheMailAndAFileBesideIt()
    {
        using var mail = await Samples.Composer.ComposeAsync(Samples.Of(NotificationKind.RegistrationConfirmed));
        var pictures = mail.BodyParts.OfType<MimePart>().Where(part => part.ContentType.IsMimeType("image", "png")).ToList();
        Assert.Equal(2, pictures.Count);
        var inline = Assert.Single(pictures, picture => !picture.IsAttachment);
        Assert.All(pictures, picture => Assert.Equal("ticket.png", picture.FileName));
        Assert.Equal(mail.MessageId!.Replace("@", ".1@", StringComparison.Ordinal), inline.ContentId);
        Assert.Contains($"cid:{inline.ContentId}", mail.HtmlBody);
        Assert.Contains(Samples.Ticket, mail.TextBody);
    }

    [Fact]
    public async Task EachTicket_HasItsOwnPicture()
    {
        using var mail = await Samples.Composer.ComposeAsync(Samples.Variants["event_reminder.gathered"]("en"));
        var pictures = mail.BodyParts.OfType<MimePart>().Where(part => part.ContentType.IsMimeType("image", "png")).ToList();
        var files = pictures.Where(picture => picture.IsAttachment).Select(picture => picture.FileName);
        Assert.Equal(["ticket-1-12.png", "ticket-1-13.png"], files);
        var inline = pictures.Where(picture => !picture.IsAttachment).Select(picture => picture.ContentId!).ToList();
        Assert.Equal(2, inline.Distinct().Count());
        Assert.All(inline, id => Assert.EndsWith("@tickets.example", id, StringComparison.Ordinal));
        Assert.All(inline, id => Assert.Contains($"cid:{id}\"", mail.HtmlBody, StringComparison.Ordinal));
        Assert.Contains(Samples.Ticket, mail.TextBody, StringComparison.Ordinal);
        Assert.Contains(Samples.OtherTicket, mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PictureOfATicket_IsThatOfNoOtherMail()
    {
        var first = await IdAsync(Samples.Of(NotificationKind.RegistrationConfirmed));
        Assert.NotEqual(first, await IdAsync(Samples.Of(NotificationKind.RegistrationConfirmed, email: "jane@example.com")));

        static async Task<string?> IdAsync(Notification notification)
        {
            using var mail = await Samples.Composer.ComposeAsync(notification);
            return mail.BodyParts.OfType<MimePart>().Single(part => part.ContentId is not null).ContentId;
        }
    }

    [Theory]
    [InlineData(NotificationKind.InvitationReceived, "confirm,decline")]
    [InlineData(NotificationKind.PlaceAvailable, "confirm,decline")]
    [InlineData(NotificationKind.RegistrationConfirmed, "cancel")]
    [InlineData(NotificationKind.Promoted, "cancel")]
    [InlineData(NotificationKind.WaitlistJoined, "")]
    [InlineData(NotificationKind.EventCancelled, "")]
    public async Task Answers_AreALinkAwayInBothParts(NotificationKind kind, string answers)
    {
        using var mail = await Samples.Composer.ComposeAsync(Samples.Of(kind));
        foreach (var answer in new[] { "confirm", "decline", "cancel" })
        {
            var url = $"https://tickets.example/i/token-of-1-12?answer={answer}";
            var isThere = answers.Contains(answer, StringComparison.Ordinal);
            Assert.Equal(isThere, mail.HtmlBody!.Contains($"href=\"{url}\"", StringComparison.Ordinal));
            Assert.Equal(isThere, mail.TextBody!.Contains(url, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task CalendarFiles_OfOneInvitation_HaveOneUidAndARisingSequence()
    {
        var created = await CalendarAsync(Samples.Of(NotificationKind.RegistrationConfirmed));
        var changed = await CalendarAsync(Samples.Of(NotificationKind.EventChanged) with { Version = 40 });
        var cancelled = await CalendarAsync(Samples.Of(NotificationKind.EventCancelled) with { Version = 41 });
        foreach (var calendar in new[] { created, changed, cancelled }) Assert.Contains("UID:invitation-1-12@tickets.example", calendar);
        Assert.Contains("METHOD:PUBLISH", created);
        Assert.Contains("SEQUENCE:31", created);
        Assert.Contains("SEQUENCE:40", changed);
        Assert.Contains("METHOD:CANCEL", cancelled);
        Assert.Contains("STATUS:CANCELLED", cancelled);
        Assert.Contains("SEQUENCE:41", cancelled);
        Assert.Contains("DTSTART:20270615T120000Z", created);
    }

    [Theory]
    [InlineData("Evil\r\nBcc: victim@example.com")]
    [InlineData("Evil\nX-Injected: yes")]
    [InlineData("Evil\u2028Bcc: victim@example.com\u0000")]
    [InlineData("Evil\r\n\r\nA body of its own\r\n.\r\nMAIL FROM:<a@example.com>")]
    public async Task Title_CannotStartAHeader(string title)
    {
        var facts = Samples.Event with { Title = title, Location = title };
        var notification = Samples.Of(NotificationKind.RegistrationConfirmed, facts: facts);
        using var stream = new MemoryStream(await BytesAsync(notification));
        using var mail = await MimeMessage.LoadAsync(stream);
        Assert.False(mail.Headers.Contains(HeaderId.Bcc));
        Assert.False(mail.Headers.Contains("X-Injected"));
        Assert.Equal("john.doe@example.com", Assert.Single(mail.To.Mailboxes).Address);
        Assert.DoesNotContain('\n', mail.Subject!);
        Assert.Contains("<h1", mail.HtmlBody);
    }

    [Theory]
    [InlineData("a@example.com\r\nRCPT TO:<b@example.com>")]
    [InlineData("a@example.com, b@example.com")]
    [InlineData("\"a\r\nRCPT TO:b\"@example.com")]
    [InlineData("<a@example.com>")]
    [InlineData("a@b@example.com")]
    [InlineData("nobody")]
    [InlineData("a b@example.com")]
    public async Task Recipient_ThatIsNotOneAddress_IsNotWrittenTo(string email) =>
        await Assert.ThrowsAsync<UnsendableException>(
            () => Samples.Composer.ComposeAsync(Samples.Of(NotificationKind.WaitlistJoined, email: email)));

    [Theory]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("@DateTime.Now {{7*7}} ${7*7}")]
    public async Task WhatPeopleWrote_IsTextAndNothingElse(string text)
    {
        using var mail = await Samples.Composer.ComposeAsync(
            Samples.Of(NotificationKind.EventCancelled, facts: Samples.Event with { Title = text }));
        Assert.DoesNotContain("<script>", mail.HtmlBody);
        Assert.DoesNotContain("<img src=x", mail.HtmlBody);
        Assert.Contains(System.Net.WebUtility.HtmlDecode(text), System.Net.WebUtility.HtmlDecode(mail.HtmlBody!));
        Assert.Contains(text, mail.TextBody);
    }

    [Theory]
    [InlineData("2027-03-28T00:30:00Z", "Europe/Paris", "Sunday 28 March 2027, 01:30 (Europe/Paris)")]
    [InlineData("2027-03-28T01:30:00Z", "Europe/Paris", "Sunday 28 March 2027, 03:30 (Europe/Paris)")]
    [InlineData("2027-10-31T00:30:00Z", "Europe/Paris", "Sunday 31 October 2027, 02:30 (Europe/Paris)")]
    [InlineData("2027-10-31T01:30:00Z", "Europe/Paris", "Sunday 31 October 2027, 02:30 (Europe/Paris)")]
    [InlineData("2027-06-15T12:00:00Z", "Asia/Kathmandu", "Tuesday 15 June 2027, 17:45 (Asia/Kathmandu)")]
    [InlineData("2027-01-01T05:00:00Z", "America/New_York", "Friday 1 January 2027, 00:00 (America/New_York)")]
    public void Times_AreReadInTheZoneOfTheEvent(string time, string zone, string read) =>
        Assert.Equal(read, Words.For("en").Moment(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture), zone));

    [Fact]
    public void FrenchDates_AreWrittenAsInFrance() =>
        Assert.Equal(
            "jeudi 1er juillet 2027 à 9\u00a0h\u00a005 (Europe/Paris)",
            Words.For("fr").Moment(new DateTimeOffset(2027, 7, 1, 7, 5, 0, TimeSpan.Zero), "Europe/Paris"));

    private static async Task<byte[]> BytesAsync(Notification notification)
    {
        using var mail = await Samples.Composer.ComposeAsync(notification);
        using var stream = new MemoryStream();
        await mail.WriteToAsync(stream);
        return stream.ToArray();
    }

    private static async Task<string> CalendarAsync(Notification notification) => Assert.Single(await Calendars.OfAsync(notification));
}
