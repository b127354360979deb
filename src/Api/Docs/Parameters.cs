using System.Text.Json;
using System.Text.Json.Nodes;
using Seats.Core;

namespace Seats.Api.Docs;

/// <summary>The parameters of calls, each described once.</summary>
internal static class Parameters
{
    public static JsonObject InPath(string path, string name) => Parameter(name, "path", required: true, PathSchema(path, name));

    public static JsonObject InQuery(string name) => Parameter(name, "query", required: false, QuerySchema(name));

    public static JsonObject InHeader(string name, string pattern, string description)
    {
        var parameter = Parameter(name, "header", required: false, new JsonObject { ["type"] = "string", ["pattern"] = pattern });
        parameter["description"] = description;
        return parameter;
    }

    /// <summary>The words of an enumeration, as they are written.</summary>
    public static JsonArray WordsOf(Type enumeration) => [.. Enum.GetNames(enumeration).Select(name => (JsonNode)JsonNamingPolicy.SnakeCaseUpper.ConvertName(name))];

    private static JsonObject PathSchema(string path, string name) => name switch
    {
        "id" when path.StartsWith("/invitations/", StringComparison.Ordinal) => Text("^[0-9]+-[0-9]+$"),
        "id" or "eventId" => new JsonObject { ["type"] = "integer", ["format"] = "int64", ["minimum"] = 1 },
        "holdId" => Text("^[0-9]+-h[0-9]+$"),
        _ => new JsonObject { ["type"] = "string" },
    };

    private static JsonObject QuerySchema(string name) => name switch
    {
        "limit" => new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = Limits.PageAtMost, ["default"] = 20 },
        "from" or "until" => new JsonObject { ["type"] = "string", ["format"] = "date-time" },
        "state" => new JsonObject { ["type"] = "string", ["enum"] = WordsOf(typeof(EventStatus)) },
        "status" => new JsonObject { ["type"] = "string", ["enum"] = WordsOf(typeof(InvitationStatus)) },
        "event" => new JsonObject { ["type"] = "integer", ["format"] = "int64" },
        "hold" => Text("^[0-9]+-h[0-9]+$"),
        "invitation" => Text("^[0-9]+-[0-9]+$"),
        _ => new JsonObject { ["type"] = "string" },
    };

    private static JsonObject Text(string pattern) => new() { ["type"] = "string", ["pattern"] = pattern };

    private static JsonObject Parameter(string name, string place, bool required, JsonObject schema) => new()
    {
        ["name"] = name,
        ["in"] = place,
        ["required"] = required,
        ["schema"] = schema,
    };
}
