using System.Buffers.Text;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Seats.Identity.Storage;
using Seats.Spelling;

namespace Seats.Identity.Accounts;

/// <summary>Accounts by user name, page by page.</summary>
internal sealed class AccountList(IdentityDb database)
{
    private const string CursorMark = "u:";

    /// <exception cref="FormatException">Not a cursor of this list.</exception>
    public async Task<AccountPage> ReadAsync(string? query, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var rows = database.Users.AsNoTracking();
        if (cursor is not null)
        {
            var after = ReadCursor(cursor);
            rows = rows.Where(row => row.NormalizedUserName!.CompareTo(after) > 0);
        }
        if (!string.IsNullOrWhiteSpace(query))
        {
            var pattern = SearchPattern.Containing(query);
            rows = rows.Where(row => EF.Functions.Like(row.Search, pattern, @"\"));
        }
        var found = await rows.OrderBy(row => row.NormalizedUserName).Take(limit + 1).ToListAsync(cancellationToken);
        var page = found.Take(limit).ToList();
        var ids = page.Select(row => row.Id).ToList();
        var roles = await (from membership in database.UserRoles
                           join role in database.Roles on membership.RoleId equals role.Id
                           where ids.Contains(membership.UserId)
                           select new { membership.UserId, role.Name }).ToListAsync(cancellationToken);
        IReadOnlyList<string> RolesOf(AccountRow row) =>
            [.. roles.Where(role => role.UserId == row.Id).Select(role => role.Name!).OrderDescending()];
        return new AccountPage(
            [.. page.Select(row => row.ToAccount(RolesOf(row)))],
            found.Count > limit ? WriteCursor(page[^1].NormalizedUserName!) : null);
    }

    private static string WriteCursor(string after) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(CursorMark + after));

    private static string ReadCursor(string cursor)
    {
        if (!Base64Url.IsValid(cursor)) throw new FormatException("Not a cursor.");
        var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        return text.StartsWith(CursorMark, StringComparison.Ordinal)
            ? text[CursorMark.Length..]
            : throw new FormatException("Not a cursor of this list.");
    }
}
