using System.Globalization;

namespace Seats.Spelling;

/// <summary>The beginning of a text that is too long for its place.</summary>
public static class Excerpt
{
    /// <summary>At most so many characters of UTF-16, whole ones as people count them.</summary>
    public static string Of(string text, int charsAtMost)
    {
        if (text.Length <= charsAtMost) return text;
        var end = 0;
        for (var next = 0; next <= charsAtMost - 1; next += StringInfo.GetNextTextElementLength(text, next)) end = next;
        // One that is longer than all the room is many signs on one letter: then a whole sign is enough.
        if (end == 0) end = char.IsHighSurrogate(text[charsAtMost - 2]) ? charsAtMost - 2 : charsAtMost - 1;
        return text[..end].TrimEnd() + "…";
    }
}
