using System.Text.Json;
using System.Text.RegularExpressions;

namespace Seats.Api.Tests;

/// <summary>Holds real answers against the published document: the status is there, the code of a problem is named, the body is what its schema says.</summary>
internal sealed class OpenApiCheck(JsonElement document)
{
    public void Check(string method, string path, Answer answer)
    {
        if (Find(path.Split('?')[0]) is not { } operations) return;
        if (!operations.TryGetProperty(method.ToLowerInvariant(), out var operation)) return;
        Assert.True(operation.GetProperty("responses").TryGetProperty($"{answer.Status}", out var response), $"{method} {path}: {answer.Status} is not documented: {answer.Body}");
        if (answer.Status >= 400 && answer.Headers.TryGetValue("Content-Type", out var type) && type == "application/problem+json")
            Assert.True(response.GetProperty("description").GetString()!.Split(", ").Contains(answer.Code), $"{method} {path}: {answer.Code} is not documented");
        if (answer.Body.Length == 0 || answer.Headers.ContainsKey("Content-Encoding")) return;
        var schema = response.GetProperty("content").EnumerateObject().Single().Value.GetProperty("schema");
        using var body = JsonDocument.Parse(answer.Body);
        Assert.True(Matches(body.RootElement, schema, out var why), $"{method} {path} → {answer.Status}: {why}");
    }

    /// <summary>Every reference leads somewhere, and no two operations have one name.</summary>
    public void CheckItself()
    {
        foreach (var reference in References(document)) Assert.True(TryFollow(reference, out _), $"{reference} leads nowhere");
        var names = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(operation => operation.Value.GetProperty("operationId").GetString()).ToArray();
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    /// <summary>Whether the document would let a body through.</summary>
    public bool Takes(string method, string path, string body)
    {
        var schema = document.GetProperty("paths").GetProperty(path).GetProperty(method.ToLowerInvariant()).GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        using var parsed = JsonDocument.Parse(body);
        return Matches(parsed.RootElement, schema, out _);
    }

    private JsonElement? Find(string path)
    {
        foreach (var template in document.GetProperty("paths").EnumerateObject().OrderBy(template => template.Name.Count(letter => letter == '{')))
            if (Regex.IsMatch(path, "^" + Regex.Replace(template.Name, @"\{\w+\}", "[^/]+") + "$")) return template.Value;
        return null;
    }

    private bool TryFollow(string reference, out JsonElement found)
    {
        found = document;
        foreach (var part in reference.TrimStart('#', '/').Split('/'))
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(part, out found)) return false;
        return true;
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member.NameEquals("$ref") ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private bool Matches(JsonElement value, JsonElement schema, out string why)
    {
        why = "";
        if (schema.TryGetProperty("$ref", out var reference))
        {
            Assert.True(TryFollow(reference.GetString()!, out var target));
            return Matches(value, target, out why);
        }
        if (schema.TryGetProperty("oneOf", out var choices))
        {
            if (choices.EnumerateArray().Count(choice => Matches(value, choice, out _)) == 1) return true;
            why = $"{value} is not one of the choices";
            return false;
        }
        if (schema.TryGetProperty("allOf", out var parts))
            foreach (var part in parts.EnumerateArray())
                if (!Matches(value, part, out why)) return false;
        if (schema.TryGetProperty("type", out var types) && !IsOfType(value, types))
        {
            why = $"{value} is no {types}";
            return false;
        }
        if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(word => JsonElement.DeepEquals(word, value)))
        {
            why = $"{value} is none of {words}";
            return false;
        }
        return value.ValueKind switch
        {
            JsonValueKind.Object => ObjectMatches(value, schema, out why),
            JsonValueKind.Array => ArrayMatches(value, schema, out why),
            _ => true,
        };
    }

    private bool ObjectMatches(JsonElement value, JsonElement schema, out string why)
    {
        why = "";
        if (schema.TryGetProperty("required", out var required))
            foreach (var name in required.EnumerateArray())
                if (!value.TryGetProperty(name.GetString()!, out _))
                {
                    why = $"{name} is missing";
                    return false;
                }
        if (!schema.TryGetProperty("properties", out var properties))
        {
            if (!schema.TryGetProperty("additionalProperties", out var any) || any.ValueKind != JsonValueKind.Object) return true;
            foreach (var member in value.EnumerateObject())
                if (!Matches(member.Value, any, out why)) return false;
            return true;
        }
        foreach (var member in value.EnumerateObject())
        {
            if (!properties.TryGetProperty(member.Name, out var known))
            {
                why = $"{member.Name} is not described";
                return false;
            }
            if (Matches(member.Value, known, out why)) continue;
            why = $"{member.Name}: {why}";
            return false;
        }
        return true;
    }

    private bool ArrayMatches(JsonElement value, JsonElement schema, out string why)
    {
        why = "";
        if (!schema.TryGetProperty("items", out var items)) return true;
        foreach (var item in value.EnumerateArray())
            if (!Matches(item, items, out why)) return false;
        return true;
    }

    private static bool IsOfType(JsonElement value, JsonElement types) => (types.ValueKind == JsonValueKind.Array ? types.EnumerateArray().Select(type => type.GetString()) : [types.GetString()]).Any(type => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => false,
    });
}
