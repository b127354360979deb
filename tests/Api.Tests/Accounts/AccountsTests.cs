using System.Net.Sockets;
using System.Text;
using System.Text.Json.Serialization;
using Seats.Core;
using Seats.Testing;

namespace Seats.Api.Tests.Accounts;

/// <summary>Accounts and tokens over HTTP, as clients misuse them.</summary>
[Collection(SharedServer.Name)]
public sealed class AccountsTests(SeatsServer server)
{
    private static readonly object Jane = new { username = "jane.doe", password = "correct-horse-9" };

    [Fact]
    public async Task TwoTabs_GetTheSameSuccessor_AndItIsGood()
    {
        var refresh = await SignInAsync();
        var first = (await server.Anonymous.PostAsync("/auth/refresh", refresh)).Must(200);
        Assert.Equal("Bearer", first.Text("token_type"));
        Assert.Equal(first.Body, (await server.Anonymous.PostAsync("/auth/refresh", refresh)).Must(200).Body);
        (await server.Anonymous.PostAsync("/auth/refresh", new { refresh_token = first.Text("refresh_token") })).Must(200);
    }

    [Fact]
    public async Task FourAtOnce_GetTheSameSuccessor()
    {
        var refresh = await SignInAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => server.Anonymous.PostAsync("/auth/refresh", refresh)));
        var successor = Assert.Single(answers.Select(answer => answer.Must(200).Body).Distinct());
        Assert.NotEmpty(successor);
        (await server.Anonymous.PostAsync("/auth/refresh", new { refresh_token = answers[0].Text("refresh_token") })).Must(200);
    }

    [Fact]
    public async Task TokenThatIsUsedAgainLater_IsReuse_AndEndsTheSession()
    {
        var refresh = await SignInAsync();
        var successor = (await server.Anonymous.PostAsync("/auth/refresh", refresh)).Must(200).Text("refresh_token");
        // Half a minute passes.
        const string later = """update "OpenIddictTokens" set "RedemptionDate" = '2026-01-01 00:00:00' where "Status" = 'redeemed'""";
        await server.TamperAsync(later, "identity.db");
        var french = (await server.Anonymous.PostAsync("/auth/refresh", refresh, ("Accept-Language", "fr"))).Must(401, "auth.reused");
        Assert.Contains("Reconnectez-vous", french.Text("detail"), StringComparison.Ordinal);
        (await server.Anonymous.PostAsync("/auth/refresh", new { refresh_token = successor })).Must(401, "auth.invalid_token");
        (await server.Anonymous.PostAsync("/auth/refresh", new { refresh_token = "nonsense" })).Must(401, "auth.invalid_token");
        (await server.Anonymous.GetAsync("/problems/auth.reused")).Must(200);
    }

    [Fact]
    public async Task ClientThatHangsUp_GetsItsTokens_WhenItComesAgainWithTheKey()
    {
        for (var round = 0; round < 8; round++)
        {
            var body = $$"""{"refresh_token":"{{(await SignInAsync()).RefreshToken}}"}""";
            await HangUpAsync("/auth/refresh", body, $"hang-up-{round}");
            Answer? answer = null;
            await Eventually.TrueAsync(async () =>
            {
                answer = await server.Anonymous.SendAsync("POST", "/auth/refresh", body, ("Idempotency-Key", $"hang-up-{round}"));
                return answer.Status != 409;
            }, TimeSpan.FromSeconds(30));
            (await server.Anonymous.PostAsync("/auth/refresh", new { refresh_token = answer!.Must(200).Text("refresh_token") })).Must(200);
        }
    }

    [Fact]
    public async Task StrangersWithTheSameKey_AreAnsweredEachForThemselves()
    {
        var (ann, bob) = (Registration("stranger-ann"), Registration("stranger-bob"));
        Assert.Equal("stranger-ann", (await KeyedAsync("/auth/register", ann)).Must(201).Text("username"));
        Assert.Equal("stranger-bob", (await KeyedAsync("/auth/register", bob)).Must(201).Text("username"));
        Assert.Equal("true", (await KeyedAsync("/auth/register", ann)).Must(201).Headers["Idempotency-Replayed"]);
        (await KeyedAsync("/auth/register", Registration("stranger-ann", "other@example.com"))).Must(409, "account.taken");

        var annIn = new { username = "stranger-ann", password = "password123" };
        var bobIn = annIn with { username = "stranger-bob" };
        var tokens = (await KeyedAsync("/auth/login", annIn)).Must(200);
        Assert.NotEqual(tokens.Body, (await KeyedAsync("/auth/login", bobIn)).Must(200).Body);
        Assert.Equal(tokens.Body, (await KeyedAsync("/auth/login", annIn)).Must(200).Body);
        (await KeyedAsync("/auth/login", new { username = "Stranger-Ann", password = "password124" })).Must(422, "idempotency.other_body");

        var fresh = (await KeyedAsync("/auth/refresh", new { refresh_token = tokens.Text("refresh_token") })).Must(200);
        (await KeyedAsync("/auth/refresh", new { refresh_token = fresh.Text("refresh_token") })).Must(200);
    }

    [Fact]
    public async Task Key_BelongsToWhomACommandIsAbout_SignedInOrNot()
    {
        var first = (await KeyedAsync("/auth/login", Jane, "signed-in")).Must(200);
        Assert.Equal(first.Body, (await server.John.PostAsync("/auth/login", Jane, ("Idempotency-Key", "signed-in"))).Must(200).Body);
    }

    [Fact]
    public async Task CommandThatNamesNobody_IsNotTakenForAnotherOne()
    {
        var first = (await KeyedAsync("/auth/register", new { username = "a" }, "nobody")).Must(400, "request.invalid");
        var other = new { username = "b", password = "correct-horse-9" };
        var second = (await KeyedAsync("/auth/register", other, "nobody")).Must(400, "request.invalid");
        Assert.True(first["errors"].TryGetProperty("password", out _));
        Assert.False(second["errors"].TryGetProperty("password", out _));
    }

    [Fact]
    public async Task MoreSignInsThanTheLaneTakes_AreToldWhenToComeBack_UnderAKeyToo()
    {
        var count = 64 + 4 * Environment.ProcessorCount + 40;
        Task<Answer> TryAsync(int number) =>
            KeyedAsync("/auth/login", new { username = $"nobody-{number}", password = "password123" }, "crowd");
        var answers = await Task.WhenAll(Enumerable.Range(0, count).Select(TryAsync));
        var refused = Assert.Single(answers.Select((answer, number) => (answer, number)).Where(pair => pair.answer.Status != 401).Take(1));
        Assert.All(answers.Where(answer => answer.Status != 401), answer =>
        {
            answer.Must(429, "limit.rate");
            Assert.InRange(int.Parse(answer.Headers["Retry-After"]), 1, 60);
        });
        var again = (await TryAsync(refused.number)).Must(401, "auth.invalid_credentials");
        Assert.False(again.Headers.ContainsKey("Idempotency-Replayed"));
    }

    private static object Registration(string username, string? email = null) =>
        new { username, email = email ?? $"{username}@example.com", password = "password123", firstName = "A", lastName = "B" };

    private Task<Answer> KeyedAsync(string path, object body, string key = "1") =>
        server.Anonymous.PostAsync(path, body, ("Idempotency-Key", key));

    private async Task<RefreshRequest> SignInAsync() =>
        new((await server.Anonymous.PostAsync("/auth/login", Jane)).Must(200).Text("refresh_token"));

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFF")]
    [InlineData("FFFFFFFF")]
    [InlineData("zz")]
    public async Task ChunkWithoutASize_IsABadRequest(string size)
    {
        var address = new Uri(server.Url);
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        var request = $"POST /auth/login HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\n"
            + $"Transfer-Encoding: chunked\r\n\r\n{size}\r\n{{}}\r\n0\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request));
        using var answer = new StreamReader(client.GetStream());
        Assert.StartsWith("HTTP/1.1 400", await answer.ReadLineAsync(), StringComparison.Ordinal);
    }

    /// <summary>Sends a request and closes the connection at once.</summary>
    private async Task HangUpAsync(string path, string body, string key)
    {
        var address = new Uri(server.Url);
        using var client = new TcpClient { LingerState = new LingerOption(true, 0) };
        await client.ConnectAsync(address.Host, address.Port);
        var request = $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nIdempotency-Key: {key}\r\n\r\n{body}";
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request));
    }

    private sealed record RefreshRequest([property: JsonPropertyName("refresh_token")] string RefreshToken);
}
