using System.Text;

namespace Seats.Spelling;

/// <summary>The normal forms of Unicode (UAX 15), the same on every machine.</summary>
public static class NormalForm
{
    private const int HangulBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11A7;
    private const int Leads = 19, Vowels = 21, Tails = 28;

    /// <summary>Form C: letters and their marks together, as keyboards write them.</summary>
    public static string C(string text) => Ascii.IsValid(text) ? text : Write(Compose(Decompose(text, compatibility: false)));

    /// <summary>Form KD: letters and marks apart, and variants of letters (full width, ligatures, raised) as the letters they are.</summary>
    public static string Kd(string text) => Ascii.IsValid(text) ? text : Write(Decompose(text, compatibility: true));

    private static List<int> Decompose(string text, bool compatibility)
    {
        var codes = new List<int>(text.Length + 8);
        foreach (var rune in text.EnumerateRunes()) Append(codes, rune.Value, compatibility);
        Order(codes);
        return codes;
    }

    private static void Append(List<int> codes, int code, bool compatibility)
    {
        var syllable = code - HangulBase;
        if (syllable is >= 0 and < Leads * Vowels * Tails)
        {
            codes.Add(LeadBase + syllable / (Vowels * Tails));
            codes.Add(VowelBase + syllable % (Vowels * Tails) / Tails);
            if (syllable % Tails > 0) codes.Add(TailBase + syllable % Tails);
            return;
        }
        var parts = UnicodeData.Instance.PartsOf(code, compatibility);
        if (parts.Length == 0) codes.Add(code);
        foreach (var part in parts) Append(codes, part, compatibility);
    }

    /// <summary>Marks of one letter by their class; those of one class stay as they came.</summary>
    private static void Order(List<int> codes)
    {
        for (var start = 0; start < codes.Count; start++)
        {
            if (UnicodeData.Instance.ClassOf(codes[start]) == 0) continue;
            var end = start + 1;
            while (end < codes.Count && UnicodeData.Instance.ClassOf(codes[end]) != 0) end++;
            int[] marks = [.. codes.GetRange(start, end - start).OrderBy(UnicodeData.Instance.ClassOf)];
            for (var index = start; index < end; index++) codes[index] = marks[index - start];
            start = end;
        }
    }

    private static List<int> Compose(List<int> codes)
    {
        var composed = new List<int>(codes.Count);
        var (starter, lastClass) = (-1, 0);
        foreach (var code in codes)
        {
            var markClass = UnicodeData.Instance.ClassOf(code);
            // A mark reaches its letter unless one of the same class, or another letter, stands between.
            var reaches = starter >= 0 && (starter == composed.Count - 1 || lastClass != 0 && lastClass < markClass);
            if (reaches && Pair(composed[starter], code) is { } together)
            {
                composed[starter] = together;
                continue;
            }
            composed.Add(code);
            lastClass = markClass;
            if (markClass == 0) starter = composed.Count - 1;
        }
        return composed;
    }

    private static int? Pair(int first, int second)
    {
        var (lead, vowel) = (first - LeadBase, second - VowelBase);
        if (lead is >= 0 and < Leads && vowel is >= 0 and < Vowels) return HangulBase + (lead * Vowels + vowel) * Tails;
        var (syllable, tail) = (first - HangulBase, second - TailBase);
        if (syllable is >= 0 and < Leads * Vowels * Tails && syllable % Tails == 0 && tail is > 0 and < Tails) return first + tail;
        return UnicodeData.Instance.Compose(first, second);
    }

    private static string Write(List<int> codes)
    {
        var text = new StringBuilder(codes.Count);
        foreach (var code in codes) text.Append(new Rune(code));
        return text.ToString();
    }
}
