using Seats.Api.Pages;
using Seats.Api.Problems;
using Seats.Identity.Addresses;
using Seats.Spelling;

namespace Seats.Api.Accounts;

/// <summary>
/// What people see who follow the link of a mail. It names the account: whoever did not make it must not give it their address by mistake.
/// </summary>
internal static class VerifyPage
{
    private static readonly Said Title = new("Confirm your address", "Confirmer votre adresse");

    public static Task AskAsync(HttpContext context, Verification verification, string token)
    {
        var (email, username) = (EmailAddress.ToShow(verification.Email), verification.Username);
        var button = new Said("Confirm this address", "Confirmer cette adresse").In(Languages.Of(context));
        // Relative: the page may be under a path of its own.
        var form = "<form method=\"post\" action=\"verify\">"
            + $"<input type=\"hidden\" name=\"token\" value=\"{SmallPage.Text(token)}\"><button>{button}</button></form>";
        var text = new Said(
            $"Does the account “{username}” belong to you, and {email} too? Then confirm. "
            + "If you did not make this account, close this page.",
            $"Le compte « {username} » est-il à vous, ainsi que {email} ? Alors confirmez. "
            + "Si vous n’avez pas créé ce compte, fermez cette page.");
        return SmallPage.SayAsync(context, StatusCodes.Status200OK, Title, text, form);
    }

    public static Task ConfirmAsync(HttpContext context, string email, string username) =>
        SmallPage.SayAsync(context, StatusCodes.Status200OK, Title, new Said(
            $"{EmailAddress.ToShow(email)} is confirmed for the account “{username}”. You can close this page.",
            $"{EmailAddress.ToShow(email)} est confirmée pour le compte « {username} ». Vous pouvez fermer cette page."));

    public static Task RefuseAsync(HttpContext context, ProblemKind kind) => SmallPage.SayAsync(context, kind.Status, kind.Title, kind.Detail);
}
