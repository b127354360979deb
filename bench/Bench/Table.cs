using System.Runtime.InteropServices;
using System.Text;

namespace Seats.Bench;

/// <summary>What was measured, against which bar, as Markdown.</summary>
internal sealed class Table
{
    private readonly List<(string What, string Value, string Bar, bool? Met)> rows = [];

    public void Add(string what, string value) => Add(what, value, "", null);

    public void Add(string what, string value, string bar, bool? met)
    {
        rows.Add((what, value, bar, met));
        Console.Error.WriteLine($"  {what}: {value}{(bar.Length > 0 ? $" (bar {bar}: {(met is true ? "met" : "MISSED")})" : "")}");
    }

    /// <summary>A ratio that should be at least <paramref name="bar"/>.</summary>
    public void Ratio(string what, double ratio, double bar) => Add(what, $"{ratio:0.00} ×", $"≥ {bar:0.##} ×", ratio >= bar);

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine($"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, .NET {Environment.Version}; load generator, server and Postgres (fsync on, synchronous_commit on) share them.");
        text.AppendLine().AppendLine("| what | measured | bar | |").AppendLine("|---|---|---|---|");
        foreach (var (what, value, bar, met) in rows) text.AppendLine($"| {what} | {value} | {bar} | {(met switch { true => "met", false => "**missed**", null => "" })} |");
        return text.ToString();
    }
}
