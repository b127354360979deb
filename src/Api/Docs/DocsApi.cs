using System.Net.Mime;
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

    private static Task DocumentAsync(HttpContext context)
    {
        context.Response.ContentType = MediaTypeNames.Application.Json;
        return context.Response.WriteAsync(DocumentOf(context).ToJsonString());
    }

    private static Task PageAsync(HttpContext context)
    {
        var page = new StringBuilder(Head);
        foreach (var (path, operations) in DocumentOf(context)["paths"]!.AsObject())
            foreach (var (method, operation) in operations!.AsObject())
                Describe(page, path, method, operation!.AsObject());
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(page.Append("</main></body></html>").ToString());
    }

    private static void Describe(StringBuilder page, string path, string method, JsonObject operation)
    {
        page.Append($"<article><h2><code><b>{method.ToUpperInvariant()}</b> {Text(path)}</code></h2><p>{Text(operation["summary"]!.ToString())}");
        if (operation["security"] is null) page.Append(" <em>No sign-in needed.</em>");
        page.Append("</p><table><tbody>");
        if (operation["requestBody"]?["content"]?["application/json"]?["schema"]?["$ref"]?.ToString() is { } body)
            page.Append($"<tr><th scope=\"row\">Body</th><td><code>{Text(body.Split('/')[^1])}</code></td></tr>");
        foreach (var (status, response) in operation["responses"]!.AsObject())
            page.Append($"<tr><th scope=\"row\">{status}</th><td>{Codes(status, response!["description"]!.ToString())}</td></tr>");
        page.Append("</tbody></table></article>");
    }

    private static string Codes(string status, string description) => status[0] == '2'
        ? Text(description)
        : string.Join(", ", description.Split(", ").Select(code => $"<a href=\"/problems/{Text(code)}\"><code>{Text(code)}</code></a>"));

    private static JsonObject DocumentOf(HttpContext context) =>
        OpenApiDocument.Of(context.RequestServices.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints));

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);

    private const string Head = """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Seats API</title>
        <style>
        body{font:1rem/1.6 system-ui,sans-serif;color-scheme:light dark;max-width:56rem;margin:2rem auto;padding:0 1rem}
        article{border-top:1px solid #8884;padding:.5rem 0}h2{font-size:1.05rem;margin:.6rem 0 0}table{border-collapse:collapse}
        th{text-align:left;padding:.1rem 1rem .1rem 0;font-weight:600;vertical-align:top}
        </style></head><body><main><h1>Seats API</h1>
        <p>Register with <code>POST /auth/register</code>, sign in with <code>POST /auth/login</code>, and send <code>Authorization: Bearer …</code>.
        Programs read the same at <a href="/openapi/v1.json"><code>/openapi/v1.json</code></a>.</p>
        """;
}
