using System.Text;

namespace Seats.Mail.Calendar;

/// <summary>Long lines of iCalendar files (RFC 5545, 3.1): folded by octets, and never inside a character.</summary>
internal static class LineFolding
{
    private const string Break = "\r\n";
    private const int OctetsAtMost = 75;

    /// <summary>Folds anew what another fold may have cut inside a character.</summary>
    public static string Refold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var line in text.Replace("\r\n ", "", StringComparison.Ordinal).Split(Break)) Fold(folded, line);
        // The last line of a file ends like every other, and nothing stands behind it.
        folded.Length -= Break.Length;
        return folded.ToString();
    }

    private static void Fold(StringBuilder folded, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > OctetsAtMost)
            {
                folded.Append(Break).Append(' ');
                octets = 1;
            }
            folded.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }
        folded.Append(Break);
    }
}
