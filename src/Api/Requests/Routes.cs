using Seats.Api.Problems;
using Seats.Core;

namespace Seats.Api.Requests;

/// <summary>Ids in paths; what is no id is not found.</summary>
internal static class Routes
{
    public static bool TryEventId(HttpContext context, out long eventId, string name = "id") =>
        long.TryParse(context.Request.RouteValues[name] as string, System.Globalization.NumberStyles.None, null, out eventId) && eventId > 0;

    public static bool TryInvitation(HttpContext context, out InvitationId id) =>
        InvitationId.TryParse(context.Request.RouteValues["id"] as string, out id) && id is { EventId: > 0, Number: > 0 };

    /// <summary>A hold as written: <c>1-h7</c> of event 1.</summary>
    public static bool TryHold(string? text, long eventId, out int hold)
    {
        hold = 0;
        var dash = text?.IndexOf("-h", StringComparison.Ordinal) ?? -1;
        return dash > 0
            && long.TryParse(text.AsSpan(0, dash), System.Globalization.NumberStyles.None, null, out var owner) && owner == eventId
            && int.TryParse(text.AsSpan(dash + 2), System.Globalization.NumberStyles.None, null, out hold) && hold > 0
            && text == $"{eventId}-h{hold}";
    }

    public static Task NotFoundAsync(HttpContext context) => Problem.WriteAsync(context, ProblemKinds.NotFound);
}
