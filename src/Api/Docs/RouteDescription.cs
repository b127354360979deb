namespace Seats.Api.Docs;

/// <summary>What a route does, takes and gives: the OpenAPI document is made from these.</summary>
internal sealed record RouteDescription(string Tag, string Summary)
{
    public Type? Takes { get; set; }
    public Type? Gives { get; set; }
    public int Status { get; set; } = StatusCodes.Status200OK;
    public IReadOnlyList<string> Refusals { get; set; } = [];
    public IReadOnlyList<string> Query { get; set; } = [];
}

/// <summary>Describes routes where they are mapped.</summary>
internal static class Describing
{
    public static IEndpointConventionBuilder Describe(this IEndpointConventionBuilder route, string tag, string summary)
    {
        var description = new RouteDescription(tag, summary);
        route.WithMetadata(description);
        return route;
    }

    public static IEndpointConventionBuilder Takes<T>(this IEndpointConventionBuilder route) => route.Note(description => description.Takes = typeof(T));

    public static IEndpointConventionBuilder Gives<T>(this IEndpointConventionBuilder route, int status = StatusCodes.Status200OK) =>
        route.Note(description => (description.Gives, description.Status) = (typeof(T), status));

    public static IEndpointConventionBuilder Refuses(this IEndpointConventionBuilder route, params string[] codes) =>
        route.Note(description => description.Refusals = codes);

    public static IEndpointConventionBuilder Query(this IEndpointConventionBuilder route, params string[] names) =>
        route.Note(description => description.Query = names);

    private static IEndpointConventionBuilder Note(this IEndpointConventionBuilder route, Action<RouteDescription> note)
    {
        route.Add(endpoint => note(endpoint.Metadata.OfType<RouteDescription>().Single()));
        return route;
    }
}
