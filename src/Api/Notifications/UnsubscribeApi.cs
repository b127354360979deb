using Seats.Api.Pages;
using Seats.Api.Problems;
using Seats.Api.Requests;
using Seats.Core;
using Seats.Core.Notifications;
using Seats.Spelling;

namespace Seats.Api.Notifications;

/// <summary>
/// Where the links of mails lead that people may not want, reminders and invitations: a page with one button for people, and one click for
/// mail programs (RFC 8058). Looking at the page changes nothing: programs that check links look at all of them.
/// </summary>
internal static class UnsubscribeApi
{
    // The longest address in base64url, where a character is three bytes and so four letters; a dot; and a code of 16 bytes.
    private const int CodeCharsAtMost = 4 * Limits.EmailCharsAtMost + 1 + 22;
    private static readonly int TokenCharsAtMost = UnsubscribeToken.OfInvitations.Length + CodeCharsAtMost;

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
        var page = UnsubscribeToken.IsOfInvitations(token)
            ? InvitationsOf(EmailAddress.ToShow(email)) : RemindersOf(EmailAddress.ToShow(email));
        var form = $"<form method=\"post\"><button>{page.Button.In(Languages.Of(context))}</button></form>";
        await (confirm
            ? SmallPage.SayAsync(context, StatusCodes.Status200OK, page.Title, page.Done)
            : SmallPage.SayAsync(context, StatusCodes.Status200OK, page.Title, page.Question, form));
    }

    private static Page RemindersOf(string email) => new(
        new Said("Reminders", "Rappels"),
        new Said($"Send no reminders of events to {email} any more?", $"Ne plus envoyer de rappels d’événements à {email} ?"),
        new Said("No more reminders", "Ne plus recevoir de rappels"),
        new Said(
            $"No more reminders go to {email}. Mails about your places still do.",
            $"Plus aucun rappel ne sera envoyé à {email}. Les courriels concernant vos places continuent."));

    private static Page InvitationsOf(string email) => new(
        new Said("Invitations", "Invitations"),
        new Said(
            $"Send no invitations of organisers to {email} any more?", $"Ne plus envoyer à {email} les invitations des organisateurs ?"),
        new Said("No more invitations", "Ne plus recevoir d’invitations"),
        new Said(
            $"No more invitations go to {email}, whoever sends them. Mails about your places still do.",
            $"Plus aucune invitation ne sera envoyée à {email}, quel que soit l’organisateur. Les courriels concernant vos places continuent."));

    /// <summary>What somebody is asked who does not want something, and told once they said so.</summary>
    private sealed record Page(Said Title, Said Question, Said Button, Said Done);

    private sealed record Found(string? Email);
}
