using Microsoft.AspNetCore.Identity;
using Seats.Spelling;

namespace Seats.Identity.Storage;

/// <summary>An account as it is stored; its id is the <c>sub</c> of its tokens.</summary>
internal sealed class AccountRow : IdentityUser
{
    public string FirstName { get; set; } = "";
    public string LastName { get; set; } = "";
    public string Locale { get; set; } = "en";

    /// <summary>What the list of accounts is searched in; written with the row.</summary>
    public string Search
    {
        get => SearchText.Of(UserName, Email, EmailAddress.ToShow(Email ?? ""), $"{FirstName} {LastName}");
        private set { }
    }

    /// <summary>Which edition of folding wrote <see cref="Search"/>; rows of an earlier one are folded anew at the start.</summary>
    public int SearchEdition
    {
        get => SearchText.Edition;
        private set { }
    }

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
