using Microsoft.EntityFrameworkCore;

namespace Seats.Identity.Storage;

/// <summary>The clock that all nodes share: the database's. Whose lease is over must not depend on who asks.</summary>
internal static class SharedClock
{
    /// <summary>One process has a SQLite file: its clock is that of this process.</summary>
    public static async Task<DateTime> NowAsync(
        this IdentityDb database, TimeProvider time, CancellationToken cancellationToken = default) =>
        database.Database.IsNpgsql()
            ? await database.Database.SqlQuery<DateTime>($"select now() as \"Value\"").SingleAsync(cancellationToken)
            : time.GetUtcNow().UtcDateTime;
}
