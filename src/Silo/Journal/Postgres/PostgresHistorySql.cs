using System.Globalization;
using Seats.Core.History;

namespace Seats.Silo.Journal;

/// <summary>Histories in Postgres.</summary>
internal sealed class PostgresHistorySql : HistorySql
{
    // For so few numbers it is quicker to look at the text, which may find too much, than to take the JSON apart: 1 µs an entry, not 6.
    private const int NumbersInAPatternAtMost = 8;

    private const string Each = "json_array_elements(case json_typeof(facts) when 'array' then facts else '[]' end) fact";

    protected override string Facts => "facts::text";

    protected override string HasKind(IReadOnlyList<string> kinds) => $"string_to_array(kinds, ' ') && {Parameter(kinds.ToArray())}";

    protected override string Mentions(Mention mention) => mention switch
    {
        { AreLists: true, Numbers.Count: <= NumbersInAPatternAtMost } => $@"facts::text ~ {Parameter($@"[\[,]({string.Join('|', mention.Numbers)})[,\]]")}",
        { AreLists: true } => ListHasOne(mention),
        _ => IsOne(mention),
    };

    private string IsOne(Mention mention)
    {
        var numbers = Parameter(Text(mention.Numbers));
        return $"exists (select 1 from {Each} where {string.Join(" or ", mention.Members.Select(member => $"fact->>'{member}' = any({numbers})"))})";
    }

    private string ListHasOne(Mention mention)
    {
        var numbers = Parameter(Text(mention.Numbers));
        var lists = mention.Members.Select(member => $"""
            exists (select 1 from {Each}, json_array_elements_text(case json_typeof(fact->'{member}') when 'array' then fact->'{member}' else '[]' end) item
            where item = any({numbers}))
            """);
        return $"({string.Join(" or ", lists)})";
    }

    private static string[] Text(IEnumerable<int> numbers) => [.. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))];
}
