using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Seats.Silo.Journal;

/// <summary>Regular expressions for SQLite, which has the operator and leaves its meaning to the program.</summary>
internal static class SqlitePatterns
{
    /// <summary>Gives a connection <c>X regexp Y</c>. Each pattern is read once a connection.</summary>
    public static void AddTo(SqliteConnection connection)
    {
        var patterns = new Dictionary<string, Regex>(StringComparer.Ordinal);
        connection.CreateFunction("regexp", (string pattern, string text) => PatternOf(patterns, pattern).IsMatch(text), isDeterministic: true);
    }

    private static Regex PatternOf(Dictionary<string, Regex> patterns, string pattern)
    {
        if (!patterns.TryGetValue(pattern, out var regex))
            patterns[pattern] = regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        return regex;
    }
}
