using Microsoft.AspNetCore.Identity;

namespace Seats.Identity.Storage;

/// <summary>An account as it is stored; its id is the <c>sub</c> of its tokens.</summary>
internal sealed class AccountRow : IdentityUser
{
    public string FirstName { get; set; } = "";
    public string LastName { get; set; } = "";
    public string Locale { get; set; } = "en";
}

/// <summary>A secret that every node shares, protected by the data protection keys.</summary>
internal sealed class KeyRow
{
    public string Name { get; set; } = "";
    public string Value { get; set; } = "";
}

/// <summary>The answer to a command under an idempotency key, to be given again.</summary>
internal sealed class AnswerRow
{
    public string Key { get; set; } = "";
    public long BodyHash { get; set; }
    public int Status { get; set; }
    public string Body { get; set; } = "";
    public DateTime At { get; set; }
}
