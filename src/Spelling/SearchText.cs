using System.Globalization;
using System.Text;

namespace Seats.Spelling;

/// <summary>
/// Texts as they are searched: case, accents, the width of letters and how they were typed do not matter. What is stored for searches and
/// what is asked for go through here, whatever the database knows of letters.
/// </summary>
public static class SearchText
{
    /// <summary>
    /// Stored beside each folded text: where this number rises, rows folded by an earlier program are folded anew at the next start.
    /// </summary>
    public const int Edition = 1;

    /// <summary>Texts that are searched together, a line each: nothing is found across two of them.</summary>
    public static string Of(params IEnumerable<string?> texts) => string.Join('\n', texts.Select(text => Fold(text ?? "")));

    /// <summary>One text, or what is looked for.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in NormalForm.Kd(text).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune)) Space(folded);
            // There and back: letters that share a capital, such as σ and ς, are one.
            else if (!IsLeftOut(rune)) Append(folded, Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)));
        }
        return folded.ToString().Trim();
    }

    private static void Space(StringBuilder folded)
    {
        if (folded.Length > 0 && folded[^1] != ' ') folded.Append(' ');
    }

    /// <summary>Accents, and what nobody sees.</summary>
    private static bool IsLeftOut(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.Control;

    private static void Append(StringBuilder folded, Rune rune)
    {
        if (Undecomposed(rune.Value) is { } letters) folded.Append(letters);
        else folded.Append(rune);
    }

    /// <summary>Letters that Unicode does not take apart, though people write them without their stroke; signs that have a plain one.</summary>
    private static string? Undecomposed(int code) => code switch
    {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' or 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ŧ' => "t",
        'ı' => "i",
        'ŋ' => "n",
        'ƀ' => "b",
        'ɨ' => "i",
        'ƶ' => "z",
        'ґ' => "г",
        '‘' or '’' or 'ʼ' or '′' or '`' => "'",
        '“' or '”' or '„' => "\"",
        >= '‐' and <= '―' => "-",
        _ => null,
    };
}
