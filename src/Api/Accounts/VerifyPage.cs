using Seats.Api.Pages;
using Seats.Api.Problems;
using Seats.Identity.Addresses;

namespace Seats.Api.Accounts;

/// <summary>
/// What people see who follow the link of a mail. It names the account: whoever did not make it must not give it their address by mistake.
/// </summary>
internal static class VerifyPage
{
    private static readonly Said Title = new("Confirm your address", "Confirmer votre adresse");

    public static Task AskAsync(HttpContext context, Verification verification, string token)
    {
        var (email, username) = (verification.Email, verification.Username);
        var button = new Said("Confirm this address", "Confirmer cette adresse").In(Languages.Of(context));
        // Relative: the page may be under a path of its own.
        var form = "<form method=\"post\" action=\"verify\">"
            + $"<input type=\"hidden\" name=\"token\" value=\"{SmallPage.Encode(token.Trim())}\"><button>{button}</button></form>";
        return new SmallPage(Title, new Said(
            $"Does the account “{username}” belong to you, and {email} too? Then confirm. If you did not make this account, close this page.",
            $"Le compte « {username} » est-il à vous, ainsi que {email} ? Alors confirmez. Si vous n’avez pas créé ce compte, fermez cette page."), form)
            .WriteAsync(context);
    }

    public static Task ConfirmAsync(HttpContext context, ProofOutcome outcome) => new SmallPage(Title, new Said(
        $"{outcome.Email} is confirmed for the account “{outcome.Username}”. You can close this page.",
        $"{outcome.Email} est confirmée pour le compte « {outcome.Username} ». Vous pouvez fermer cette page.")).WriteAsync(context);

    public static Task RefuseAsync(HttpContext context, ProblemKind kind) =>
        new SmallPage(kind.Title, kind.Detail).WriteAsync(context, kind.Status);
}
