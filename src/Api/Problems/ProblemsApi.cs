using System.Text.Encodings.Web;

namespace Seats.Api.Problems;

/// <summary>The pages that the <c>type</c> of a problem points to.</summary>
internal static class ProblemsApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/problems/{code}", ExplainAsync).AllowAnonymous();

    private static Task ExplainAsync(HttpContext context)
    {
        if (!ProblemKinds.ByCode.TryGetValue((string)context.Request.RouteValues["code"]!, out var kind)) return Problem.WriteAsync(context, ProblemKinds.NotFound);
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(Page(kind));
    }

    private static string Page(ProblemKind kind) => $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{Text(kind.Code)}</title>
        <style>body{"{"}font:1.1rem/1.6 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark{"}"}code{"{"}font-size:.95em{"}"}</style></head>
        <body>
        <p><code>{Text(kind.Code)}</code> · HTTP {kind.Status}{(kind.Retryable ? " · may succeed later as it is" : "")}</p>
        <h1>{Text(kind.Title.English)}</h1><p>{Text(kind.Detail.English)}</p>
        <section lang="fr"><h2>{Text(kind.Title.French)}</h2><p>{Text(kind.Detail.French)}</p></section>
        <p><a href="/docs">All calls</a></p>
        </body></html>
        """;

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
