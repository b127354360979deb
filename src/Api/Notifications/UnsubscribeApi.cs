using Seats.Api.Pages;
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

    private static readonly Said Title = new("Reminders", "Rappels");

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
        await (confirm ? SayDoneAsync(context, EmailAddress.ToShow(email)) : SayQuestionAsync(context, EmailAddress.ToShow(email)));
    }

    private static Task SayQuestionAsync(HttpContext context, string email)
    {
        var button = new Said("No more reminders", "Ne plus recevoir de rappels").In(Languages.Of(context));
        return SmallPage.SayAsync(context, StatusCodes.Status200OK, Title, new Said(
            $"Send no reminders of events to {email} any more?", $"Ne plus envoyer de rappels d’événements à {email} ?"),
            $"<form method=\"post\"><button>{button}</button></form>");
    }

    private static Task SayDoneAsync(HttpContext context, string email) => SmallPage.SayAsync(context, StatusCodes.Status200OK, Title, new Said(
        $"No more reminders go to {email}. Mails about your places still do.",
        $"Plus aucun rappel ne sera envoyé à {email}. Les courriels concernant vos places continuent."));

    private sealed record Found(string? Email);
}
