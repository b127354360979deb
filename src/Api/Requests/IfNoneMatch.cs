using Microsoft.Net.Http.Headers;

namespace Seats.Api.Requests;

/// <summary>What the reader has already (RFC 9110, 13.1.2: a list, compared weakly, or any).</summary>
internal static class IfNoneMatch
{
    /// <param name="tag">Of what there is, in its quotes.</param>
    public static bool Names(HttpContext context, string tag) =>
        EntityTagHeaderValue.TryParseList(context.Request.Headers.IfNoneMatch, out var known)
        && known.Any(item => item.Equals(EntityTagHeaderValue.Any) || item.Tag.Equals(tag, StringComparison.Ordinal));
}
