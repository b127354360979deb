namespace Seats.Api.Docs;

/// <summary>What a route does, takes and gives: the OpenAPI document is made from these.</summary>
internal sealed record RouteDescription(string Tag, string Summary)
{
    public Type? Takes { get; set; }

    /// <summary>The call works without a body too.</summary>
    public bool IsBodyOptional { get; set; }

    /// <summary>Members of the body that must be there.</summary>
    public IReadOnlyList<string> Required { get; set; } = [];
    public Type? Gives { get; set; }

    /// <summary>Statuses of success.</summary>
    public IReadOnlyList<int> Statuses { get; set; } = [StatusCodes.Status200OK];

    /// <summary>Codes of its own; those every call of its kind has are added.</summary>
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

    public static IEndpointConventionBuilder Takes<T>(this IEndpointConventionBuilder route, params string[] required) =>
        route.Note(description => (description.Takes, description.Required) = (typeof(T), required));

    public static IEndpointConventionBuilder MayTake<T>(this IEndpointConventionBuilder route) =>
        route.Note(description => (description.Takes, description.IsBodyOptional) = (typeof(T), true));

    public static IEndpointConventionBuilder Gives<T>(this IEndpointConventionBuilder route, params int[] statuses) =>
        route.Note(description => (description.Gives, description.Statuses) = (typeof(T), statuses.Length == 0 ? description.Statuses : statuses));

    /// <summary>Adds codes to those named before.</summary>
    public static IEndpointConventionBuilder Refuses(this IEndpointConventionBuilder route, params IEnumerable<string> codes) =>
        route.Note(description => description.Refusals = [.. description.Refusals, .. codes]);

    public static IEndpointConventionBuilder Query(this IEndpointConventionBuilder route, params string[] names) =>
        route.Note(description => description.Query = names);

    private static IEndpointConventionBuilder Note(this IEndpointConventionBuilder route, Action<RouteDescription> note)
    {
        route.Add(endpoint => note(endpoint.Metadata.OfType<RouteDescription>().Single()));
        return route;
    }
}
