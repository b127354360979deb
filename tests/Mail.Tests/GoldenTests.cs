using System.Runtime.CompilerServices;
using MimeKit;

namespace Seats.Mail.Tests;

/// <summary>
/// Every kind of mail in both languages, as it was last looked at. After a change that is meant, <c>SEATS_UPDATE_GOLDEN=1</c> writes the
/// files anew.
/// </summary>
public sealed class GoldenTests
{
    private static readonly string[] Locales = ["en", "fr"];

    public static TheoryData<NotificationKind, string> Mails()
    {
        var mails = new TheoryData<NotificationKind, string>();
        foreach (var kind in Enum.GetValues<NotificationKind>())
            foreach (var locale in Locales) mails.Add(kind, locale);
        return mails;
    }

    public static TheoryData<string, string> Variants()
    {
        var mails = new TheoryData<string, string>();
        foreach (var name in Samples.Variants.Keys)
            foreach (var locale in Locales) mails.Add(name, locale);
        return mails;
    }

    [Theory, MemberData(nameof(Mails))]
    public Task Mail_LooksAsItDidWhenItWasLookedAt(NotificationKind kind, string locale) =>
        SameAsync($"{kind.Name().ToLowerInvariant()}.{locale}", Samples.Of(kind, locale));

    [Theory, MemberData(nameof(Variants))]
    public Task Variant_LooksAsItDidWhenItWasLookedAt(string name, string locale) =>
        SameAsync($"{name}.{locale}", Samples.Variants[name](locale));

    private static async Task SameAsync(string name, Notification notification)
    {
        using var mail = await Samples.Composer.ComposeAsync(notification);
        Same($"{name}.html", mail.HtmlBody!);
        Same($"{name}.txt", $"{mail.Subject}\n\n{mail.TextBody}");
        var calendars = mail.BodyParts.OfType<TextPart>().Where(part => part.ContentType.IsMimeType("text", "calendar"));
        if (string.Concat(calendars.Select(part => part.Text)) is { Length: > 0 } calendar) Same($"{name}.ics", calendar);
    }

    private static void Same(string name, string actual, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, "Golden", name);
        actual = actual.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("SEATS_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }
        Assert.True(File.Exists(path), $"{name} was never looked at.");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
