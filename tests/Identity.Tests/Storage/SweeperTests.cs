using Microsoft.EntityFrameworkCore;
using Seats.Identity.Storage;
using Seats.Testing;
using Session = OpenIddict.EntityFrameworkCore.Models.OpenIddictEntityFrameworkCoreAuthorization;
using Token = OpenIddict.EntityFrameworkCore.Models.OpenIddictEntityFrameworkCoreToken;

namespace Seats.Identity.Tests.Storage;

/// <summary>Tokens and sessions whose life is over.</summary>
public sealed class SweeperTests
{
    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task TokensThatExpired_AndSessionsWithoutAny_AreDeletedInPortions_AndNoOthers(string database)
    {
        await using var host = await Databases.StartAsync(database);
        var now = host.Time.GetUtcNow().UtcDateTime;
        await host.OnDatabaseAsync(async (_, rows) =>
        {
            // More of each than one statement deletes.
            for (var number = 0; number < 600; number++) Add(rows, $"over-{number:D4}", now.AddDays(-40), now.AddHours(-2));
            Add(rows, "living", now.AddDays(-40), now.AddDays(3));
            Add(rows, "just over", now.AddDays(-40), now.AddMinutes(-10));
            Add(rows, "begun", now.AddMinutes(-1), null);
            return await rows.SaveChangesAsync();
        });
        await Eventually.TrueAsync(async () =>
        {
            host.Time.Advance(TimeSpan.FromSeconds(31));
            return await host.OnDatabaseAsync((_, rows) => rows.Set<Session>().CountAsync()) == 3;
        }, TimeSpan.FromSeconds(60));
        var tokens = await host.OnDatabaseAsync((_, rows) => rows.Set<Token>().Select(row => row.Id!).ToListAsync());
        Assert.Equal(["just over", "living"], tokens.Order(StringComparer.Ordinal));
        var sessions = await host.OnDatabaseAsync((_, rows) => rows.Set<Session>().Select(row => row.Id!).ToListAsync());
        Assert.Equal(["begun", "just over", "living"], sessions.Order(StringComparer.Ordinal));
    }

    /// <summary>A session with one token that was used, or with none.</summary>
    private static void Add(IdentityDb rows, string id, DateTime begun, DateTime? expires)
    {
        var session = new Session { Id = id, CreationDate = begun, Status = "valid", Type = "ad-hoc", Subject = "ann" };
        rows.Add(session);
        if (expires is null) return;
        rows.Add(new Token
        {
            Id = id,
            Authorization = session,
            CreationDate = begun,
            ExpirationDate = expires,
            Status = "redeemed",
            Type = "refresh_token",
            Subject = "ann",
        });
    }
}
