using Microsoft.AspNetCore.Identity;
using Seats.Identity.Storage;

namespace Seats.Identity.Accounts;

/// <summary>An account that may have tokens now, with its roles of now.</summary>
internal sealed record ActiveAccount(AccountRow Row, IReadOnlyList<string> Roles)
{
    /// <summary>Null when the account is gone, or locked.</summary>
    public static async Task<ActiveAccount?> FindAsync(UserManager<AccountRow> users, string id) =>
        await users.FindByIdAsync(id) is { } row && !await users.IsLockedOutAsync(row)
            ? new ActiveAccount(row, [.. await users.GetRolesAsync(row)])
            : null;
}
