using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Seats.Identity.Storage;
using Seats.Testing;

namespace Seats.Identity.Tests.Issuer;

/// <summary>What a refresh token is answered with, by the API's own call and by the issuer's token endpoint alike.</summary>
public sealed class RefreshTests
{
    private static readonly Registration John = new("john.doe", "john.doe@example.com", "password123", "John", "Doe", null);
    private static readonly HttpClient Http = new();

    /// <summary>Databases, and whether the token endpoint is asked rather than the API's call.</summary>
    public static TheoryData<string, bool> Ways()
    {
        var ways = new TheoryData<string, bool>();
        foreach (string database in ((IEnumerable<object[]>)Databases.All()).Select(row => (string)row[0]))
            foreach (var atEndpoint in new[] { false, true }) ways.Add(database, atEndpoint);
        return ways;
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task SameTokenAgainSoon_AnswersTheSameSuccessor_AndTheSuccessorIsGood(string database, bool atEndpoint)
    {
        await using var host = await SignedUpAsync(database);
        var first = await SignInAsync(host);
        var successor = await RefreshAsync(host, first, atEndpoint);
        host.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(successor, await RefreshAsync(host, first, atEndpoint));
        Assert.Equal(successor, await RefreshAsync(host, first, !atEndpoint));
        Assert.NotNull((await RefreshAsync(host, successor.RefreshToken!, atEndpoint)).RefreshToken);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task SameTokenAgainLate_IsReuse_AndEndsTheFamily(string database, bool atEndpoint)
    {
        await using var host = await SignedUpAsync(database);
        var first = await SignInAsync(host);
        var other = await SignInAsync(host);
        var successor = await RefreshAsync(host, first, atEndpoint);
        host.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(Said.Reused(atEndpoint), await RefreshAsync(host, first, atEndpoint));
        Assert.Equal(Said.Invalid(atEndpoint), await RefreshAsync(host, successor.RefreshToken!, atEndpoint));
        Assert.Equal(Said.Invalid(atEndpoint), await RefreshAsync(host, first, atEndpoint));
        Assert.NotNull((await RefreshAsync(host, other, atEndpoint)).RefreshToken);
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task SameTokenManyTimesAtOnce_OnTwoNodes_HasOneSuccessor(string database)
    {
        await using var host = await SignedUpAsync(database);
        await using var beside = await host.StartBesideAsync();
        for (var round = 0; round < 5; round++)
        {
            var first = await SignInAsync(host);
            var said = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() =>
                RefreshAsync(number % 2 == 0 ? host : beside, first, atEndpoint: number % 4 < 2))));
            var successor = Assert.Single(said.Distinct());
            Assert.NotNull((await RefreshAsync(beside, successor.RefreshToken!, atEndpoint: false)).RefreshToken);
        }
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task AnswerThatWasLost_IsGivenAgain_ByTheNodeThatComesAfter(string database)
    {
        var before = await SignedUpAsync(database);
        var first = await SignInAsync(before);
        var successor = await RefreshAsync(before, first, atEndpoint: false);
        await before.DisposeAsync();
        await using var after = await before.StartBesideAsync();
        Assert.Equal(successor, await RefreshAsync(after, first, atEndpoint: false));
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Reuse_WhileTheNewestTokenIsRefreshed_LeavesNothingAlive(string database)
    {
        await using var host = await SignedUpAsync(database);
        await using var beside = await host.StartBesideAsync();
        for (var round = 0; round < 5; round++)
        {
            var first = await SignInAsync(host);
            var second = (await RefreshAsync(host, first, atEndpoint: false)).RefreshToken!;
            host.Time.Advance(TimeSpan.FromSeconds(31));
            var said = await Task.WhenAll(
                Task.Run(() => RefreshAsync(host, first, atEndpoint: false)),
                Task.Run(() => RefreshAsync(beside, second, atEndpoint: false)));
            Assert.True(said[0].IsReused);
            if (said[1].RefreshToken is { } third) Assert.Equal(Said.Invalid(false), await RefreshAsync(host, third, atEndpoint: false));
        }
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task TokensOfToday_HaveTheRolesOfToday(string database, bool atEndpoint)
    {
        await using var host = await SignedUpAsync(database);
        await ChangeAsync(host, async (users, row) => Assert.True((await users.AddToRoleAsync(row, "ADMIN")).Succeeded));
        var first = await SignInAsync(host);
        await ChangeAsync(host, async (users, row) => Assert.True((await users.RemoveFromRoleAsync(row, "ADMIN")).Succeeded));
        var access = new JsonWebToken((await RefreshAsync(host, first, atEndpoint)).AccessToken);
        Assert.Equal("""{"roles":["USER"]}""", access.GetPayloadValue<JsonElement>("realm_access").GetRawText());
        Assert.False((await host.CallerOfAsync(access.EncodedToken))!.IsAdmin);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task AccountThatIsGone_GetsNoTokens(string database, bool atEndpoint)
    {
        await using var host = await SignedUpAsync(database);
        var first = await SignInAsync(host);
        var second = await SignInAsync(host);
        await RefreshAsync(host, second, atEndpoint);
        await ChangeAsync(host, async (users, row) => Assert.True((await users.DeleteAsync(row)).Succeeded));
        Assert.Equal(Said.Invalid(atEndpoint), await RefreshAsync(host, first, atEndpoint));
        Assert.Equal(Said.Invalid(atEndpoint), await RefreshAsync(host, second, atEndpoint));
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task AccountThatIsLocked_GetsNoTokens_UntilItIsNotAnyMore(string database, bool atEndpoint)
    {
        await using var host = await SignedUpAsync(database);
        var first = await SignInAsync(host);
        await LockAsync(host, DateTimeOffset.UtcNow.AddHours(1));
        Assert.Equal(Said.Invalid(atEndpoint), await RefreshAsync(host, first, atEndpoint));
        await LockAsync(host, null);
        Assert.NotNull((await RefreshAsync(host, first, atEndpoint)).RefreshToken);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task TokenThatIsUnknownOrExpired_IsInvalid_AndNoReuse(string database, bool atEndpoint)
    {
        await using var host = await SignedUpAsync(database, ("Authentication:RefreshTokenDays", "1"));
        var (first, second) = (await SignInAsync(host), await SignInAsync(host));
        await RefreshAsync(host, second, atEndpoint);
        Assert.Equal(Said.Invalid(atEndpoint), await RefreshAsync(host, "nonsense", atEndpoint));
        Assert.Equal(Said.Invalid(atEndpoint), await RefreshAsync(host, first[..^4], atEndpoint));
        host.Time.Advance(TimeSpan.FromHours(25));
        Assert.Equal(Said.Invalid(atEndpoint), await RefreshAsync(host, first, atEndpoint));
        Assert.Equal(Said.Invalid(atEndpoint), await RefreshAsync(host, second, atEndpoint));
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Successors_AreKeptEncrypted_AndDeletedWhenTheirTimeIsOver(string database)
    {
        await using var host = await SignedUpAsync(database);
        var successor = await RefreshAsync(host, await SignInAsync(host), atEndpoint: false);
        var row = await host.OnDatabaseAsync((_, rows) => rows.Successors.SingleAsync());
        Assert.DoesNotContain(successor.RefreshToken!, row.Response, StringComparison.Ordinal);
        Assert.DoesNotContain("refresh_token", row.Response, StringComparison.Ordinal);
        var over = host.Time.GetUtcNow().UtcDateTime.AddHours(-2);
        await host.OnDatabaseAsync((_, rows) => rows.Successors.ExecuteUpdateAsync(set => set.SetProperty(row => row.Until, over)));
        await Eventually.TrueAsync(async () =>
        {
            host.Time.Advance(TimeSpan.FromSeconds(31));
            return await host.OnDatabaseAsync((_, rows) => rows.Successors.CountAsync()) == 0;
        }, TimeSpan.FromSeconds(30));
    }

    private static async Task<IssuerHost> SignedUpAsync(string database, params (string, string)[] settings)
    {
        var host = await Databases.StartAsync(database, settings);
        Assert.NotNull((await host.RegisterAsync(John)).Account);
        return host;
    }

    private static async Task<string> SignInAsync(IssuerHost host) => (await host.SignInAsync("john.doe", "password123"))!.RefreshToken;

    private static Task LockAsync(IssuerHost host, DateTimeOffset? until) =>
        ChangeAsync(host, async (users, row) => Assert.True((await users.SetLockoutEndDateAsync(row, until)).Succeeded));

    private static async Task ChangeAsync(IssuerHost host, Func<UserManager<AccountRow>, AccountRow, Task> change)
    {
        await host.OnDatabaseAsync(async (services, _) =>
        {
            var users = services.GetRequiredService<UserManager<AccountRow>>();
            await change(users, (await users.FindByNameAsync("john.doe"))!);
            return true;
        });
    }

    private static async Task<Said> RefreshAsync(IssuerHost host, string token, bool atEndpoint)
    {
        if (!atEndpoint)
        {
            var outcome = await host.Accounts.RefreshAsync(token);
            return new Said(outcome.Tokens?.AccessToken, outcome.Tokens?.RefreshToken, outcome.IsReused);
        }
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["client_id"] = "seats-web",
            ["refresh_token"] = token,
        });
        using var response = await Http.PostAsync($"{host.Url}/connect/token", form);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        if (response.StatusCode == HttpStatusCode.OK)
            return new Said(body.GetProperty("access_token").GetString(), body.GetProperty("refresh_token").GetString());
        return new Said(null, null, Error: body.GetProperty("error").GetString());
    }

    /// <summary>What was answered. The token endpoint has one error for all that is wrong with a token, as RFC 6749 wants it.</summary>
    private sealed record Said(string? AccessToken, string? RefreshToken, bool IsReused = false, string? Error = null)
    {
        public static Said Reused(bool atEndpoint) => atEndpoint ? Invalid(true) : new Said(null, null, IsReused: true);

        public static Said Invalid(bool atEndpoint) => new(null, null, Error: atEndpoint ? "invalid_grant" : null);
    }
}
