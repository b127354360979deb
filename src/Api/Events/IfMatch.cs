using Seats.Api.Problems;
using Seats.Core;

namespace Seats.Api.Events;

/// <summary>The version a change is meant for; none when any will do.</summary>
internal sealed record IfMatch(long? Version)
{
    /// <summary>Reads the header; null when a problem was written instead.</summary>
    public static async Task<IfMatch?> ReadAsync(HttpContext context)
    {
        var text = context.Request.Headers.IfMatch.ToString().Trim();
        if (text is "" or "*") return new IfMatch((long?)null);
        if (text.StartsWith("W/", StringComparison.Ordinal)) text = text[2..];
        if (text.Length > 2 && text[0] == '"' && text[^1] == '"'
            && long.TryParse(text.AsSpan(1, text.Length - 2), System.Globalization.NumberStyles.None, null, out var version)) return new IfMatch(version);
        await Problem.InvalidAsync(context, new Violation("If-Match", Types.Form));
        return null;
    }
}
