namespace Seats.Api.Problems;

/// <summary>A kind of problem: its stable code, its HTTP status, and what people are told, in both languages.</summary>
/// <param name="Retryable">Whether the same request may succeed later without a change.</param>
internal sealed record ProblemKind(string Code, int Status, bool Retryable, Said Title, Said Detail)
{
    /// <summary>Which of several causes of one code it is, for programs; null where there is one.</summary>
    public string? Reason { get; private init; }

    public ProblemKind Because(string reason) => this with { Reason = reason };
}

/// <summary>A text in English and French.</summary>
internal sealed record Said(string English, string French)
{
    public string In(Language language) => language == Language.French ? French : English;
}

/// <summary>The languages people are spoken to in.</summary>
internal enum Language
{
    English,
    French,
}
