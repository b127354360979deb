using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing.Patterns;
using Seats.Api.Json;
using Seats.Api.Problems;

namespace Seats.Api.Docs;

/// <summary>The OpenAPI 3.1 document, made from the routes as they are mapped and the types they read and write.</summary>
internal static class OpenApiDocument
{
    public static JsonObject Of(IEnumerable<Endpoint> endpoints)
    {
        var schemas = new JsonObject();
        var paths = new JsonObject();
        var described = endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.Metadata.GetMetadata<RouteDescription>() is not null);
        foreach (var path in described.GroupBy(endpoint => PathOf(endpoint.RoutePattern)).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var operations = new JsonObject();
            foreach (var endpoint in path)
                foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)
                    operations[method.ToLowerInvariant()] = Operation(endpoint, schemas);
            paths[path.Key] = operations;
        }
        Schema(typeof(ProblemBody), schemas);
        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "Seats", ["version"] = "1", ["description"] = "Events, holds, invitations and the line. Every answer about an event carries its version; every problem has a stable code." },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas,
                ["securitySchemes"] = new JsonObject { ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT" } },
            },
        };
    }

    private static string PathOf(RoutePattern pattern) => "/" + pattern.RawText!.TrimStart('/');

    private static JsonObject Operation(RouteEndpoint endpoint, JsonObject schemas)
    {
        var description = endpoint.Metadata.GetMetadata<RouteDescription>()!;
        var isAnonymous = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
        var operation = new JsonObject
        {
            ["tags"] = new JsonArray(description.Tag),
            ["summary"] = description.Summary,
            ["parameters"] = Parameters(endpoint, description),
            ["responses"] = Responses(description, isAnonymous, schemas),
        };
        if (description.Takes is { } body)
            operation["requestBody"] = new JsonObject { ["content"] = Content("application/json", Schema(body, schemas)) };
        if (!isAnonymous) operation["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() });
        return operation;
    }

    private static JsonArray Parameters(RouteEndpoint endpoint, RouteDescription description)
    {
        var parameters = new JsonArray();
        foreach (var parameter in endpoint.RoutePattern.Parameters) parameters.Add((JsonNode)Parameter(parameter.Name, "path", true));
        foreach (var name in description.Query) parameters.Add((JsonNode)Parameter(name, "query", false));
        var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
        if (method != HttpMethods.Get) parameters.Add((JsonNode)Parameter("Idempotency-Key", "header", false));
        if (method == HttpMethods.Put && description.Gives == typeof(Events.EventAnswer)) parameters.Add((JsonNode)Parameter("If-Match", "header", false));
        return parameters;
    }

    private static JsonObject Parameter(string name, string place, bool required) => new()
    {
        ["name"] = name,
        ["in"] = place,
        ["required"] = required,
        ["schema"] = new JsonObject { ["type"] = "string" },
    };

    private static JsonObject Responses(RouteDescription description, bool isAnonymous, JsonObject schemas)
    {
        var responses = new JsonObject
        {
            [$"{description.Status}"] = new JsonObject { ["description"] = description.Summary, ["content"] = Content("application/json", Schema(description.Gives!, schemas)) },
        };
        IEnumerable<string> codes = [.. description.Refusals, .. isAnonymous ? [] : new[] { "auth.required" }, "request.malformed", "unavailable"];
        foreach (var status in codes.Distinct().Select(code => ProblemKinds.ByCode[code]).GroupBy(kind => kind.Status).OrderBy(group => group.Key))
            responses[$"{status.Key}"] = new JsonObject
            {
                ["description"] = string.Join(", ", status.Select(kind => kind.Code)),
                ["content"] = Content("application/problem+json", Schema(typeof(ProblemBody), schemas)),
            };
        return responses;
    }

    private static JsonObject Content(string type, JsonNode schema) => new() { [type] = new JsonObject { ["schema"] = schema } };

    private static JsonObject Schema(Type type, JsonObject schemas)
    {
        var name = type.IsGenericType ? $"{type.GetGenericArguments()[0].Name}List" : type.Name;
        if (!schemas.ContainsKey(name))
            schemas[name] = JsonSchemaExporter.GetJsonSchemaAsNode(ApiJson.Strict.Options, type, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Words });
        return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }

    /// <summary>Types with converters of their own say what they look like.</summary>
    private static JsonNode Words(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type.IsEnum)
            return new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. Enum.GetNames(type).Select(name => (JsonNode)JsonNamingPolicy.SnakeCaseUpper.ConvertName(name))]) };
        if (type == typeof(Events.SeatingBody)) return new JsonObject { ["description"] = "\"SEATS\", \"GENERAL\" or a plan {\"sections\":[…]}" };
        return schema;
    }
}
