using System.Security.Claims;
using System.Text.Json;
using Seats.Spelling;

namespace Seats.Identity;

/// <summary>Whom a token names.</summary>
/// <param name="Id">
/// Person id: the token's <c>sub</c>, with its issuer in front unless that is the embedded one. Identity is never an e-mail address.
/// </param>
/// <param name="Email">In canonical form; null unless the issuer says that it verified it.</param>
/// <param name="Locale">The person's language, or null.</param>
/// <param name="FirstName">As the token says, or null.</param>
/// <param name="LastName">As the token says, or null.</param>
/// <param name="UnverifiedEmail">
/// In canonical form, where the issuer does not say that it verified it: good to write to, and no proof of anything.
/// </param>
public sealed record Caller(string Id, string Username, string? Email, bool IsAdmin, string? Locale, string? FirstName, string? LastName, string? UnverifiedEmail = null)
{
    internal const string EmbeddedClaim = OwnClaims + "embedded";
    private const string OwnClaims = "seats:";

    /// <summary>The person of a validated token; null when nobody is signed in.</summary>
    public static Caller? From(ClaimsPrincipal principal)
    {
        if (principal.Identity is not ClaimsIdentity { IsAuthenticated: true } identity) return null;
        if (identity.Label is CallerCache.Label && identity.BootstrapContext is Caller cached) return cached;
        return Read(identity);
    }

    /// <summary>A claim that this program adds by itself: it is not believed when a token brings it.</summary>
    internal static bool IsOwnClaim(Claim claim) => claim.Type.StartsWith(OwnClaims, StringComparison.OrdinalIgnoreCase);

    internal static Caller? Read(ClaimsIdentity identity)
    {
        if (identity.FindFirst("sub") is not { Value.Length: > 0 } subject || subject.Value.Any(char.IsControl)) return null;
        var embedded = identity.HasClaim(claim => claim.Type == EmbeddedClaim);
        var id = embedded ? subject.Value : $"{identity.FindFirst("iss")?.Value}#{subject.Value}";
        var verified = IsVerified(identity);
        var email = EmailAddress.Comparable(identity.FindFirst("email")?.Value);
        return new Caller(
            id,
            identity.FindFirst("preferred_username")?.Value ?? subject.Value,
            verified ? email : null,
            HasRole(identity, Accounts.Roles.Admin),
            identity.FindFirst("locale")?.Value,
            identity.FindFirst("given_name")?.Value,
            identity.FindFirst("family_name")?.Value,
            verified ? null : email);
    }

    /// <summary>
    /// The issuer has to say that it verified the address, and nothing else beside. Tokens of the embedded one from before it said anything
    /// prove nothing either.
    /// </summary>
    private static bool IsVerified(ClaimsIdentity identity)
    {
        string[] said = [.. identity.FindAll("email_verified").Select(claim => claim.Value)];
        return said.Length == 1 && string.Equals(said[0], "true", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Roles as Keycloak writes them: <c>{"realm_access":{"roles":["USER"]}}</c>.</summary>
    private static bool HasRole(ClaimsIdentity identity, string role)
    {
        if (identity.FindFirst("realm_access")?.Value is not { } json) return false;
        try
        {
            using var access = JsonDocument.Parse(json);
            return access.RootElement.ValueKind == JsonValueKind.Object
                && access.RootElement.TryGetProperty("roles", out var roles) && roles.ValueKind == JsonValueKind.Array
                && roles.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.String && item.GetString() == role);
        }
        catch (JsonException)
        {
            // A claim of another shape grants nothing.
            return false;
        }
    }
}

/// <summary>Marks identities whose caller was read already.</summary>
internal static class CallerCache
{
    public const string Label = "seats";
}
