using Seats.Api.Problems;
using Seats.Core;

namespace Seats.Api.Requests;

/// <summary>Where a page of a list begins, and how long it is.</summary>
internal sealed record Paging(int Limit, string? Cursor)
{
    private const int LimitDefault = 20;

    /// <summary>Reads <c>?limit=&amp;cursor=</c>; null when a problem was written instead.</summary>
    public static async Task<Paging?> ReadAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var limit = LimitDefault;
        if (query.TryGetValue("limit", out var given) && (!int.TryParse(given, out limit) || limit is < 1 or > Limits.PageAtMost))
        {
            await Problem.InvalidAsync(context, new Violation("limit", Rules.Range, 1, Limits.PageAtMost));
            return null;
        }
        return new Paging(limit, query.TryGetValue("cursor", out var cursor) && cursor.ToString() is { Length: > 0 } text ? text : null);
    }

    /// <summary>The cursor as a number, for lists that continue after one; null when a problem was written instead.</summary>
    public async Task<int?> AfterAsync(HttpContext context)
    {
        if (Cursor is null) return 0;
        if (int.TryParse(Cursor, System.Globalization.NumberStyles.None, null, out var after)) return after;
        await BadCursorAsync(context);
        return null;
    }

    public static Task BadCursorAsync(HttpContext context) => Problem.InvalidAsync(context, new Violation("cursor", Types.Form));
}
