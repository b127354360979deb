using Seats.Api.Docs;
using Seats.Api.Json;
using Seats.Api.Problems;
using Seats.Api.Requests;
using Seats.Core;
using Seats.Identity;
using Seats.Spelling;

namespace Seats.Api.Accounts;

/// <summary>Accounts and tokens.</summary>
internal static class AccountsApi
{
    private const int UsernameCharsAtMost = 254;
    private const int PasswordCharsAtMost = 128;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/auth/register", RegisterAsync).AllowAnonymous()
            .Describe("Accounts", "Make an account").Takes<RegisterBody>("username", "email", "password", "firstName", "lastName")
            .Gives<AccountAnswer>(201).Refuses("account.taken", "limit.rate", "auth.elsewhere");
        routes.MapPost("/auth/login", LoginAsync).AllowAnonymous()
            .Describe("Accounts", "Sign in with user name or proved e-mail address").Takes<LoginBody>("username", "password")
            .Gives<TokensAnswer>().Refuses("auth.invalid_credentials", "limit.rate", "auth.elsewhere");
        routes.MapPost("/auth/refresh", RefreshAsync).AllowAnonymous()
            .Describe("Accounts", "Fresh tokens for a refresh token").Takes<RefreshBody>("refresh_token")
            .Gives<TokensAnswer>().Refuses("auth.invalid_token", "auth.reused", "auth.elsewhere");
        routes.MapGet("/api/users/profile", ProfileAsync).Describe("Accounts", "Who I am").Gives<AccountAnswer>();
        routes.MapPut("/api/users/profile", ChangeProfileAsync)
            .Describe("Accounts", "Change my name or language; my address when the new one is proved").Takes<ProfileBody>()
            .Gives<AccountAnswer>().Refuses("account.taken", "limit.rate", "auth.elsewhere", "not_found");
        routes.MapGet("/api/users", ListAsync).RequireAuthorization(Policies.Admin)
            .Describe("Accounts", "All accounts, for administrators").Query("query", "limit", "cursor").Gives<ListAnswer<AccountAnswer>>().Refuses("auth.elsewhere");
    }

    private static async Task RegisterAsync(HttpContext context)
    {
        if (await Command.ReadAsync(context, ApiJson.Strict.RegisterBody) is not { } command || await IsElsewhereAsync(context)) return;
        var body = command.Body;
        var stamp = Stamps.About(context, command.Stamp, Plain(body.Email));
        await Kept(context).RunAsync(context, stamp, async run =>
        {
            var registration = new Identity.Registration(body.Username, body.Email, body.Password, body.FirstName, body.LastName, body.Locale);
            await RegisteredAsync(context, await Accounts(context).RegisterAsync(registration, run.Id, run.GivenUp));
        });
    }

    private static Task RegisteredAsync(HttpContext context, RegisterOutcome outcome)
    {
        if (outcome.Errors.Count > 0) return InvalidAsync(context, outcome.Errors);
        if (outcome.RetryAfterSeconds is { } pause) return Problem.RateLimitedAsync(context, pause);
        if (outcome.IsTaken) return Problem.WriteAsync(context, ProblemKinds.AccountTaken);
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.Headers.Location = "/api/users/profile";
        return Answer.WriteAsync(context, AccountAnswer.Of(outcome.Account!), ApiJson.Answers.AccountAnswer);
    }

    private static async Task LoginAsync(HttpContext context)
    {
        if (await Command.ReadAsync(context, ApiJson.Strict.LoginBody) is not { } command || await IsElsewhereAsync(context)) return;
        var (username, password) = (command.Body.Username, command.Body.Password);
        if (await IsMissingAsync(context, ("username", username), ("password", password))) return;
        await Kept(context).RunAsync(context, Stamps.About(context, command.Stamp, Plain(username)), async run =>
        {
            var known = username!.Length <= UsernameCharsAtMost && password!.Length <= PasswordCharsAtMost;
            var attempt = new SignInAttempt(username, password!, context.Connection.RemoteIpAddress?.ToString() ?? "");
            var outcome = known ? await Accounts(context).SignInAsync(attempt, run.GivenUp) : SignInOutcome.Refused;
            await (outcome.RetryAfterSeconds is { } pause
                ? Problem.RateLimitedAsync(context, pause)
                : TokensAsync(context, outcome.Tokens, ProblemKinds.InvalidCredentials));
        });
    }

    private static async Task RefreshAsync(HttpContext context)
    {
        if (await Command.ReadAsync(context, ApiJson.Strict.RefreshBody) is not { } command || await IsElsewhereAsync(context)) return;
        var token = command.Body.RefreshToken;
        if (await IsMissingAsync(context, ("refresh_token", token))) return;
        await Kept(context).RunAsync(context, Stamps.About(context, command.Stamp, token), async _ =>
        {
            var outcome = await Accounts(context).RefreshAsync(token!);
            var otherwise = outcome.IsReused ? ProblemKinds.ReusedRefreshToken : ProblemKinds.InvalidRefreshToken;
            await TokensAsync(context, outcome.Tokens, otherwise);
        });
    }

    private static async Task ProfileAsync(HttpContext context)
    {
        var caller = Caller.From(context.User)!;
        var account = await Accounts(context).FindAsync(caller.Id, context.RequestAborted);
        var answer = account is not null ? AccountAnswer.Of(account) : FromToken(context, caller);
        await Answer.WriteAsync(context, answer, ApiJson.Answers.AccountAnswer);
    }

    private static async Task ChangeProfileAsync(HttpContext context)
    {
        if (await Command.ReadAsync(context, ApiJson.Strict.ProfileBody) is not { } command || await IsElsewhereAsync(context)) return;
        await Kept(context).RunAsync(context, command.Stamp, async run =>
        {
            var change = new ProfileChange(command.Body.FirstName, command.Body.LastName, command.Body.Locale, command.Body.Email);
            var outcome = await Accounts(context).UpdateProfileAsync(Caller.From(context.User)!.Id, change, run.GivenUp);
            await ChangedAsync(context, change, outcome);
        });
    }

    private static async Task ChangedAsync(HttpContext context, ProfileChange change, ProfileOutcome outcome)
    {
        if (outcome.Errors.Count > 0) await InvalidAsync(context, outcome.Errors);
        else if (outcome.IsTaken) await Problem.WriteAsync(context, ProblemKinds.AccountTaken);
        else if (outcome.RetryAfterSeconds is { } pause) await Problem.RateLimitedAsync(context, pause);
        else if (outcome.Account is not { } account) await Problem.WriteAsync(context, ProblemKinds.NotFound);
        else if (change.Locale is null || await IsWrittenToInAsync(context, account))
            await Answer.WriteAsync(context, AccountAnswer.Of(account), ApiJson.Answers.AccountAnswer);
    }

    /// <summary>Mails about what somebody registered for before come in the language they choose now. False when a problem was written instead.</summary>
    private static async Task<bool> IsWrittenToInAsync(HttpContext context, Account account) => await EventCalls.Of(context).TryAsync(context, async () =>
    {
        await EventCalls.Of(context).Notifications.SetLanguage(account.Id, account.Locale, account.EmailVerified ? account.Email : null);
        return account;
    }) is not null;

    private static async Task ListAsync(HttpContext context)
    {
        if (await Paging.ReadAsync(context) is not { } paging || await IsElsewhereAsync(context)) return;
        try
        {
            var page = await Accounts(context).ListAsync(context.Request.Query["query"], paging.Limit, paging.Cursor, context.RequestAborted);
            await Answer.WriteAsync(context, new ListAnswer<AccountAnswer>([.. page.Items.Select(AccountAnswer.Of)], page.Next), ApiJson.Answers.ListAnswerAccountAnswer);
        }
        catch (FormatException)
        {
            await Paging.BadCursorAsync(context);
        }
    }

    private static async Task TokensAsync(HttpContext context, Tokens? tokens, ProblemKind otherwise)
    {
        if (tokens is null) await Problem.WriteAsync(context, otherwise);
        else await Answer.WriteAsync(context, TokensAnswer.Of(tokens), ApiJson.Answers.TokensAnswer);
    }

    /// <summary>As accounts are told apart: one form an address, and user names without regard to case.</summary>
    private static string? Plain(string? name) => EmailAddress.Comparable(name) ?? name?.Trim();

    private static Task InvalidAsync(HttpContext context, IReadOnlyList<AccountError> errors) =>
        Problem.InvalidAsync(context, [.. errors.Select(error => new Violation(error.Member, error.Code, error.AtLeast, error.AtMost))]);

    internal static async Task<bool> IsElsewhereAsync(HttpContext context)
    {
        if (Accounts(context).IsAvailable) return false;
        await Problem.WriteAsync(context, ProblemKinds.AccountsElsewhere);
        return true;
    }

    private static AccountAnswer FromToken(HttpContext context, Caller caller)
    {
        var email = caller.Email ?? caller.UnverifiedEmail;
        return new AccountAnswer(
            caller.Id, caller.Username, email is null ? null : EmailAddress.ToShow(email), caller.Email is not null, null, caller.FirstName,
            caller.LastName, Languages.ForMail(context, caller), caller.IsAdmin ? ["USER", "ADMIN"] : ["USER"]);
    }

    internal static async Task<bool> IsMissingAsync(HttpContext context, params (string Member, string? Value)[] members)
    {
        Violation[] missing = [.. members.Where(member => string.IsNullOrEmpty(member.Value)).Select(member => new Violation(member.Member, Rules.Required))];
        if (missing.Length > 0) await Problem.InvalidAsync(context, missing);
        return missing.Length > 0;
    }

    internal static KeptCommands Kept(HttpContext context) => context.RequestServices.GetRequiredService<KeptCommands>();

    private static IAccounts Accounts(HttpContext context) => context.RequestServices.GetRequiredService<IAccounts>();
}
