using Seats.Core.History;

namespace Seats.Silo.Journal;

/// <summary>The statement of a history, as one kind of database says it. Parameter 1 is the event.</summary>
internal abstract class HistorySql
{
    private readonly List<object> values = [];

    /// <summary>Values of the parameters, in their order.</summary>
    public IReadOnlyList<object> Values => values;

    /// <summary>The facts' JSON as text.</summary>
    protected abstract string Facts { get; }

    public string For(long eventId, HistoryQuery query)
    {
        var (id, upTo) = (Parameter(eventId), Parameter(query.UpTo));
        var clauses = string.Join(" or ", query.Clauses.Select(Condition));
        return $"""
            select version, at, command_id, body_hash, kinds, {Facts} from journal
            where event_id = {id} and version <= {upTo} and ({clauses}) order by version desc limit {Parameter(query.EntriesAtMost)}
            """;
    }

    /// <summary>The entry has a fact of one of these kinds.</summary>
    protected abstract string HasKind(IReadOnlyList<string> kinds);

    /// <summary>The entry has a fact that mentions it; false for JSON that is no list of facts.</summary>
    protected abstract string Mentions(Mention mention);

    protected string Parameter(object value)
    {
        values.Add(value);
        return $"${values.Count}";
    }

    // The cheap question first.
    private string Condition(HistoryClause clause)
    {
        var condition = $"version >= {Parameter(clause.Since)} and {HasKind(clause.Kinds)}";
        return clause.Mention is { } mention ? $"({condition} and {Mentions(mention)})" : $"({condition})";
    }
}
