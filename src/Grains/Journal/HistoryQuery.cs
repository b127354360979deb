namespace Seats.Grains.Journal;

/// <summary>Which entries tell the history of something: those that match one of the clauses, the latest first.</summary>
/// <param name="UpTo">No entry above this version.</param>
/// <param name="EntriesAtMost">The latest so many.</param>
public sealed record HistoryQuery(long UpTo, IReadOnlyList<HistoryClause> Clauses, int EntriesAtMost);

/// <summary>Entries by the names of their facts, and by what these mention. The database looks: what does not match is not even sent.</summary>
/// <param name="Kinds">Matches the names of the facts, as <see cref="JournalEntry.Kinds"/> has them; a regular expression that Postgres and .NET read alike.</param>
/// <param name="Facts">Matches the facts' JSON; null for any.</param>
public sealed record HistoryClause(string Kinds, string? Facts = null)
{
    /// <summary>Entries with one of these facts.</summary>
    public static HistoryClause Of(IEnumerable<string> kinds, string? facts = null) => new($"(^| )({string.Join('|', kinds)})( |$)", facts);

    /// <summary>Matches a list that has one of the numbers.</summary>
    public static string Listing(IEnumerable<int> numbers) => $@"[\[,]({string.Join('|', numbers)})[,\]]";

    /// <summary>Matches a member that is one of the numbers.</summary>
    public static string Naming(string member, IEnumerable<int> numbers) => $@"""({member})"":({string.Join('|', numbers)})[,}}]";
}
