using System.Text;
using Microsoft.AspNetCore.Identity;
using Seats.Spelling;

namespace Seats.Identity.Accounts;

/// <summary>How accounts are told apart: user names by their ASCII letters in upper case, addresses by their canonical form.</summary>
internal sealed class AccountNames : ILookupNormalizer
{
    /// <summary>Letters beyond ASCII stay as they are: some have a capital of ASCII, and nobody is found by look-alikes.</summary>
    public string? NormalizeName(string? name) => name is null || !Ascii.IsValid(name) ? name : name.ToUpperInvariant();

    /// <summary>In upper case, as the rows of earlier programs have them.</summary>
    public string? NormalizeEmail(string? email) => EmailAddress.Comparable(email)?.ToUpperInvariant() ?? email;
}
