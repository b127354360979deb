using System.Text.Encodings.Web;
using Seats.Api.Problems;

namespace Seats.Api.Pages;

/// <summary>
/// A page of a few lines for people who come from a mail, in their language. It runs no script and tells no other site where it was: its
/// address may be a secret.
/// </summary>
internal static class SmallPage
{
    private const string Style = """
        body{font:1.1rem/1.6 system-ui,sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}
        button{font:inherit;padding:.5rem 1.2rem;cursor:pointer}form{display:inline-block;margin:0 .6rem .6rem 0}
        dt{font-weight:600}dd{margin:0 0 .6rem}code{overflow-wrap:anywhere}summary{cursor:pointer}
        """;

    /// <param name="body">HTML; what people wrote must have gone through <see cref="Text"/>.</param>
    public static async Task WriteAsync(HttpContext context, int status, string title, string body)
    {
        var locale = Languages.LocaleOf(context);
        var headers = context.Response.Headers;
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        headers.ContentLanguage = locale;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        await context.Response.WriteAsync($"""
            <!doctype html>
            <html lang="{locale}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
            <title>{Text(title)}</title><style>{Style}</style></head>
            <body><main><h1>{Text(title)}</h1>{body}</main></body></html>
            """);
    }

    /// <summary>A page of a sentence and at most one button.</summary>
    /// <param name="form">The button and what goes with it, as HTML; empty where there is nothing to do.</param>
    public static Task SayAsync(HttpContext context, int status, Said title, Said text, string form = "")
    {
        var language = Languages.Of(context);
        return WriteAsync(context, status, title.In(language), $"<p role=\"status\">{Text(text.In(language))}</p>{form}");
    }

    /// <summary>Text as HTML.</summary>
    public static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
