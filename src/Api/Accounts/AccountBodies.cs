using System.Text.Json.Serialization;
using Seats.Identity;
using Seats.Spelling;

namespace Seats.Api.Accounts;

internal sealed record RegisterBody(string? Username, string? Email, string? Password, string? FirstName, string? LastName, string? Locale);

internal sealed record LoginBody(string? Username, string? Password);

internal sealed record RefreshBody([property: JsonPropertyName("refresh_token")] string? RefreshToken);

internal sealed record ProfileBody(string? FirstName, string? LastName, string? Locale, string? Email);

internal sealed record VerifyBody(string? Token);

internal sealed record ResendBody(string? Email);

/// <summary>A person.</summary>
/// <param name="PendingEmail">The address the account wants instead, and has not proved yet.</param>
internal sealed record AccountAnswer(
    string Id, string Username, string? Email, bool EmailVerified, string? PendingEmail, string? FirstName, string? LastName,
    string? Locale, IReadOnlyList<string> Roles)
{
    public static AccountAnswer Of(Account account) => new(
        account.Id, account.Username, EmailAddress.ToShow(account.Email), account.EmailVerified, ToShow(account.PendingEmail),
        account.FirstName, account.LastName, account.Locale, account.Roles);

    private static string? ToShow(string? email) => email is null ? null : EmailAddress.ToShow(email);
}

/// <summary>An address that its account proved.</summary>
internal sealed record VerifiedAnswer(string Email, bool EmailVerified);

/// <summary>The wish was heard; whether there is anything to do about it is not said.</summary>
internal sealed record AcceptedAnswer(bool Accepted);

/// <summary>Tokens as RFC 6749 writes them.</summary>
internal sealed record TokensAnswer(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("refresh_token")] string RefreshToken,
    [property: JsonPropertyName("refresh_expires_in")] int RefreshExpiresIn)
{
    public static TokensAnswer Of(Tokens tokens) =>
        new(tokens.AccessToken, "Bearer", tokens.ExpiresIn, tokens.RefreshToken, tokens.RefreshExpiresIn);
}
