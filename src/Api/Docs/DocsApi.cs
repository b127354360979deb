using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;

namespace Seats.Api.Docs;

/// <summary>The API described: for programs at <c>/openapi/v1.json</c>, for people at <c>/docs</c>.</summary>
internal static class DocsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/openapi/v1.json", DocumentAsync).AllowAnonymous();
        routes.MapGet("/docs", PageAsync).AllowAnonymous();
        routes.MapGet("/", context =>
        {
            context.Response.Redirect("/docs");
            return Task.CompletedTask;
        }).AllowAnonymous();
    }

    private static Task DocumentAsync(HttpContext context) => Built(context).Document.WriteAsync(context);

    private static Task PageAsync(HttpContext context) => Built(context).Page.WriteAsync(context);

    private static BuiltDocs Built(HttpContext context) => context.RequestServices.GetRequiredService<BuiltDocs>();

    /// <summary>The document as a page for people.</summary>
    public static string PageOf(JsonObject document)
    {
        var page = new StringBuilder(Head);
        foreach (var (path, operations) in document["paths"]!.AsObject())
            foreach (var (method, operation) in operations!.AsObject())
                Describe(page, path, method, operation!.AsObject());
        page.Append("<h2>Bodies and answers</h2>");
        foreach (var (name, schema) in document["components"]!["schemas"]!.AsObject()) Describe(page, name, schema!.AsObject());
        return page.Append("</main></body></html>").ToString();
    }

    private static void Describe(StringBuilder page, string path, string method, JsonObject operation)
    {
        page.Append($"<article><h3><code><b>{method.ToUpperInvariant()}</b> {Text(path)}</code></h3><p>{Text(operation["summary"]!.ToString())}");
        if (operation["security"]!.AsArray() is { Count: 0 } or { Count: 2 }) page.Append(" <em>No sign-in needed.</em>");
        page.Append("</p><table><tbody>");
        foreach (var parameter in operation["parameters"]!.AsArray().Where(parameter => parameter!["in"]!.ToString() == "query"))
            page.Append($"<tr><th scope=\"row\">?{Text(parameter!["name"]!.ToString())}</th><td>{Text(TypeOf(parameter["schema"]!.AsObject()))}</td></tr>");
        if (operation["requestBody"]?["content"]?["application/json"]?["schema"] is { } body)
            page.Append($"<tr><th scope=\"row\">Body</th><td>{Link(body["$ref"] ?? body["allOf"]![0]!["$ref"]!)}{Required(body)}")
                .Append($"<br>{Text(operation["requestBody"]!["description"]!.ToString())}</td></tr>");
        foreach (var (status, response) in operation["responses"]!.AsObject())
            page.Append($"<tr><th scope=\"row\">{status}</th><td>{(status[0] == '4' || status[0] == '5' ? Codes(response!["description"]!.ToString()) : Answered(response!.AsObject()))}</td></tr>");
        page.Append("</tbody></table></article>");
    }

    private static void Describe(StringBuilder page, string name, JsonObject schema)
    {
        var required = schema["required"]?.AsArray().Select(member => member!.ToString()).ToHashSet() ?? [];
        page.Append($"<article id=\"{Text(name)}\"><h3><code>{Text(name)}</code></h3><table><tbody>");
        foreach (var (member, type) in schema["properties"]!.AsObject())
            page.Append($"<tr><th scope=\"row\"><code>{Text(member)}</code></th><td>{TypeLink(type!.AsObject())}{(required.Contains(member) || name.EndsWith("Body", StringComparison.Ordinal) ? "" : ", where there is one")}</td></tr>");
        page.Append("</tbody></table></article>");
    }

    private static string Answered(JsonObject response) =>
        response["content"]?["application/json"]?["schema"]?["$ref"] is { } reference ? Link(reference) : Text(response["description"]!.ToString());

    private static string Required(JsonNode body) =>
        body["allOf"]?[1]?["required"]?.AsArray() is { } members ? $", with {string.Join(", ", members.Select(member => $"<code>{Text(member!.ToString())}</code>"))}" : "";

    private static string Link(JsonNode reference) => reference.ToString().Split('/')[^1] is var name ? $"<a href=\"#{Text(name)}\"><code>{Text(name)}</code></a>" : "";

    private static string TypeLink(JsonObject schema) => schema["$ref"] is { } reference ? Link(reference)
        : schema["items"] is JsonObject items ? $"list of {TypeLink(items)}"
        : schema["oneOf"] is JsonArray choices ? string.Join(" or ", choices.Select(choice => TypeLink(choice!.AsObject())).Where(text => text.Length > 0))
        : Text(TypeOf(schema));

    private static string TypeOf(JsonObject schema)
    {
        if (schema["enum"] is JsonArray words) return string.Join(", ", words.Where(word => word is not null).Select(word => word!.ToString()));
        var type = schema["type"] is JsonArray types ? string.Join(" or ", types.Select(one => one!.ToString()).Where(one => one != "null")) : schema["type"]?.ToString() ?? "";
        return schema["format"]?.ToString() is "date-time" ? "time" : type == "null" ? "" : type;
    }

    private static string Codes(string description) =>
        string.Join(", ", description.Split(", ").Select(code => $"<a href=\"/problems/{Text(code)}\"><code>{Text(code)}</code></a>"));

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);

    private const string Head = """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Seats API</title>
        <style>
        body{font:1rem/1.6 system-ui,sans-serif;color-scheme:light dark;max-width:56rem;margin:2rem auto;padding:0 1rem}
        article{border-top:1px solid #8884;padding:.5rem 0}h3{font-size:1.05rem;margin:.6rem 0 0}table{border-collapse:collapse}
        th{text-align:left;padding:.1rem 1rem .1rem 0;font-weight:600;vertical-align:top}
        </style></head><body><main><h1>Seats API</h1>
        <p>Register with <code>POST /auth/register</code>, sign in with <code>POST /auth/login</code>, and send <code>Authorization: Bearer …</code>.
        Programs read the same at <a href="/openapi/v1.json"><code>/openapi/v1.json</code></a>.</p>
        """;
}
