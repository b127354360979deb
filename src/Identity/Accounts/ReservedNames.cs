using Microsoft.Extensions.Configuration;

namespace Seats.Identity.Accounts;

/// <summary>User names that are an administrator's: nobody registers one before the administrator is made.</summary>
internal sealed class ReservedNames(IConfiguration configuration)
{
    /// <summary>Of the first administrator, where the configuration has no other.</summary>
    public const string Administrator = "admin";

    /// <summary>What the first administrator is called.</summary>
    public string OfAdministrator => configuration["Admin:Username"] is { Length: > 0 } name ? name : Administrator;

    public bool Have(string username) =>
        string.Equals(username, Administrator, StringComparison.OrdinalIgnoreCase)
        || string.Equals(username, OfAdministrator, StringComparison.OrdinalIgnoreCase);
}
