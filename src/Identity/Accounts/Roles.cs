namespace Seats.Identity.Accounts;

/// <summary>The roles there are.</summary>
internal static class Roles
{
    public const string User = "USER";
    public const string Admin = "ADMIN";
}
