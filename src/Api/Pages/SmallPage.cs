using System.Text.Encodings.Web;
using Seats.Api.Problems;

namespace Seats.Api.Pages;

/// <summary>A page of a heading, a sentence and at most one button, for people who follow a link of a mail.</summary>
/// <param name="Form">The button and what goes with it, as HTML; empty where there is nothing to do.</param>
internal sealed record SmallPage(Said Title, Said Text, string Form = "")
{
    public Task WriteAsync(HttpContext context, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(Html(Languages.Of(context), Languages.LocaleOf(context)));
    }

    /// <summary>Text that is text in HTML, whoever wrote it.</summary>
    public static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private string Html(Language language, string locale) => $$$"""
        <!doctype html>
        <html lang="{{{locale}}}">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
        <title>{{{Encode(Title.In(language))}}}</title>
        <style>body{font:1.1rem/1.6 system-ui,sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark;overflow-wrap:anywhere}
        button{font:inherit;padding:.5rem 1.2rem}</style></head>
        <body><main><h1>{{{Encode(Title.In(language))}}}</h1><p role="status">{{{Encode(Text.In(language))}}}</p>{{{Form}}}</main></body></html>
        """;
}
