using Seats.Api.Docs;
using Seats.Api.Json;
using Seats.Api.Problems;
using Seats.Api.Requests;
using Seats.Grains.Abstractions;
using Seats.Identity;

namespace Seats.Api.Accounts;

/// <summary>Accounts and tokens.</summary>
internal static class AccountsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/auth/register", RegisterAsync).AllowAnonymous()
            .Describe("Accounts", "Make an account").Takes<RegisterBody>().Gives<AccountAnswer>(201).Refuses("request.invalid", "account.taken");
        routes.MapPost("/auth/login", LoginAsync).AllowAnonymous()
            .Describe("Accounts", "Sign in with user name or e-mail address").Takes<LoginBody>().Gives<TokensAnswer>().Refuses("auth.invalid_credentials");
        routes.MapPost("/auth/refresh", RefreshAsync).AllowAnonymous()
            .Describe("Accounts", "Fresh tokens for a refresh token").Takes<RefreshBody>().Gives<TokensAnswer>().Refuses("auth.invalid_token");
        routes.MapGet("/api/users/profile", ProfileAsync).Describe("Accounts", "Who I am").Gives<AccountAnswer>();
        routes.MapPut("/api/users/profile", ChangeProfileAsync)
            .Describe("Accounts", "Change my name or language").Takes<ProfileBody>().Gives<AccountAnswer>().Refuses("request.invalid");
        routes.MapGet("/api/users", ListAsync).RequireAuthorization(Policies.Admin)
            .Describe("Accounts", "All accounts, for administrators").Query("query", "limit", "cursor").Gives<ListAnswer<AccountAnswer>>();
    }

    private static async Task RegisterAsync(HttpContext context)
    {
        if (await Command.ReadAsync(context, ApiJson.Strict.RegisterBody) is not { } command || await IsElsewhereAsync(context)) return;
        await context.RequestServices.GetRequiredService<KeptCommands>().RunAsync(context, command.Stamp, async () =>
        {
            var body = command.Body;
            var registration = new Identity.Registration(body.Username, body.Email, body.Password, body.FirstName, body.LastName, body.Locale);
            var outcome = await Accounts(context).RegisterAsync(registration, context.RequestAborted);
            if (outcome.Errors.Count > 0) await InvalidAsync(context, outcome.Errors);
            else if (outcome.IsTaken) await Problem.WriteAsync(context, ProblemKinds.AccountTaken);
            else
            {
                context.Response.StatusCode = StatusCodes.Status201Created;
                context.Response.Headers.Location = "/api/users/profile";
                await Answer.WriteAsync(context, AccountAnswer.Of(outcome.Account!), ApiJson.Strict.AccountAnswer);
            }
        });
    }

    private static async Task LoginAsync(HttpContext context)
    {
        if (await Command.ReadAsync(context, ApiJson.Strict.LoginBody) is not { } command || await IsElsewhereAsync(context)) return;
        if (command.Body.Username is not { Length: > 0 and <= 254 } username || command.Body.Password is not { Length: > 0 and <= 128 } password)
        {
            await Problem.WriteAsync(context, ProblemKinds.InvalidCredentials);
            return;
        }
        var tokens = await Accounts(context).SignInAsync(username, password, context.RequestAborted);
        await TokensAsync(context, tokens, ProblemKinds.InvalidCredentials);
    }

    private static async Task RefreshAsync(HttpContext context)
    {
        if (await Command.ReadAsync(context, ApiJson.Strict.RefreshBody) is not { } command || await IsElsewhereAsync(context)) return;
        var tokens = command.Body.RefreshToken is { Length: > 0 } token ? await Accounts(context).RefreshAsync(token, context.RequestAborted) : null;
        await TokensAsync(context, tokens, ProblemKinds.InvalidRefreshToken);
    }

    private static async Task ProfileAsync(HttpContext context)
    {
        var caller = Caller.From(context.User)!;
        var account = await Accounts(context).FindAsync(caller.Id, context.RequestAborted);
        var answer = account is not null ? AccountAnswer.Of(account) : FromToken(caller);
        context.Response.Headers.CacheControl = "no-store";
        await Answer.WriteAsync(context, answer, ApiJson.Strict.AccountAnswer);
    }

    private static async Task ChangeProfileAsync(HttpContext context)
    {
        if (await Command.ReadAsync(context, ApiJson.Strict.ProfileBody) is not { } command || await IsElsewhereAsync(context)) return;
        await context.RequestServices.GetRequiredService<KeptCommands>().RunAsync(context, command.Stamp, async () =>
        {
            var change = new ProfileChange(command.Body.FirstName, command.Body.LastName, command.Body.Locale);
            var outcome = await Accounts(context).UpdateProfileAsync(Caller.From(context.User)!.Id, change, context.RequestAborted);
            if (outcome.Errors.Count > 0) await InvalidAsync(context, outcome.Errors);
            else if (outcome.Account is null) await Problem.WriteAsync(context, ProblemKinds.NotFound);
            else await Answer.WriteAsync(context, AccountAnswer.Of(outcome.Account), ApiJson.Strict.AccountAnswer);
        });
    }

    private static async Task ListAsync(HttpContext context)
    {
        if (await Paging.ReadAsync(context) is not { } paging || await IsElsewhereAsync(context)) return;
        var page = await Accounts(context).ListAsync(context.Request.Query["query"], paging.Limit, paging.Cursor, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        await Answer.WriteAsync(context, new ListAnswer<AccountAnswer>([.. page.Items.Select(AccountAnswer.Of)], page.Next), ApiJson.Strict.ListAnswerAccountAnswer);
    }

    private static async Task TokensAsync(HttpContext context, Tokens? tokens, ProblemKind otherwise)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (tokens is null) await Problem.WriteAsync(context, otherwise);
        else await Answer.WriteAsync(context, TokensAnswer.Of(tokens), ApiJson.Strict.TokensAnswer);
    }

    private static Task InvalidAsync(HttpContext context, IReadOnlyList<AccountError> errors) =>
        Problem.InvalidAsync(context, [.. errors.Select(error => new Violation(error.Member, error.Code, error.AtLeast, error.AtMost))]);

    private static async Task<bool> IsElsewhereAsync(HttpContext context)
    {
        if (Accounts(context).IsAvailable) return false;
        await Problem.WriteAsync(context, ProblemKinds.AccountsElsewhere);
        return true;
    }

    private static AccountAnswer FromToken(Caller caller) =>
        new(caller.Id, caller.Username, caller.Email, null, null, caller.Locale, caller.IsAdmin ? ["USER", "ADMIN"] : ["USER"]);

    private static IAccounts Accounts(HttpContext context) => context.RequestServices.GetRequiredService<IAccounts>();
}
