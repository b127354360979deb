using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Seats.Mail.Kinds;

/// <summary>Part of a sentence.</summary>
/// <param name="IsOfPeople">People wrote it: it may be of a language that runs the other way.</param>
public readonly record struct PhrasePart(string Text, bool IsOfPeople);

/// <summary>What people wrote, on its way into a sentence.</summary>
public readonly record struct Theirs(string Text)
{
    public override string ToString() => Text;
}

/// <summary>A sentence that knows which of its parts people wrote. It is written as an interpolated string.</summary>
[InterpolatedStringHandler]
public class Phrase
{
    private readonly List<PhrasePart> parts;

    /// <param name="literalLength">What the compiler gives; of no use here.</param>
    /// <param name="formattedCount">How many values the sentence has.</param>
    public Phrase(int literalLength, int formattedCount)
    {
        _ = literalLength;
        parts = new List<PhrasePart>(2 * formattedCount + 1);
    }

    public IReadOnlyList<PhrasePart> Parts => parts;

    public virtual void AppendLiteral(string text) => parts.Add(new PhrasePart(text, false));

    public void AppendFormatted(string text) => parts.Add(new PhrasePart(text, false));

    public void AppendFormatted(int number) => parts.Add(new PhrasePart(number.ToString(), false));

    public void AppendFormatted(Theirs text) => parts.Add(new PhrasePart(text.Text, true));

    public void AppendFormatted(Phrase phrase) => parts.AddRange(phrase.parts);

    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator Phrase?(string? text)
    {
        if (text is null) return null;
        return $"{text}";
    }

    /// <summary>What people wrote, and nothing around it.</summary>
    public static Phrase OfPeople(string text) => $"{new Theirs(text)}";

    public override string ToString() => string.Concat(parts.Select(part => part.Text));
}

/// <summary>A sentence in French: before and after some signs no line may break. What people wrote is left as it is.</summary>
[InterpolatedStringHandler]
public sealed class FrenchPhrase(int literalLength, int formattedCount) : Phrase(literalLength, formattedCount)
{
    private static readonly (string Written, string Set)[] Spaces =
    [
        ("« ", "«\u00a0"), (" »", "\u00a0»"), (" :", "\u00a0:"), (" ;", "\u00a0;"), (" ?", "\u202f?"), (" !", "\u202f!"),
    ];

    public override void AppendLiteral(string text) =>
        base.AppendLiteral(Spaces.Aggregate(text, (set, space) => set.Replace(space.Written, space.Set, StringComparison.Ordinal)));

    public static implicit operator FrenchPhrase(string text)
    {
        var phrase = new FrenchPhrase(text.Length, 0);
        phrase.AppendLiteral(text);
        return phrase;
    }
}
