using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Seats.Api.Events;
using Seats.Api.Json;

namespace Seats.Api.Docs;

/// <summary>
/// The schemas of bodies and answers, from the contracts they are read and written by. In a body every member may be absent or null; in an answer
/// a member is there unless it may be null, and then it is absent.
/// </summary>
internal sealed class SchemaBook
{
    private readonly NullabilityInfoContext nullability = new();
    private readonly HashSet<string> bodies = [];

    /// <summary>Schemas by name.</summary>
    public JsonObject Schemas { get; } = [];

    /// <summary>A reference to the schema of a body; bodies are described before answers.</summary>
    public JsonObject OfBody(Type type) => Reference(type, isBody: true);

    public JsonObject OfAnswer(Type type) => Reference(type, isBody: false);

    private static string NameOf(Type type) => type.IsGenericType ? $"{type.GetGenericArguments()[0].Name}List" : type.Name;

    private static JsonTypeInfo ContractOf(Type type) => ApiJson.Strict.Options.GetTypeInfo(type);

    private JsonObject Reference(Type type, bool isBody)
    {
        var name = NameOf(type);
        if (!Schemas.ContainsKey(name))
        {
            // There before it is filled: a type may contain itself.
            Schemas[name] = new JsonObject();
            if (isBody) bodies.Add(name);
            Schemas[name] = ObjectSchema(ContractOf(type), isBody);
        }
        return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }

    private JsonObject ObjectSchema(JsonTypeInfo contract, bool isBody)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var property in contract.Properties)
        {
            var schema = property.CustomConverter is LabelConverter ? Types("string", "integer") : SchemaOf(property.PropertyType, isBody);
            properties[property.Name] = isBody ? OrNull(schema) : schema;
            if (!isBody && !MayBeNull(property)) required.Add((JsonNode)property.Name);
        }
        var described = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0) described["required"] = required;
        if (isBody) described["additionalProperties"] = false;
        return described;
    }

    private bool MayBeNull(JsonPropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) is not null
        || property.AttributeProvider is PropertyInfo member && nullability.Create(member).ReadState == NullabilityState.Nullable;

    private JsonObject SchemaOf(Type given, bool isBody)
    {
        var type = Nullable.GetUnderlyingType(given) ?? given;
        if (type.IsEnum) return new JsonObject { ["type"] = "string", ["enum"] = Parameters.WordsOf(type) };
        if (type == typeof(SeatingBody)) return Seating();
        if (type == typeof(DateTimeOffset)) return new JsonObject { ["type"] = "string", ["format"] = "date-time" };
        if (type == typeof(long)) return new JsonObject { ["type"] = "integer", ["format"] = "int64" };
        if (type == typeof(int)) return new JsonObject { ["type"] = "integer", ["format"] = "int32" };
        if (type == typeof(double)) return new JsonObject { ["type"] = "number" };
        if (type == typeof(bool)) return new JsonObject { ["type"] = "boolean" };
        if (type == typeof(string)) return new JsonObject { ["type"] = "string" };
        var contract = ContractOf(type);
        return contract.Kind switch
        {
            JsonTypeInfoKind.Enumerable => new JsonObject { ["type"] = "array", ["items"] = SchemaOf(contract.ElementType!, isBody) },
            JsonTypeInfoKind.Dictionary => new JsonObject { ["type"] = "object", ["additionalProperties"] = SchemaOf(contract.ElementType!, isBody) },
            _ => Reference(type, isBody || bodies.Contains(NameOf(type))),
        };
    }

    private JsonObject Seating() => new()
    {
        ["description"] = "Generated rows of seats, one general-admission area, or a plan.",
        ["oneOf"] = new JsonArray(new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("SEATS", "GENERAL") }, Reference(typeof(PlanBody), isBody: true)),
    };

    private static JsonObject OrNull(JsonObject schema)
    {
        if (schema["enum"] is JsonArray words) words.Add((JsonNode?)null);
        if (schema["type"] is JsonArray types) types.Add((JsonNode)"null");
        else if (schema["type"] is { } type) schema["type"] = new JsonArray(type.GetValue<string>(), "null");
        else if (schema["oneOf"] is JsonArray choices) choices.Add((JsonNode)new JsonObject { ["type"] = "null" });
        else return new JsonObject { ["oneOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
        return schema;
    }

    private static JsonObject Types(params string[] names) => new() { ["type"] = new JsonArray([.. names.Select(name => (JsonNode)name)]) };
}
