using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Seats.Api.Problems;
using Seats.Grains.Abstractions;

namespace Seats.Api.Tests;

/// <summary>What holds for every call.</summary>
[Collection(SharedServer.Name)]
public sealed class ContractTests(SeatsServer server)
{
    private static readonly string[] Open =
    [
        "POST /auth/register", "POST /auth/login", "POST /auth/refresh", "GET /events", "GET /events/{id}", "GET /events/{id}/seats",
        "GET /tickets/keys", "GET /health/live", "GET /health/ready", "GET /problems/{code}", "GET /openapi/v1.json", "GET /docs", "GET /",
    ];

    [Fact]
    public async Task EveryRoute_IsClosedToStrangers_UnlessItIsOnTheList()
    {
        var routes = server.Endpoints.SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
            .Select(method => (Method: method, Path: "/" + endpoint.RoutePattern.RawText!.TrimStart('/'), IsOpen: endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null))).ToArray();
        Assert.Equal(Open.Order(), routes.Where(route => route.IsOpen).Select(route => $"{route.Method} {route.Path}").Order());
        foreach (var (method, path, _) in routes.Where(route => !route.IsOpen))
        {
            var concrete = path.Replace("{id}", "1").Replace("{eventId}", "1").Replace("{holdId}", "1-h1").Replace("{email}", "a@example.com");
            (await server.Anonymous.SendAsync(method, concrete, null)).Must(401, "auth.required");
            (await new Client(BaseOf(server), "not.a.token").SendAsync(method, concrete, null)).Must(401, "auth.required");
        }
    }

    [Theory]
    [InlineData("PUT", "/events/{0}", """{"title":"Mine"}""", "forbidden")]
    [InlineData("DELETE", "/events/{0}", null, "forbidden")]
    [InlineData("POST", "/events/{0}/pause", null, "forbidden")]
    [InlineData("POST", "/events/{0}/resume", null, "forbidden")]
    [InlineData("POST", "/events/{0}/seats/block", """{"seats":["1/1"]}""", "forbidden")]
    [InlineData("POST", "/events/{0}/seats/unblock", """{"seats":["1/1"]}""", "forbidden")]
    [InlineData("GET", "/events/{0}/waitlist", null, "forbidden")]
    [InlineData("GET", "/invitations/event/{0}", null, "forbidden")]
    [InlineData("POST", "/events/{0}/check-in", """{"ticketCode":"x"}""", "forbidden")]
    [InlineData("GET", "/invitations/{0}-1", null, "not_found")]
    [InlineData("PUT", "/invitations/{0}-1/confirm", null, "not_found")]
    [InlineData("PUT", "/invitations/{0}-1/cancel", null, "not_found")]
    [InlineData("PUT", "/invitations/{0}-1/decline", null, "not_found")]
    [InlineData("PUT", "/invitations/{0}/seats/lock/{0}-h1", """{"extend":true}""", "not_found")]
    [InlineData("DELETE", "/invitations/{0}/seats/release?hold={0}-h1", null, "not_found")]
    [InlineData("GET", "/events/{0}/explain?invitation={0}-1", null, "not_found")]
    public async Task Stranger_IsRefused_WhereTheOwnerIsNot(string method, string path, string? body, string code)
    {
        var id = await server.EventAsync();
        (await server.John.PostAsync("/invitations", new { eventId = id })).Must(201);
        (await server.John.PostAsync($"/invitations/{id}/seats/lock", new { places = 1 })).Must(201);
        (await server.Jane.SendAsync(method, string.Format(path, id), body)).Must(code == "forbidden" ? 403 : 404, code);
        var allowed = await server.Owner.SendAsync(method, string.Format(path, id), body);
        Assert.True(allowed.Status < 500 && allowed.Status is not (401 or 403 or 404), $"{allowed.Status}: {allowed.Body}");
    }

    [Theory]
    [InlineData("{", "request.malformed")]
    [InlineData("[]", "request.malformed")]
    [InlineData("null", "request.malformed")]
    [InlineData("""{"seats":["1/1"],"price":1}""", "request.malformed")]
    [InlineData("""{"places":1,"places":2}""", "request.malformed")]
    [InlineData("""{"seats":[[[[[[[[["1/1"]]]]]]]]]}""", "request.invalid")]
    [InlineData("""{"places":"two"}""", "request.invalid")]
    [InlineData("""{"places":99999999999}""", "request.invalid")]
    [InlineData("""{"places":0}""", "request.invalid")]
    [InlineData("""{"seats":[]}""", "request.invalid")]
    [InlineData("{}", "request.invalid")]
    [InlineData("""{"seats":["9/9"]}""", "seats.unknown")]
    public async Task BadBody_GetsAClearError(string body, string code)
    {
        var id = await server.EventAsync();
        var answer = (await server.John.SendAsync("POST", $"/invitations/{id}/seats/lock", body)).Must(400, code);
        Assert.DoesNotContain("Seats.", answer.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TooLargeABody_IsRefused()
    {
        var id = await server.EventAsync();
        (await server.John.SendAsync("POST", $"/invitations/{id}/seats/lock", $$"""{"section":"{{new string('x', 20_000)}}"}""")).Must(413, "request.too_large");
    }

    [Fact]
    public async Task IdempotencyKey_GivesTheSameAnswerOnce()
    {
        var id = await server.EventAsync();
        var path = $"/invitations/{id}/seats/lock";
        var first = (await server.John.PostAsync(path, new { places = 1 }, ("Idempotency-Key", "k-1"))).Must(201);
        var again = (await server.John.PostAsync(path, new { places = 1 }, ("Idempotency-Key", "k-1"))).Must(201);
        Assert.Equal((first.Body, "true"), (again.Body, again.Headers["Idempotency-Replayed"]));
        (await server.John.PostAsync(path, new { places = 2 }, ("Idempotency-Key", "k-1"))).Must(422, "idempotency.other_body");
        Assert.NotEqual(first.Body, (await server.Jane.PostAsync(path, new { places = 1 }, ("Idempotency-Key", "k-1"))).Must(201).Body);
        (await server.John.PostAsync(path, new { places = 1 }, ("Idempotency-Key", new string('x', 65)))).Must(400, "idempotency.malformed");
        var made = (await server.John.PostAsync("/events", new { title = "T", eventDate = "2030-01-01T00:00:00", maxCapacity = 1 }, ("Idempotency-Key", "e-1"))).Must(201);
        Assert.Equal(made.Body, (await server.John.PostAsync("/events", new { title = "T", eventDate = "2030-01-01T00:00:00", maxCapacity = 1 }, ("Idempotency-Key", "e-1"))).Must(201).Body);
    }

    [Fact]
    public async Task IdempotencyKey_OnAccounts_MakesOneAccount()
    {
        var body = new { username = "keyed", email = "keyed@example.com", password = "password123", firstName = "K", lastName = "D" };
        var first = (await server.Anonymous.PostAsync("/auth/register", body, ("Idempotency-Key", "a-1"))).Must(201);
        Assert.Equal(first.Body, (await server.Anonymous.PostAsync("/auth/register", body, ("Idempotency-Key", "a-1"))).Must(201).Body);
        (await server.Anonymous.PostAsync("/auth/register", body)).Must(409, "account.taken");
        (await server.Anonymous.PostAsync("/auth/register", body with { username = "other" }, ("Idempotency-Key", "a-1"))).Must(422, "idempotency.other_body");
    }

    [Fact]
    public async Task UnlistedEvent_IsSeenWhenSignedIn_AndListedForItsOwner()
    {
        var id = await server.EventAsync(visibility: "UNLISTED");
        (await server.Anonymous.GetAsync($"/events/{id}")).Must(404, "not_found");
        (await server.Anonymous.GetAsync($"/events/{id}/seats")).Must(404, "not_found");
        (await server.John.GetAsync($"/events/{id}")).Must(200);
        (await server.John.GetAsync($"/invitations/event/{id}")).Must(404, "not_found");
    }

    [Fact]
    public async Task Administrator_SeesAllAccounts_OthersDoNot()
    {
        (await server.John.GetAsync("/api/users")).Must(403, "forbidden");
        Assert.Contains((await server.Admin.GetAsync("/api/users?query=john")).Must(200).Items, item => item.GetProperty("username").GetString() == "john.doe");
        Assert.Equal("Jon", (await server.John.PutAsync("/api/users/profile", new { firstName = "Jon" })).Must(200).Text("firstName"));
        Assert.Equal("Jon", (await server.John.GetAsync("/api/users/profile")).Must(200).Text("firstName"));
    }

    [Fact]
    public async Task Problems_AreToldInTheCallersLanguage_AndExplained()
    {
        var french = (await server.Anonymous.GetAsync("/events/999999", ("Accept-Language", "fr-FR,fr;q=0.9"))).Must(404, "not_found");
        Assert.Equal("Introuvable", french.Text("title"));
        Assert.Contains("Introuvable", (await server.Anonymous.GetAsync("/problems/not_found")).Must(200).Body, StringComparison.Ordinal);
        (await server.Anonymous.GetAsync("/problems/nonsense")).Must(404, "not_found");
        (await server.John.SendAsync("PATCH", "/events", null)).Must(405, "method.not_allowed");
        (await server.John.GetAsync("/nowhere")).Must(404, "not_found");
    }

    [Fact]
    public void EveryRefusal_HasAProblem()
    {
        foreach (var status in Enum.GetValues<RefusalStatus>()) Assert.NotEmpty(ProblemKinds.Of(status).Code);
    }

    [Fact]
    public async Task OpenApi_DescribesEveryCall()
    {
        var document = (await server.Anonymous.GetAsync("/openapi/v1.json")).Must(200);
        Assert.Equal("3.1.0", document.Text("openapi"));
        foreach (var endpoint in server.Endpoints.Where(endpoint => !endpoint.RoutePattern.RawText!.StartsWith("/health", StringComparison.Ordinal)))
            if (endpoint.RoutePattern.RawText is not ("/problems/{code}" or "/openapi/v1.json" or "/docs" or "/"))
                Assert.True(document["paths"].TryGetProperty(endpoint.RoutePattern.RawText!, out _), endpoint.RoutePattern.RawText);
    }

    [Fact]
    public async Task RefreshToken_IsUsedOnce()
    {
        var tokens = (await server.Anonymous.PostAsync("/auth/login", new { username = "jane.doe", password = "correct-horse-9" })).Must(200);
        Assert.Equal("Bearer", tokens.Text("token_type"));
        var refresh = new { refresh_token = tokens.Text("refresh_token") };
        (await server.Anonymous.PostAsync("/auth/refresh", refresh)).Must(200);
        (await server.Anonymous.PostAsync("/auth/refresh", refresh)).Must(401, "auth.invalid_token");
        (await server.Anonymous.PostAsync("/auth/login", new { username = "jane.doe", password = "wrong" })).Must(401, "auth.invalid_credentials");
    }

    private static string BaseOf(SeatsServer server) => server.Url;
}
