namespace Seats.Core.History;

/// <summary>The history of a place or an invitation in words, oldest first.</summary>
[GenerateSerializer, Immutable, Alias("explanation")]
public sealed record Explanation(IReadOnlyList<ExplainItem> Items);

/// <summary>One fact of a history.</summary>
/// <param name="What">The fact's name in upper case: SEATS_HELD.</param>
/// <param name="Text">A sentence in the asker's language, without what they may not know.</param>
[GenerateSerializer, Immutable, Alias("explain-item")]
public sealed record ExplainItem(long Version, DateTimeOffset At, string What, string Text);
