namespace Seats.Core.History;

/// <summary>Which entries tell the history of something: those that match one of the clauses, the latest first.</summary>
/// <param name="UpTo">No entry above this version.</param>
/// <param name="EntriesAtMost">The latest so many.</param>
public sealed record HistoryQuery(long UpTo, IReadOnlyList<HistoryClause> Clauses, int EntriesAtMost);

/// <summary>Entries by the names of their facts, and by what these mention. The database looks: what does not match is not even sent.</summary>
/// <param name="Kinds">Names of facts; an entry has at least one of them.</param>
/// <param name="Mention">What one of its facts mentions; null for anything.</param>
/// <param name="Since">No entry below this version.</param>
public sealed record HistoryClause(IReadOnlyList<string> Kinds, Mention? Mention = null, long Since = 0);

/// <summary>What a fact mentions: a member of it is one of the numbers, or a list that has one of them.</summary>
/// <param name="Members">Names of members as the facts' JSON has them: all numbers, or all lists.</param>
public sealed record Mention(IReadOnlyList<string> Members, bool AreLists, IReadOnlyCollection<int> Numbers)
{
    /// <summary>A member that is one of the numbers.</summary>
    public static Mention Of(IReadOnlyCollection<int> numbers, params IReadOnlyList<string> members) => new(members, false, numbers);

    /// <summary>A list that has one of the numbers.</summary>
    public static Mention InLists(IReadOnlyCollection<int> numbers, params IReadOnlyList<string> members) => new(members, true, numbers);
}
