using Seats.Core.History;

namespace Seats.Silo.Journal;

/// <summary>Histories in SQLite, which takes lists of values as JSON.</summary>
internal sealed class SqliteHistorySql : HistorySql
{
    private const string Sound = "case when json_valid(facts) then facts else '[]' end";

    protected override string Facts => "facts";

    protected override string HasKind(IReadOnlyList<string> kinds) =>
        $"({string.Join(" or ", kinds.Select(kind => $"instr(' ' || kinds || ' ', {Parameter($" {kind} ")}) > 0"))})";

    protected override string Mentions(Mention mention)
    {
        var numbers = Parameter($"[{string.Join(',', mention.Numbers)}]");
        var members = mention.Members.Select(member => $"""
            exists (select 1 from json_each({Sound}) fact, json_each({Sound}, fact.fullkey || '.{member}') item
            where item.value in (select value from json_each({numbers})))
            """);
        return $"({string.Join(" or ", members)})";
    }
}
