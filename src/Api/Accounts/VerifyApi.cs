using Seats.Api.Docs;
using Seats.Api.Json;
using Seats.Api.Problems;
using Seats.Api.Requests;
using Seats.Core;
using Seats.Core.Notifications;
using Seats.Identity;
using Seats.Identity.Addresses;
using Seats.Spelling;

namespace Seats.Api.Accounts;

/// <summary>
/// Where the links of mails lead that ask an account to prove its address: a page with one button for people, the same call for programs.
/// Looking at the page changes nothing: programs that check links look at all of them.
/// </summary>
internal static class VerifyApi
{
    private const string Token = "token";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/auth/verify", AskAsync).AllowAnonymous();
        routes.MapPost("/auth/verify", VerifyAsync).AllowAnonymous()
            .Describe("Accounts", "Prove an address by the token that was mailed to it; pages send it as a form, and get a page")
            .Takes<VerifyBody>(Token).Gives<VerifiedAnswer>().Refuses("auth.token_invalid", "account.taken", "auth.elsewhere");
        routes.MapPost("/auth/verify/resend", ResendAsync).AllowAnonymous()
            .Describe("Accounts", "Have the mail sent again: to me, or to whoever waits to prove an address").MayTake<ResendBody>()
            .Gives<AcceptedAnswer>(202).Refuses("limit.rate", "auth.elsewhere");
    }

    private static async Task AskAsync(HttpContext context)
    {
        if (await AccountsApi.IsElsewhereAsync(context)) return;
        var token = context.Request.Query[Token].ToString();
        if (await FindAsync(context, token) is not { } found) return;
        await (found.Verification is { } verification
            ? VerifyPage.AskAsync(context, verification, token)
            : VerifyPage.RefuseAsync(context, ProblemKinds.InvalidVerificationToken));
    }

    private static Task VerifyAsync(HttpContext context) =>
        RequestReader.IsForm(context.Request) ? VerifyFormAsync(context) : VerifyJsonAsync(context);

    private static async Task VerifyFormAsync(HttpContext context)
    {
        if (await RequestReader.FormAsync(context) is not { } form || await AccountsApi.IsElsewhereAsync(context)) return;
        if (await ProveAsync(context, form.GetValueOrDefault(Token)) is not { } outcome) return;
        await (outcome.Email is { } email
            ? VerifyPage.ConfirmAsync(context, email, outcome.Username!)
            : VerifyPage.RefuseAsync(context, RefusalOf(outcome)));
    }

    private static async Task VerifyJsonAsync(HttpContext context)
    {
        if (await Command.ReadAsync(context, ApiJson.Strict.VerifyBody) is not { } command) return;
        if (await AccountsApi.IsElsewhereAsync(context)) return;
        var token = command.Body.Token;
        if (await AccountsApi.IsMissingAsync(context, (Token, token))) return;
        await AccountsApi.Kept(context).RunAsync(context, Stamps.About(context, command.Stamp, token), async () =>
        {
            if (await ProveAsync(context, token) is not { } outcome) return;
            await (outcome.Email is { } email
                ? Answer.WriteAsync(context, new VerifiedAnswer(EmailAddress.ToShow(email), true), ApiJson.Answers.VerifiedAnswer)
                : Problem.WriteAsync(context, RefusalOf(outcome)));
        });
    }

    private static async Task ResendAsync(HttpContext context)
    {
        if (await Command.ReadAsync(context, ApiJson.Strict.ResendBody, mayBeEmpty: true) is not { } command) return;
        if (await AccountsApi.IsElsewhereAsync(context)) return;
        if (WishOf(command.Body.Email, Caller.From(context.User)) is not { } wish)
        {
            var fault = command.Body.Email is { } wrong ? Rules.Of(EmailAddress.Check(wrong) ?? AddressFault.Form) : Rules.Required;
            await Problem.InvalidAsync(context, new Violation("email", fault));
            return;
        }
        var stamp = wish.Email is { } email ? Stamps.About(context, command.Stamp, email) : command.Stamp;
        await AccountsApi.Kept(context).RunAsync(context, stamp, () => AcceptAsync(context, wish));
    }

    /// <summary>Nothing is looked up before the response: how long it takes tells nobody whether the address is known.</summary>
    private static Task AcceptAsync(HttpContext context, Wish wish)
    {
        if (!context.RequestServices.GetRequiredService<VerificationMails>().TryAskAgain(wish))
            return Problem.RateLimitedAsync(context, retryAfterSeconds: 1);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        return Answer.WriteAsync(context, new AcceptedAnswer(true), ApiJson.Answers.AcceptedAnswer);
    }

    /// <summary>Null where nobody is signed in and no address is named that mail can be sent to.</summary>
    private static Wish? WishOf(string? email, Caller? caller)
    {
        if (email is not null) return EmailAddress.Canonical(email) is { } address ? new Wish(null, address) : null;
        return caller is null ? null : new Wish(caller.Id, null);
    }

    /// <summary>What the token of a link came to; null when a problem was written instead.</summary>
    private static async Task<ProofOutcome?> ProveAsync(HttpContext context, string? token)
    {
        if (await FindAsync(context, token) is not { } found) return null;
        if (found.Verification is not { } verification) return ProofOutcome.Invalid;
        // Whoever has the link reads the mailbox: what was sent to the address before the account was there comes in its language too.
        var calls = EventCalls.Of(context);
        var told = await calls.TryAsync(context, async () =>
        {
            await calls.Notifications.SetLanguage(verification.AccountId, verification.Locale, verification.Email);
            return found;
        });
        return told is null ? null : await Verifications(context).ProveAsync(verification.Id);
    }

    /// <summary>What a link is about, where it is one of ours and still good; null when a problem was written instead.</summary>
    private static async Task<Found?> FindAsync(HttpContext context, string? text)
    {
        if (!VerificationToken.TryRead(text, out var id, out _)) return Found.Nothing;
        if (await Verifications(context).FindAsync(id, context.RequestAborted) is not { } verification) return Found.Nothing;
        var calls = EventCalls.Of(context);
        return await calls.TryAsync(context, async () =>
            await calls.Notifications.IsVerificationToken(text!, verification.Email) ? new Found(verification) : Found.Nothing);
    }

    private static ProblemKind RefusalOf(ProofOutcome outcome) =>
        outcome.IsTaken ? ProblemKinds.AccountTaken : ProblemKinds.InvalidVerificationToken;

    private static Verifications Verifications(HttpContext context) => context.RequestServices.GetRequiredService<Verifications>();

    private sealed record Found(Verification? Verification)
    {
        public static Found Nothing { get; } = new((Verification?)null);
    }
}
