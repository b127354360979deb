namespace Seats.Spelling;

/// <summary>
/// Characters that steer the text around them: embeddings, overrides and isolates turn what is read behind them, and line and paragraph
/// separators break what is one line. None belongs in a name.
/// </summary>
public static class DirectionControls
{
    /// <summary>Whether a character turns the direction of text.</summary>
    public static bool IsOne(int code) => code is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    /// <summary>Whether a text has any of these, or a line or paragraph separator.</summary>
    public static bool AreIn(string text) => text.Any(letter => IsOne(letter) || letter is '\u2028' or '\u2029');
}
