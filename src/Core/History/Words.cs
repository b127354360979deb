namespace Seats.Core.History;

/// <summary>The sentences of a language.</summary>
internal abstract class Words
{
    private static readonly Words English = new EnglishWords();
    private static readonly Words French = new FrenchWords();

    /// <param name="locale">fr, or anything else for English.</param>
    public static Words For(string locale) => locale.StartsWith("fr", StringComparison.OrdinalIgnoreCase) ? French : English;

    /// <summary>What stands for an entry that cannot be told.</summary>
    public abstract string Unreadable { get; }

    /// <summary>One sentence about a fact; null for one that has no words.</summary>
    public abstract string? Tell(SentenceContext context, Fact fact);

    /// <summary>Appends a reason where there is one the asker may know.</summary>
    protected static string Because(SentenceContext context, string sentence, string? reason, string lead) =>
        context.Reason(reason) is { } told ? $"{sentence} {lead} {told}" : sentence;
}
