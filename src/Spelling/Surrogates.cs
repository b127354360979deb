namespace Seats.Spelling;

/// <summary>Halves of characters, as UTF-16 writes those beyond its first 65,536.</summary>
public static class Surrogates
{
    /// <summary>Whether a half stands alone: then the text is none that could be stored as UTF-8 and read back.</summary>
    public static bool HasLone(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index])) continue;
            if (index + 1 == text.Length || !char.IsSurrogatePair(text[index], text[index + 1])) return true;
            index++;
        }
        return false;
    }
}
