using System.Runtime.CompilerServices;
using MimeKit;

namespace Seats.Mail.Tests;

/// <summary>Every kind of mail in both languages, as it was last looked at. After a change that is meant, <c>SEATS_UPDATE_GOLDEN=1</c> writes the files anew.</summary>
public sealed class GoldenTests
{
    public static TheoryData<NotificationKind, string> Mails()
    {
        var mails = new TheoryData<NotificationKind, string>();
        foreach (var kind in Enum.GetValues<NotificationKind>())
            foreach (var locale in new[] { "en", "fr" }) mails.Add(kind, locale);
        return mails;
    }

    [Theory, MemberData(nameof(Mails))]
    public async Task Mail_LooksAsItDidWhenItWasLookedAt(NotificationKind kind, string locale)
    {
        using var mail = await Samples.Composer.ComposeAsync(Samples.Of(kind, locale));
        var name = $"{kind.Name().ToLowerInvariant()}.{locale}";
        Same($"{name}.html", mail.HtmlBody!);
        Same($"{name}.txt", $"{mail.Subject}\n\n{mail.TextBody}");
        if (mail.BodyParts.OfType<TextPart>().FirstOrDefault(part => part.ContentType.IsMimeType("text", "calendar")) is { } calendar)
            Same($"{name}.ics", calendar.Text);
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
