using Seats.Grains.Journal;

namespace Seats.Silo.Journal;

/// <summary>The statement of a history: parameter 1 is the event, the others are the values returned.</summary>
internal static class HistorySql
{
    /// <param name="matches">How a database says that a column matches the pattern of a parameter.</param>
    /// <param name="facts">The facts' JSON as text.</param>
    public static (string Sql, object[] Values) For(HistoryQuery query, Func<string, string, string> matches, string facts)
    {
        var values = new List<object> { query.UpTo };
        var clauses = new List<string>();
        foreach (var clause in query.Clauses)
        {
            var condition = matches("kinds", Parameter(values, clause.Kinds));
            if (clause.Facts is { } pattern) condition = $"{condition} and {matches(facts, Parameter(values, pattern))}";
            clauses.Add($"({condition})");
        }
        var limit = Parameter(values, query.EntriesAtMost);
        return ($"""
            select version, at, command_id, body_hash, kinds, {facts} from journal
            where event_id = $1 and version <= $2 and ({string.Join(" or ", clauses)}) order by version desc limit {limit}
            """, [.. values]);
    }

    private static string Parameter(List<object> values, object value)
    {
        values.Add(value);
        return $"${values.Count + 1}";
    }
}
