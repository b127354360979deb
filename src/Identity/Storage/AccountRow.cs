using Microsoft.AspNetCore.Identity;

namespace Seats.Identity.Storage;

/// <summary>An account as it is stored; its id is the <c>sub</c> of its tokens.</summary>
internal sealed class AccountRow : IdentityUser
{
    public string FirstName { get; set; } = "";
    public string LastName { get; set; } = "";
    public string Locale { get; set; } = "en";

    /// <param name="pendingEmail">The address that the account wants instead, and has not proved yet.</param>
    public Account ToAccount(IReadOnlyList<string> roles, string? pendingEmail = null) =>
        new(Id, UserName!, Email!, FirstName, LastName, Locale, roles, EmailConfirmed, pendingEmail);
}

/// <summary>A secret that every node shares, protected by the data protection keys.</summary>
internal sealed class KeyRow
{
    public string Name { get; set; } = "";
    public string Value { get; set; } = "";
}
