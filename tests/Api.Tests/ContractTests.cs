using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Seats.Api.Problems;
using Seats.Api.Requests;
using Seats.Core;

namespace Seats.Api.Tests;

/// <summary>What holds for every call.</summary>
[Collection(SharedServer.Name)]
public sealed class ContractTests(SeatsServer server)
{
    private static readonly string[] Open =
    [
        "POST /auth/register", "POST /auth/login", "POST /auth/refresh", "GET /auth/verify", "POST /auth/verify",
        "POST /auth/verify/resend", "GET /events", "GET /events/{id}", "GET /events/{id}/seats",
        "GET /tickets/keys", "GET /i/{token}", "POST /i/{token}/{answer}", "GET /invitations/by-token/{token}",
        "POST /invitations/by-token/{token}/confirm", "POST /invitations/by-token/{token}/decline", "POST /invitations/by-token/{token}/cancel",
        "GET /unsubscribe/{token}", "POST /unsubscribe/{token}", "GET /health/live", "GET /health/ready", "GET /problems/{code}", "GET /openapi/v1.json", "GET /docs", "GET /",
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
        var body = $$"""{"section":"{{new string('x', BodyLimit.Places)}}"}""";
        (await server.John.SendAsync("POST", $"/invitations/{id}/seats/lock", body)).Must(413, "request.too_large");
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
    public async Task IdempotencyKey_ThatNamesAnotherEventInItsBody_IsRefused()
    {
        var (first, second) = (await server.EventAsync(), await server.EventAsync());
        var made = (await server.John.PostAsync("/invitations", new { eventId = first, places = 1 }, ("Idempotency-Key", "two-events"))).Must(201);
        (await server.John.PostAsync("/invitations", new { eventId = second, places = 1 }, ("Idempotency-Key", "two-events"))).Must(422, "idempotency.other_body");
        var again = (await server.John.PostAsync("/invitations", new { eventId = first, places = 1 }, ("Idempotency-Key", "two-events"))).Must(201);
        Assert.Equal((made.Body, "true"), (again.Body, again.Headers["Idempotency-Replayed"]));
        Assert.Equal(0, (await server.John.GetAsync($"/events/{second}")).Must(200)["places"].GetProperty("invited").GetInt32());
    }

    [Fact]
    public async Task IdempotencyKey_OnAccounts_MakesOneAccount()
    {
        var body = new { username = "keyed", email = "keyed@example.com", password = "password123", firstName = "K", lastName = "D" };
        var first = (await server.Anonymous.PostAsync("/auth/register", body, ("Idempotency-Key", "a-1"))).Must(201);
        Assert.Equal(first.Body, (await server.Anonymous.PostAsync("/auth/register", body, ("Idempotency-Key", "a-1"))).Must(201).Body);
        (await server.Anonymous.PostAsync("/auth/register", body)).Must(409, "account.taken");
        foreach (var other in new[] { body with { username = "other" }, body with { firstName = "L" } })
            (await server.Anonymous.PostAsync("/auth/register", other, ("Idempotency-Key", "a-1"))).Must(422, "idempotency.other_body");
    }

    [Fact]
    public async Task IdempotencyKey_GivesARefusalAgain_ToTheLetter()
    {
        var id = await server.EventAsync();
        (await server.Jane.PostAsync($"/invitations/{id}/seats/lock", new { seats = new[] { "1/1" } })).Must(201);
        foreach (var (method, path, body, status) in new[]
        {
            ("POST", $"/invitations/{id}/seats/lock", """{"seats":["1/1"]}""", 409), ("PUT", $"/events/{id}", """{"title":"Mine"}""", 403),
            ("POST", "/events", """{"title":"T","eventDate":"2030-01-01T00:00:00","maxCapacity":0}""", 400), ("PUT", "/events/999999999", """{"title":"T"}""", 404),
        })
        {
            var first = (await server.John.SendAsync(method, path, body, ("Idempotency-Key", "refused"))).Must(status);
            var again = (await server.John.SendAsync(method, path, body, ("Idempotency-Key", "refused"))).Must(status);
            Assert.Equal((first.Body, "true"), (again.Body, again.Headers["Idempotency-Replayed"]));
        }
    }

    [Fact]
    public async Task IdempotencyKey_OnSignIn_GivesTheSameTokens_AndKeepsTheSession()
    {
        var credentials = new { username = "jane.doe", password = "correct-horse-9" };
        var tokens = (await server.Anonymous.PostAsync("/auth/login", credentials, ("Idempotency-Key", "in-1"))).Must(200);
        Assert.Equal(tokens.Body, (await server.Anonymous.PostAsync("/auth/login", credentials, ("Idempotency-Key", "in-1"))).Must(200).Body);
        (await server.Anonymous.PostAsync("/auth/login", credentials with { password = "other" }, ("Idempotency-Key", "in-1"))).Must(422, "idempotency.other_body");
        var refresh = new { refresh_token = tokens.Text("refresh_token") };
        var fresh = (await server.Anonymous.PostAsync("/auth/refresh", refresh, ("Idempotency-Key", "re-1"))).Must(200);
        Assert.Equal(fresh.Body, (await server.Anonymous.PostAsync("/auth/refresh", refresh, ("Idempotency-Key", "re-1"))).Must(200).Body);
        (await server.Anonymous.PostAsync("/auth/refresh", new { refresh_token = fresh.Text("refresh_token") })).Must(200);
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59-18:00")]
    [InlineData("9999-12-31T20:59:59Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("-0001-01-01T00:00:00Z")]
    [InlineData("2027-06-15T14:00:00+18:01")]
    [InlineData("3000-01-01T00:00:00Z")]
    [InlineData("tomorrow")]
    public async Task Time_BeyondTheCalendar_IsRefusedEverywhere(string time)
    {
        var id = await server.EventAsync();
        foreach (var member in new[] { "eventDate", "endDate", "salesFrom", "salesUntil", "offersUntil" })
        {
            var body = $$"""{"title":"T","eventDate":"2030-01-01T00:00:00Z","maxCapacity":1,"timeZone":"Pacific/Kiritimati","{{member}}":"{{time}}"}""";
            if (member == "eventDate") body = body.Replace("\"eventDate\":\"2030-01-01T00:00:00Z\",", "", StringComparison.Ordinal);
            Assert.True((await server.Owner.SendAsync("POST", "/events", body)).Must(400, "request.invalid")["errors"].TryGetProperty(member, out _));
            (await server.Owner.SendAsync("PUT", $"/events/{id}", $$"""{"{{member}}":"{{time}}"}""")).Must(400, "request.invalid");
        }
        (await server.Anonymous.GetAsync($"/events?from={Uri.EscapeDataString(time)}")).Must(400, "request.invalid");
    }

    [Theory]
    [InlineData("        ")]
    [InlineData("\t\t\t\t\t\t\t\t\t")]
    public async Task Register_WithAPasswordOfNothing_NamesTheMember(string password)
    {
        var answer = (await server.Anonymous.PostAsync("/auth/register", new { username = "blank", email = "blank@example.com", password, firstName = "A", lastName = "B" })).Must(400, "request.invalid");
        Assert.True(answer["errors"].TryGetProperty("password", out _));
    }

    [Fact]
    public async Task Head_AnswersAsGet_WithoutABody()
    {
        var id = await server.EventAsync();
        foreach (var path in new[] { "/health/ready", "/events", $"/events/{id}", $"/events/{id}/seats", "/docs", "/problems/not_found" })
            Assert.Equal((200, ""), ((await server.Anonymous.SendAsync("HEAD", path, null)) is var head ? (head.Status, head.Body) : default));
        Assert.Equal("\"1\"", (await server.Anonymous.SendAsync("HEAD", $"/events/{id}", null)).Headers["ETag"]);
    }

    [Theory]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("GET", "/auth/login", 405)]
    [InlineData("PATCH", "/events/1", 405)]
    [InlineData("TRACE", "/events", 405)]
    public async Task WhatIsNowhere_IsSaidBeforeSignIn(string method, string path, int status)
    {
        var answer = (await server.Anonymous.SendAsync(method, path, null)).Must(status, status == 404 ? "not_found" : "method.not_allowed");
        Assert.Equal(status == 405, answer.Headers.ContainsKey("Allow"));
    }

    [Theory]
    [InlineData("fr-FR,fr;q=0.9", true)]
    [InlineData("en;q=0.1, fr;q=0.9", true)]
    [InlineData("fr;q=0, en", false)]
    [InlineData("fr;q=0", false)]
    [InlineData("de, fr;q=0.5", true)]
    [InlineData("en, fr", false)]
    public async Task Language_IsTheOneWantedMost(string wanted, bool french)
    {
        var answer = (await server.Anonymous.GetAsync("/events/999999", ("Accept-Language", wanted))).Must(404);
        Assert.Equal((french ? "Introuvable" : "Not found", french ? "fr" : "en"), (answer.Text("title"), answer.Headers["Content-Language"]));
    }

    [Theory]
    [InlineData("application/json; charset=utf-16", null, 415)]
    [InlineData("text/plain", null, 415)]
    [InlineData("application/json", "gzip", 415)]
    [InlineData("application/json; charset=UTF-8", "identity", 201)]
    public async Task Body_IsJsonInUtf8_AsItIs(string type, string? encoding, int status)
    {
        var id = await server.EventAsync();
        var answer = await server.John.SendAsync("POST", $"/invitations/{id}/seats/lock", """{"places":1}""", ("Content-Type", type), ("Content-Encoding", encoding ?? ""));
        answer.Must(status, status == 415 ? "request.not_json" : null);
    }

    [Fact]
    public async Task UnlistedEvent_LooksLikeNone_ToWhoIsNotSignedIn()
    {
        var (unlisted, none) = ($"{await server.EventAsync(visibility: "UNLISTED")}", "999999999");
        var (hidden, missing) = (await server.Anonymous.GetAsync($"/events/{unlisted}"), await server.Anonymous.GetAsync($"/events/{none}"));
        Assert.False(hidden.Headers.ContainsKey("ETag"));
        string Plain(Answer answer) => System.Text.RegularExpressions.Regex.Replace(answer.Body, "\"traceId\":\"[0-9a-f]*\"", "");
        Assert.Equal(Plain(missing.Must(404, "not_found")), Plain(hidden.Must(404, "not_found")));
    }

    [Fact]
    public async Task Version_IsInEveryAnswerAboutAnEvent_AndItsETag()
    {
        var id = await server.EventAsync();
        (await server.John.PostAsync($"/invitations/{id}/seats/lock", new { seats = new[] { "1/1" } })).Must(201);
        foreach (var (client, method, path) in new[]
        {
            (server.Owner, "GET", $"/events/{id}"), (server.Owner, "GET", $"/events/{id}/waitlist"), (server.Owner, "GET", $"/invitations/event/{id}"), (server.Owner, "GET", $"/events/{id}/seats"),
            (server.John, "GET", $"/invitations/{id}/seats/lock"), (server.John, "GET", $"/invitations/{id}/seats/lock/{id}-h1"), (server.John, "GET", $"/events/{id}/explain?place=1/1"),
            (server.John, "PUT", $"/events/{id}"), (server.John, "POST", $"/events/{id}/waitlist/confirm"),
        })
        {
            var answer = await client.SendAsync(method, path, method == "PUT" ? """{"title":"Mine"}""" : null);
            Assert.Equal("\"2\"", answer.Headers["ETag"]);
            Assert.Equal(2, answer["version"].GetInt64());
        }
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
    public async Task UnlistedEvent_HasAnIdThatNobodyFindsByCounting()
    {
        var listed = await server.EventAsync();
        var id = await server.EventAsync(visibility: "UNLISTED");
        Assert.InRange(id, 1L << 40, (1L << 53) - 1);
        Assert.InRange(await server.EventAsync(), listed + 1, 1L << 40);
        var hold = (await server.John.PostAsync($"/invitations/{id}/seats/lock", new { seats = new[] { "1/1" } })).Must(201);
        var invitation = (await server.John.PostAsync("/invitations", new { eventId = id, hold = hold.Text("id"), confirm = true })).Must(201);
        (await server.John.GetAsync($"/invitations/{invitation.Text("id")}")).Must(200);
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
        server.Document!.CheckItself();
        foreach (var endpoint in server.Endpoints)
            if (endpoint.RoutePattern.RawText is not ("/problems/{code}" or "/i/{token}" or "/i/{token}/{answer}" or "/unsubscribe/{token}" or "/openapi/v1.json" or "/docs" or "/"))
                Assert.True(document["paths"].TryGetProperty(endpoint.RoutePattern.RawText!, out _), endpoint.RoutePattern.RawText);
    }

    [Theory]
    [InlineData("POST", "/auth/register", """{"username":"john.doe","email":"john.doe@example.com","password":"password123","firstName":"John","lastName":"Doe"}""", true)]
    [InlineData("POST", "/events", """{"title":"Conférence Tech 2027","description":"…","location":"Centre de Congrès","eventDate":"2027-06-15T14:00:00","maxCapacity":100,"waitlistEnabled":true}""", true)]
    [InlineData("POST", "/events", """{"title":"T","eventDate":"2027-06-15T14:00:00","seating":{"sections":[{"id":"main","rows":[{"row":1,"seats":10}]}]}}""", true)]
    [InlineData("POST", "/events", """{"title":"T","eventDate":"2027-06-15T14:00:00","seating":"GENERAL","visibility":null}""", true)]
    [InlineData("POST", "/events", """{"eventDate":"2027-06-15T14:00:00"}""", false)]
    [InlineData("POST", "/events", """{"title":"T","eventDate":"2027-06-15T14:00:00","price":1}""", false)]
    [InlineData("PUT", "/events/{id}", """{"maxCapacity":30}""", true)]
    [InlineData("POST", "/invitations", """{"eventId":1,"userEmail":"john.doe@example.com","seatRow":1,"seatNumber":5}""", true)]
    [InlineData("POST", "/events/{id}/waitlist/join", "{}", true)]
    public void OpenApi_SaysWhatABodyMayHold(string method, string path, string body, bool taken) => Assert.Equal(taken, server.Document!.Takes(method, path, body));

    private static string BaseOf(SeatsServer server) => server.Url;
}
