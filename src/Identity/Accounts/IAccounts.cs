namespace Seats.Identity;

/// <summary>
/// The accounts of the embedded issuer. With another issuer configured, only its tokens count and nothing here is available.
/// </summary>
public interface IAccounts
{
    /// <summary>False when another issuer keeps the accounts.</summary>
    bool IsAvailable { get; }

    /// <summary>The language of the account that proved an address; null where there is none.</summary>
    Task<string?> FindLocaleAsync(string email, CancellationToken cancellationToken);

    /// <summary>Makes an account with the role USER, and asks it to prove its address.</summary>
    /// <param name="run">
    /// Of a command that may come again: the account its first run made is found by it. Null for a command that comes once.
    /// </param>
    /// <param name="cancellationToken">Gives up while nothing is written.</param>
    Task<RegisterOutcome> RegisterAsync(Registration registration, Guid? run, CancellationToken cancellationToken);

    /// <summary>Tokens for a user name, or an e-mail address that its account proved, and a password.</summary>
    /// <param name="cancellationToken">Gives up while nothing is written.</param>
    Task<SignInOutcome> SignInAsync(SignInAttempt attempt, CancellationToken cancellationToken);

    /// <summary>
    /// Fresh tokens for a refresh token, which is then used up. For some seconds the same token is answered with the same tokens, whoever
    /// asked first; later that is reuse, and ends the session. Once begun it is finished.
    /// </summary>
    Task<RefreshOutcome> RefreshAsync(string refreshToken);

    /// <summary>The account of a person, or null.</summary>
    Task<Account?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Changes what is not null; an address when the account has proved it, which it is asked to do.</summary>
    Task<ProfileOutcome> UpdateProfileAsync(string id, ProfileChange change, CancellationToken cancellationToken);

    /// <summary>
    /// Accounts by user name, those after <paramref name="cursor"/>; <paramref name="query"/> is searched in names and addresses.
    /// </summary>
    /// <exception cref="FormatException">Not a cursor of this list.</exception>
    Task<AccountPage> ListAsync(string? query, int limit, string? cursor, CancellationToken cancellationToken);
}

/// <summary>An account as its person sees it.</summary>
/// <param name="EmailVerified">The account proved its address.</param>
/// <param name="PendingEmail">The address it wants instead, and has not proved yet.</param>
public sealed record Account(
    string Id, string Username, string Email, string FirstName, string LastName, string Locale, IReadOnlyList<string> Roles,
    bool EmailVerified, string? PendingEmail = null);

/// <summary>What somebody who registers says of themself.</summary>
public sealed record Registration(string? Username, string? Email, string? Password, string? FirstName, string? LastName, string? Locale);

/// <summary>Somebody who says who they are.</summary>
/// <param name="Username">Or the address that an account proved.</param>
/// <param name="From">The caller's network address; empty where nobody knows.</param>
public sealed record SignInAttempt(string Username, string Password, string From);

/// <summary>What changes in a profile; null stays.</summary>
public sealed record ProfileChange(string? FirstName, string? LastName, string? Locale, string? Email = null);

/// <summary>An access token and the refresh token that follows it; lifetimes in seconds.</summary>
public sealed record Tokens(string AccessToken, int ExpiresIn, string RefreshToken, int RefreshExpiresIn);

/// <summary>A member that breaks a rule: its name, a stable code, and its bounds.</summary>
public sealed record AccountError(string Member, string Code, int? AtLeast = null, int? AtMost = null);

/// <summary>
/// An account; or that the user name is taken, or the address proved by another; or what is wrong; or in how many seconds to come back.
/// </summary>
public sealed record RegisterOutcome(Account? Account, bool IsTaken, IReadOnlyList<AccountError> Errors, int? RetryAfterSeconds = null);

/// <summary>Tokens; or in how many seconds to come back; neither when name and password do not match.</summary>
public sealed record SignInOutcome(Tokens? Tokens, int? RetryAfterSeconds = null)
{
    /// <summary>Name and password do not match.</summary>
    public static SignInOutcome Refused { get; } = new(null, null);
}

/// <summary>Tokens; or that the refresh token was used before, which ended its session; neither when it is not valid.</summary>
public sealed record RefreshOutcome(Tokens? Tokens, bool IsReused = false);

/// <summary>
/// The account as it is now; or what is wrong; or that another account proved the address; or in how many seconds to come back, since
/// mails to prove an address are bounded. Nothing of all that when there is no such account.
/// </summary>
public sealed record ProfileOutcome(
    Account? Account, IReadOnlyList<AccountError> Errors, bool IsTaken = false, int? RetryAfterSeconds = null);

/// <summary>A page of accounts; <paramref name="Next"/> is null on the last.</summary>
public sealed record AccountPage(IReadOnlyList<Account> Items, string? Next);
