using System.Net;
using System.Text.RegularExpressions;
using Seats.Core;
using Seats.Mail.Composing;
using Seats.Mail.Kinds;
using Seats.TimeZones;

namespace Seats.Mail.Tests;

/// <summary>What mails say, whatever their kind.</summary>
public sealed partial class WordingTests
{
    private const string Hostile =
        "A\u0000\u0007B\u001b[31m\u0085C\u2028D\u2029E\u202aF\u202bG\u202cH\u202dI\u202eJ\u2066K\u2067L\u2068M\u2069N\u009b";

    public static TheoryData<string, string> Mails()
    {
        var mails = new TheoryData<string, string>();
        foreach (var locale in new[] { "en", "fr" })
        {
            foreach (var kind in Enum.GetValues<NotificationKind>()) mails.Add(kind.Name(), locale);
            foreach (var name in Samples.Variants.Keys) mails.Add(name, locale);
        }
        return mails;
    }

    [Theory]
    [InlineData("en", "Main floor, row 1, seats 5 and 6", "Main floor", "1", 5, 6)]
    [InlineData("fr", "Main floor, rang 1, places 5 et 6", "Main floor", "1", 5, 6)]
    [InlineData("en", "Main floor, row 1, seat 5", "Main floor", "1", 5)]
    [InlineData("fr", "Rang B, place 5", null, "B", 5)]
    [InlineData("en", "Row B, seats 5 to 8, 10 and 12", null, "B", 5, 6, 7, 8, 10, 12)]
    [InlineData("fr", "Rang B, places 5 à 8, 10 et 12", null, "B", 5, 6, 7, 8, 10, 12)]
    [InlineData("en", "Box, seats 1 to 3", "Box", null, 1, 2, 3)]
    public void Places_AreNamedAsPeopleFindThem(string locale, string said, string? section, string? row, params int[] numbers) =>
        Assert.Equal(said, Said(locale, new RowFacts(section, row, numbers, numbers.Length)));

    [Fact]
    public void Places_OfSeveralRowsAndAreas_AreListed()
    {
        RowFacts[] rows =
        [
            new("Floor", "1", [5, 6], 2), new("Floor", "2", [5], 1), new("Standing", null, null, 3), new(null, null, null, 1),
        ];
        Assert.Equal("Floor, row 1, seats 5 and 6; row 2, seat 5; 3 places, Standing; 1 place", Said("en", rows));
        Assert.Equal("Floor, rang 1, places 5 et 6\u00a0; rang 2, place 5\u00a0; 3 places, Standing\u00a0; 1 place", Said("fr", rows));
    }

    [Fact]
    public void Places_OfAnEarlierProgram_AreNamedAsItNamedThem()
    {
        var claim = new Claim("1-1", null, 3, null, ["main", "main", "main/1/4"], null, null, false);
        Assert.Equal("main × 2, main/1/4", PlacesInWords.Of(claim, Words.For("en")).ToString());
        Assert.Equal("3 places", PlacesInWords.Of(claim with { Seats = null }, Words.For("en")).ToString());
    }

    [Theory]
    [InlineData(3_600, "within 1 hour", "dans un délai d’une heure")]
    [InlineData(7_200, "within 2 hours", "dans un délai de 2 heures")]
    [InlineData(86_400, "within 1 day", "dans un délai d’un jour")]
    public void TimeToAnswer_IsSaidInBothLanguages(int seconds, string english, string french) =>
        Assert.Equal((english, french), (Words.For("en").Within(seconds), Words.For("fr").Within(seconds)));

    [Theory, MemberData(nameof(Mails))]
    public async Task NoLine_BreaksBesideAFrenchSign(string name, string locale)
    {
        if (locale != "fr") return;
        using var mail = await Samples.Composer.ComposeAsync(Of(name, locale));
        foreach (var text in new[] { mail.Subject!, mail.TextBody!, WithoutTags(mail.HtmlBody!) })
            Assert.DoesNotMatch(BreakableSign(), text);
    }

    [Fact]
    public async Task WhatPeopleWrote_KeepsItsOwnBlanks()
    {
        using var mail = await Samples.Composer.ComposeAsync(
            Samples.Of(NotificationKind.EventCancelled, "fr", facts: Samples.Event with { Title = "Quoi ? Ici : là !" }));
        Assert.Equal("Annulé\u00a0: Quoi ? Ici : là !", mail.Subject);
    }

