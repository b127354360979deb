using System.Text.Encodings.Web;
using Seats.Api.Problems;
using Seats.Api.Requests;
using Seats.Grains.Abstractions;
using Seats.Spelling;

namespace Seats.Api.Notifications;

/// <summary>
/// Where the links of reminders lead: a page with one button for people, and one click for mail programs (RFC 8058). Looking at the page changes nothing:
/// programs that check links look at all of them.
/// </summary>
internal static class UnsubscribeApi
{
    // The longest address in base64url, where a character is three bytes and so four letters; a dot; and a code of 16 bytes.
    private const int TokenCharsAtMost = 4 * Limits.EmailCharsAtMost + 1 + 22;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/unsubscribe/{token}", AskAsync).AllowAnonymous();
        routes.MapPost("/unsubscribe/{token}", ConfirmAsync).AllowAnonymous();
    }

    private static Task AskAsync(HttpContext context) => ShowAsync(context, confirm: false);

    private static Task ConfirmAsync(HttpContext context) => ShowAsync(context, confirm: true);

    private static async Task ShowAsync(HttpContext context, bool confirm)
    {
        var token = (string)context.Request.RouteValues["token"]!;
        if (token.Length > TokenCharsAtMost)
        {
            await Routes.NotFoundAsync(context);
            return;
        }
        if (await EventCalls.Of(context).TryAsync(context, async () => new Found(await EventCalls.Of(context).Notifications.Unsubscribe(token, confirm))) is not { } found) return;
        if (found.Email is not { } email)
        {
            await Routes.NotFoundAsync(context);
            return;
        }
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(Page(EmailAddress.ToShow(email), confirm, Languages.LocaleOf(context)));
    }

    private static string Page(string email, bool done, string locale)
    {
        var french = locale == "fr";
        var title = french ? "Rappels" : "Reminders";
        var text = (done, french) switch
        {
            (false, false) => $"Send no reminders of events to {email} any more?",
            (false, true) => $"Ne plus envoyer de rappels d’événements à {email} ?",
            (true, false) => $"No more reminders go to {email}. Mails about your places still do.",
            (true, true) => $"Plus aucun rappel ne sera envoyé à {email}. Les courriels concernant vos places continuent.",
        };
        var button = done ? "" : $"<form method=\"post\"><button>{(french ? "Ne plus recevoir de rappels" : "No more reminders")}</button></form>";
        return $"""
            <!doctype html>
            <html lang="{locale}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>{title}</title>
            <style>body{"{"}font:1.1rem/1.6 system-ui,sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark{"}"}button{"{"}font:inherit;padding:.5rem 1.2rem{"}"}</style></head>
            <body><main><h1>{title}</h1><p role="status">{HtmlEncoder.Default.Encode(text)}</p>{button}</main></body></html>
            """;
    }

    private sealed record Found(string? Email);
}
