using System.Globalization;
using System.Text;

namespace Seats.Mail.Composing;

/// <summary>Text of a header: as it is where it is plain ASCII, else as encoded words (RFC 2047).</summary>
internal static class HeaderText
{
    private const string Begin = "=?utf-8?B?";
    private const string End = "?=";

    // A line with encoded words has at most 76 octets, of which a word has at most 75; the first shares its line with the header's name.
    private const int LineAtMost = 76;
    private const int WordAtMost = 75;

    /// <summary>The raw value of a header, folded, with the line break at its end.</summary>
    public static byte[] Raw(string name, string text) => Encoding.ASCII.GetBytes(IsPlain(text) ? Folded(name, text) : Encoded(name, text));

    /// <summary>What has the beginning or end of an encoded word in it would be read as one by somebody.</summary>
    private static bool IsPlain(string text) =>
        Ascii.IsValid(text) && !text.Contains("=?", StringComparison.Ordinal) && !text.Contains("  ", StringComparison.Ordinal)
        && text.Split(' ').All(word => word.Length < WordAtMost - 1);

    private static string Folded(string name, string text)
    {
        var folded = new StringBuilder();
        var column = name.Length + 1;
        foreach (var word in text.Split(' '))
        {
            if (column + 1 + word.Length > LineAtMost)
            {
                folded.Append("\r\n");
                column = 0;
            }
            folded.Append(' ').Append(word);
            column += 1 + word.Length;
        }
        return folded.Append("\r\n").ToString();
    }

    private static string Encoded(string name, string text)
    {
        var encoded = new StringBuilder();
        var word = new StringBuilder();
        var room = OctetsIn(LineAtMost - name.Length - 2);
        var octets = 0;
        foreach (var sign in Signs(text))
        {
            var length = Encoding.UTF8.GetByteCount(sign);
            if (octets + length > room && octets > 0)
            {
                Close();
                encoded.Append("\r\n");
                (room, octets) = (OctetsIn(WordAtMost), 0);
            }
            word.Append(sign);
            octets += length;
        }
        Close();
        return encoded.Append("\r\n").ToString();

        void Close()
        {
            encoded.Append(' ').Append(Begin).Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(word.ToString()))).Append(End);
            word.Clear();
        }
    }

    private static int OctetsIn(int chars) => (chars - Begin.Length - End.Length) / 4 * 3;

    /// <summary>What no word boundary divides: signs as people see them, where they are short enough, else characters.</summary>
    private static IEnumerable<string> Signs(string text)
    {
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            if (Encoding.UTF8.GetByteCount(element) <= OctetsIn(WordAtMost) / 2) yield return element;
            else
                foreach (var rune in element.EnumerateRunes()) yield return rune.ToString();
        }
    }
}
