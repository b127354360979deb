using System.Text.Json.Nodes;
using Seats.Core.History;

namespace Seats.Core.Tests.History;

/// <summary>Entries of one event, asked for its history as a database is.</summary>
internal sealed class EntriesInMemory(List<JournalEntry> entries)
{
    public List<JournalEntry> Entries => entries;

    /// <summary>Whether everything is handed out, whatever the query says.</summary>
    public bool IgnoresClauses { get; set; }

    /// <summary>Entries handed out.</summary>
    public int EntriesRead { get; private set; }

    /// <summary>What a scene wrote.</summary>
    public static EntriesInMemory Of(Scene scene) => new(
    [
        .. scene.Journal.Select(entry =>
            new JournalEntry(entry.Version, entry.At, null, 0, FactCodec.Kinds(entry.Facts), FactCodec.Encode(entry.Facts))),
    ]);

    public Task<IReadOnlyList<JournalEntry>> ReadAsync(HistoryQuery query)
    {
        bool Concerns(JournalEntry entry) => IgnoresClauses || query.Clauses.Any(clause => Matches(entry, clause));
        var known = Enumerable.Reverse(entries).Where(entry => entry.Version <= query.UpTo);
        JournalEntry[] found = [.. known.Where(Concerns).Take(query.EntriesAtMost)];
        EntriesRead += found.Length;
        return Task.FromResult<IReadOnlyList<JournalEntry>>(found);
    }

    private static bool Matches(JournalEntry entry, HistoryClause clause)
    {
        if (entry.Version < clause.Since || !entry.Kinds.Split(' ').Intersect(clause.Kinds).Any()) return false;
        return clause.Mention is not { } mention
            || JsonNode.Parse(entry.Facts.Span)!.AsArray().Any(fact => mention.Members.Any(member => Mentions(fact![member], mention)));
    }

    private static bool Mentions(JsonNode? value, Mention mention)
    {
        if (value is null) return false;
        IEnumerable<int> numbers = mention.AreLists ? value.AsArray().Select(item => (int)item!) : [(int)value];
        return numbers.Intersect(mention.Numbers).Any();
    }
}