    [Theory, MemberData(nameof(Mails))]
    public async Task NoControlCharacter_ReachesAnyPart(string name, string locale)
    {
        var notification = Of(name, locale);
        var data = notification.Data;
        using var mail = await Samples.Composer.ComposeAsync(notification with
        {
            Data = data with
            {
                Event = data.Event is { } facts ? facts with { Title = Hostile, Location = Hostile, Description = Hostile } : null,
                Account = data.Account is { } account ? account with { Username = Hostile } : null,
                Reason = data.Reason is null ? null : Hostile,
                Rows = data.Rows is null ? null : [new RowFacts(Hostile, Hostile, [1], 1)],
                Seats = data.Seats is null ? null : [Hostile],
                Also = data.Also?.Select(claim => claim with { Rows = [new RowFacts(Hostile, Hostile, [1], 1)] }).ToList(),
                Changes = data.Changes is null ? null : [new("TITLE", Hostile, Hostile), new("LOCATION", Hostile, Hostile)],
            },
        });
        var parts = Calendars.PartsOf(mail).Select(part => part.Text).Append(mail.TextBody!).Append(WebUtility.HtmlDecode(mail.HtmlBody!))
            .Append(mail.Subject!);
        Assert.All(parts, part => Assert.DoesNotMatch(Control(), part.Replace("\r\n", "\n", StringComparison.Ordinal)));
    }

    [Fact]
    public void Text_LosesHalvesOfCharacters_AndKeepsItsLines()
    {
        Assert.Equal("a\ufffdb\nc\nd 👨‍👩‍👧", PeoplesText.Cleaned("a\ud83cb\r\nc\u2028d\t👨‍👩‍👧"));
        Assert.Equal("a b c", PeoplesText.Line(" a\nb\r\nc\n"));
    }

    [Theory, MemberData(nameof(Mails))]
    public async Task TextOfTheHtml_DoesNotRunTogether_WithoutItsTags(string name, string locale)
    {
        using var mail = await Samples.Composer.ComposeAsync(Of(name, locale));
        var text = WithoutTags(mail.HtmlBody!);
        Assert.DoesNotMatch(RunTogether(), text.Replace(".at.example.com", "", StringComparison.Ordinal));
        var blocks = BlockEnd().Split(Style().Replace(mail.HtmlBody!, "")).Select(WithoutTags);
        var line = Space().Replace(text, " ") + " ";
        foreach (var block in blocks.Select(part => Space().Replace(part, " ").Trim()).Where(part => part.Length > 0))
            Assert.Contains($"{block} ", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Description_IsTextAndCutShort()
    {
        var facts = Samples.Event with { Description = "<b>" + new string('y', 700) };
        var notification = Samples.With(NotificationKind.InvitationReceived, "en", data => data with { Event = facts });
        using var mail = await Samples.Composer.ComposeAsync(notification);
        Assert.Contains("&lt;b&gt;yyy", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("<b>" + new string('y', 596) + "…", mail.TextBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Salle A & B, Lyon", true)]
    [InlineData("https://meet.example/x", false)]
    [InlineData("meet.example/x", false)]
    [InlineData("Online", false)]
    public async Task PlaceOnEarth_HasAMap(string location, bool hasMap)
    {
        using var mail = await Samples.Composer.ComposeAsync(
            Samples.Of(NotificationKind.RegistrationConfirmed, facts: Samples.Event with { Location = location }));
        var map = $"openstreetmap.org/search?query={Uri.EscapeDataString(location)}\"";
        Assert.Equal(hasMap, mail.HtmlBody!.Contains(map, StringComparison.Ordinal));
        Assert.Equal(hasMap, mail.HtmlBody!.Contains("openstreetmap", StringComparison.Ordinal));
    }

    [Fact]
    public async Task MailOfAnEarlierProgram_NamesNoOrganiserAndNoReason()
    {
        using var mail = await Samples.Composer.ComposeAsync(Samples.Variants["invitation_cancelled.earlier"]("en"));
        Assert.Equal("Cancelled: your 2 places for Conférence Tech 2027", mail.Subject);
        Assert.DoesNotContain("organiser", mail.TextBody, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("takes part in this event", mail.TextBody, StringComparison.Ordinal);
    }

    private static Notification Of(string name, string locale) => NotificationKinds.Find(name) is { } kind
        ? Samples.Of(kind, locale) : Samples.Variants[name](locale);

    private static string WithoutTags(string html) => WebUtility.HtmlDecode(Tag().Replace(Style().Replace(html, ""), ""));

    private static string Said(string locale, params RowFacts[] rows) =>
        PlacesInWords.Of(new Claim("1-1", null, rows.Sum(row => row.Count), rows, null, null, null, false), Words.For(locale)).ToString();

    [GeneratedRegex("« | »| [:;?!]")]
    private static partial Regex BreakableSign();

    [GeneratedRegex(@"[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]")]
    private static partial Regex Control();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("</(?:p|div|td|h1|title|a)>|<br>")]
    private static partial Regex BlockEnd();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"[a-zà-ÿ)”»][.:?!][A-ZÀ-Ý]|[a-zà-ÿ][A-ZÀ-Ý]")]
    private static partial Regex RunTogether();
}
