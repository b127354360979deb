using System.Globalization;
using System.Text;
using Seats.Core.Notifications;
using Seats.Spelling;

namespace Seats.Mail.Composing;

/// <summary>
/// Texts of people, made fit for a mail: nothing in them steers a terminal, a header, a calendar or the direction of other text.
/// </summary>
internal static class PeoplesText
{
    /// <summary>The notification with every text of people in it made fit. Nothing else of a mail is made from their texts.</summary>
    public static Notification Cleaned(Notification notification) => notification with { Data = Cleaned(notification.Data) };

    /// <summary>Without control characters; a line break stays one.</summary>
    public static string Cleaned(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value == '\n' || !IsControl(rune)) clean.Append(rune.ToString());
            else if (!IsDirection(rune)) clean.Append(' ');
        }
        return clean.ToString();
    }

    /// <summary>The same on one line.</summary>
    public static string Line(string text) => Cleaned(text).Replace('\n', ' ').Trim();

    private static bool IsControl(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || IsDirection(rune);

    private static bool IsDirection(Rune rune) => DirectionControls.IsOne(rune.Value);

    private static NotificationData Cleaned(NotificationData data) => data with
    {
        Event = data.Event is { } facts ? Cleaned(facts) : null,
        Account = data.Account is { } account ? account with { Username = Line(account.Username) } : null,
        Undelivered = data.Undelivered is { } undelivered
            ? undelivered with { Email = Line(undelivered.Email), Answer = Line(undelivered.Answer) } : null,
        Reason = data.Reason is { } reason ? Cleaned(reason).Trim() : null,
        Seats = data.Seats?.Select(Line).ToList(),
        Rows = Cleaned(data.Rows),
        Also = data.Also?.Select(claim => claim with { Rows = Cleaned(claim.Rows) }).ToList(),
        Changes = data.Changes?.Select(change => change with { Before = Line(change.Before), After = Line(change.After) }).ToList(),
    };

    private static EventFacts Cleaned(EventFacts facts) => facts with
    {
        Title = Line(facts.Title),
        Location = Line(facts.Location),
        Organiser = facts.Organiser is { } organiser ? Line(organiser) : null,
        Description = facts.Description is { } description ? Cleaned(description).Trim() : null,
    };

    private static List<RowFacts>? Cleaned(IReadOnlyList<RowFacts>? rows) => rows?.Select(row => row with
    {
        Section = row.Section is { } section ? Line(section) : null,
        Row = row.Row is { } name ? Line(name) : null,
    }).ToList();
}
