using System.Globalization;
using System.Text;

namespace Seats.Spelling;

/// <summary>Labels that people cannot tell apart when they read them.</summary>
public static class LookAlikes
{
    // Unicode's confusables (UTS 39), as far as Cyrillic and Greek letters look like Latin ones, each other or digits: first the letter,
    // then what it is read as.
    private const string Cyrillic = "АA ВB ЕE З3 ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ҮY ХX ӀI ԚQ ԜW "
        + "аa еe ѕs іi јj оo рp сc уy үy хx һh ԁd ԛq ԝw ӏl";
    private const string Greek = "ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ͿJ αa ιi οo νv ρp υu ϳj ΓГ ΠП ΦФ κк";

    private static readonly Dictionary<int, char> Alike =
        $"{Cyrillic} {Greek}".Split(' ').ToDictionary(pair => (int)pair[0], pair => pair[1]);

    /// <summary>
    /// Two labels with the same shape look alike: one may be typed in another normal form or width, or with letters of another alphabet.
    /// Capitals and small letters differ, as they do in the names of places.
    /// </summary>
    public static string ShapeOf(string label)
    {
        var shape = new StringBuilder(label.Length);
        foreach (var rune in NormalForm.Kd(label).EnumerateRunes())
        {
            if (IsInvisible(rune)) continue;
            if (Rune.IsWhiteSpace(rune)) shape.Append(shape.Length > 0 && shape[^1] == ' ' ? "" : " ");
            else if (Alike.TryGetValue(rune.Value, out var ours)) shape.Append(ours);
            else shape.Append(rune);
        }
        return shape.ToString();
    }

    /// <summary>Whether a text has characters that nobody sees, or that are no characters.</summary>
    public static bool HasInvisible(string text) => text.EnumerateRunes().Any(IsInvisible) || Surrogates.HasLone(text);

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => true,
        _ => IsIgnorable(rune.Value),
    };

    /// <summary>Default_Ignorable_Code_Point beyond the categories above, and two letters that are blank.</summary>
    private static bool IsIgnorable(int code) => code
        is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164 or 0xFFA0
        or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0000 and <= 0xE0FFF);
}
