using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Seats.Api.Problems;
using Seats.Api.Requests;

namespace Seats.Api.Docs;

/// <summary>The OpenAPI 3.1 document, made from the routes as they are mapped and the types they read and write.</summary>
internal sealed class OpenApiDocument
{
    private readonly SchemaBook schemas = new();

    public static JsonObject Of(IEnumerable<Endpoint> endpoints) =>
        new OpenApiDocument().Describe([.. endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.Metadata.GetMetadata<RouteDescription>() is not null)]);

    private JsonObject Describe(IReadOnlyList<RouteEndpoint> endpoints)
    {
        foreach (var endpoint in endpoints)
            if (DescriptionOf(endpoint).Takes is { } body) schemas.OfBody(body);
        var paths = new JsonObject();
        foreach (var path in endpoints.GroupBy(PathOf).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var operations = new JsonObject();
            foreach (var endpoint in path)
                foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods) operations[method.ToLowerInvariant()] = Operation(endpoint, method);
            paths[path.Key] = operations;
        }
        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "Seats", ["version"] = "1", ["description"] = "Events, holds, invitations and the line. Every answer about an event carries its version; every problem has a stable code." },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas.Schemas,
                ["securitySchemes"] = new JsonObject { ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT" } },
            },
        };
    }

    private static RouteDescription DescriptionOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<RouteDescription>()!;

    private static string PathOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    private JsonObject Operation(RouteEndpoint endpoint, string method)
    {
        var description = DescriptionOf(endpoint);
        var isCommand = method != HttpMethods.Get;
        var operation = new JsonObject
        {
            ["operationId"] = OperationId(endpoint, method),
            ["tags"] = new JsonArray(description.Tag),
            ["summary"] = description.Summary,
            ["parameters"] = ParametersOf(endpoint, description, method),
            ["responses"] = Responses(endpoint, description, isCommand),
            ["security"] = Security(endpoint, description),
        };
        if (description.Takes is { } body)
            operation["requestBody"] = new JsonObject
            {
                ["description"] = $"At most {endpoint.Metadata.GetMetadata<BodyLimit>()?.Bytes ?? BodyLimit.Default} bytes.",
                ["required"] = !description.IsBodyOptional,
                ["content"] = Content("application/json", Body(body, description.Required)),
            };
        return operation;
    }

    /// <summary><c>postEventsIdPause</c>.</summary>
    private static string OperationId(RouteEndpoint endpoint, string method) => method.ToLowerInvariant() + string.Concat(
        PathOf(endpoint).Split('/', '-', '.').Select(part => part.Trim('{', '}')).Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    private JsonObject Body(Type type, IReadOnlyList<string> required)
    {
        var body = schemas.OfBody(type);
        if (required.Count == 0) return body;
        return new JsonObject { ["allOf"] = new JsonArray(body, new JsonObject { ["required"] = new JsonArray([.. required.Select(name => (JsonNode)name)]) }) };
    }

    private static JsonArray ParametersOf(RouteEndpoint endpoint, RouteDescription description, string method)
    {
        var parameters = new JsonArray();
        foreach (var parameter in endpoint.RoutePattern.Parameters) parameters.Add((JsonNode)Parameters.InPath(PathOf(endpoint), parameter.Name));
        foreach (var name in description.Query) parameters.Add((JsonNode)Parameters.InQuery(name));
        if (method != HttpMethods.Get) parameters.Add((JsonNode)Parameters.InHeader("Idempotency-Key", "^[ -~]{1,64}$", "Obeyed once: the same key and body get the same answer again for a day."));
        if (description.Gives == typeof(Events.EventAnswer) && method is "PUT" or "DELETE")
            parameters.Add((JsonNode)Parameters.InHeader("If-Match", "^(\\*|(W/)?\"[0-9]+\")$", "Only at this version of the event."));
        return parameters;
    }

    /// <summary>Public reads know a caller who signs in, and show them more.</summary>
    private static JsonArray Security(RouteEndpoint endpoint, RouteDescription description)
    {
        JsonObject bearer = new() { ["bearer"] = new JsonArray() };
        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null) return [bearer];
        return description.Tag is "Events" or "Seats" ? [bearer, new JsonObject()] : [];
    }

    private JsonObject Responses(RouteEndpoint endpoint, RouteDescription description, bool isCommand)
    {
        var responses = new JsonObject();
        foreach (var status in description.Statuses) responses[$"{status}"] = Success(description, status, isCommand);
        var codes = RefusalCodes.Of(endpoint, description, isCommand).Select(code => ProblemKinds.ByCode[code]);
        foreach (var status in codes.GroupBy(kind => kind.Status).Where(group => !description.Statuses.Contains(group.Key)).OrderBy(group => group.Key))
        {
            var response = new JsonObject
            {
                ["description"] = string.Join(", ", status.Select(kind => kind.Code)),
                ["content"] = Content(Problem.ContentType, schemas.OfAnswer(typeof(ProblemBody))),
            };
            if (status.Key == StatusCodes.Status503ServiceUnavailable)
                response["headers"] = Headers(("Retry-After", "Seconds."), ("Seats-Outcome", "not-applied where that is known."));
            else if (status.Any(kind => kind.Code is "limit.rate" or "limit.hoarding"))
                response["headers"] = Headers(("Retry-After", "Seconds; with limit.rate and limit.hoarding."));
            responses[$"{status.Key}"] = response;
        }
        return responses;
    }

    private JsonObject Success(RouteDescription description, int status, bool isCommand)
    {
        if (status == StatusCodes.Status304NotModified) return new JsonObject { ["description"] = "The version named in If-None-Match is the newest." };
        var headers = new List<(string, string)>();
        if (description.Gives!.GetProperty("Version") is not null) headers.Add(("ETag", "The event's version, quoted."));
        if (status == StatusCodes.Status201Created) headers.Add(("Location", "Where it can be read."));
        if (isCommand) headers.Add(("Idempotency-Replayed", "true when this is an earlier answer again."));
        var response = new JsonObject { ["description"] = description.Summary, ["content"] = Content("application/json", schemas.OfAnswer(description.Gives)) };
        if (headers.Count > 0) response["headers"] = Headers([.. headers]);
        return response;
    }

    private static JsonObject Headers(params (string Name, string Description)[] headers)
    {
        var described = new JsonObject();
        foreach (var (name, description) in headers)
            described[name] = new JsonObject { ["description"] = description, ["schema"] = new JsonObject { ["type"] = "string" } };
        return described;
    }

    private static JsonObject Content(string type, JsonNode schema) => new() { [type] = new JsonObject { ["schema"] = schema } };
}
