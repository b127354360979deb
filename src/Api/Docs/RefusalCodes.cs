using Microsoft.AspNetCore.Authorization;

namespace Seats.Api.Docs;

/// <summary>Codes that calls of a kind have in common.</summary>
internal static class RefusalCodes
{
    /// <summary>An event with which nothing can be done any more.</summary>
    public static IReadOnlyList<string> Closed { get; } = ["event.cancelled", "event.over"];

    /// <summary>An event that sells nothing now.</summary>
    public static IReadOnlyList<string> NotSelling { get; } = [.. Closed, "event.paused", "event.not_on_sale"];

    /// <summary>Places that cannot be had.</summary>
    public static IReadOnlyList<string> Choosing { get; } =
        ["seats.unknown", "seats.taken", "seats.orphan", "seats.not_together", "event.full", "event.has_line", "limit.places"];

    /// <summary>Only organisers may.</summary>
    public static IReadOnlyList<string> Organisers { get; } = ["forbidden"];

    private static readonly string[] OfCommands =
        ["request.malformed", "request.too_large", "request.not_json", "idempotency.malformed", "idempotency.in_flight", "idempotency.other_body"];

    /// <summary>All codes of a route: its own, and what follows from its kind.</summary>
    public static IEnumerable<string> Of(RouteEndpoint endpoint, RouteDescription description, bool isCommand)
    {
        IEnumerable<string> codes = description.Refusals;
        if (isCommand) codes = codes.Concat(OfCommands);
        if (description.Takes is not null || description.Query.Count > 0) codes = codes.Append("request.invalid");
        if (endpoint.RoutePattern.Parameters.Count > 0) codes = codes.Append("not_found");
        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null) codes = codes.Append("auth.required");
        if (endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy == Policies.Admin) codes = codes.Append("forbidden");
        return (description.Tag == "Health" ? codes : codes.Append("unavailable")).Distinct();
    }
}
