using Seats.Core;

namespace Seats.Api.Tests;

/// <summary>
/// Who may do what: every call by somebody who is not signed in, a stranger, the person it is about, the event's owner, and an administrator.
/// Each meets an event of the owner's on which John has invitation 1 (pending), a ticket (invitation 2) and hold 1, and seat 1/9 is blocked.
/// </summary>
[Collection(SharedServer.Name)]
public sealed class RolesTests(SeatsServer server)
{
    private const string Johns = "john.doe@example.com";

    /// <summary>A call, and the status each gets: anonymous, stranger, person, owner, administrator.</summary>
    private static readonly (string Method, string Path, string? Body, int[] Statuses)[] Calls =
    [
        ("GET", "/events", null, All(200)),
        ("POST", "/events", """{"title":"Mine","eventDate":"2030-01-01T00:00:00","maxCapacity":1}""", SignedIn(201)),
        ("GET", "/events/{id}", null, All(200)),
        ("PUT", "/events/{id}", """{"title":"Second night"}""", Organisers(200)),
        ("DELETE", "/events/{id}", null, Organisers(200)),
        ("POST", "/events/{id}/pause", null, Organisers(200)),
        ("POST", "/events/{id}/resume", null, Organisers(200)),
        ("GET", "/events/{id}/seats", null, All(200)),
        ("POST", "/events/{id}/seats/block", """{"seats":["1/8"]}""", Organisers(200)),
        ("POST", "/events/{id}/seats/unblock", """{"seats":["1/9"]}""", Organisers(200)),
        ("POST", "/events/{id}/waitlist/join", null, SignedIn(201)),
        ("POST", "/events/{id}/waitlist/confirm", null, SignedIn(409)),
        ("DELETE", "/events/{id}/waitlist/leave", null, SignedIn(404)),
        ("GET", "/events/{id}/waitlist/me", null, SignedIn(404)),
        ("GET", "/events/{id}/waitlist", null, Organisers(200)),
        ("GET", "/events/{id}/explain?place=1/1", null, SignedIn(200)),
        ("GET", "/events/{id}/explain?invitation={id}-1", null, TheirsOrOrganisers(200)),
        ("POST", "/events/{id}/check-in", """{"ticketCode":"{ticket}"}""", Organisers(200)),
        ("DELETE", "/events/{id}/check-in", """{"ticketCode":"{ticket}"}""", Organisers(409)),
        ("GET", "/invitations", null, SignedIn(200)),
        ("POST", "/invitations", """{"eventId":{id}}""", SignedIn(201)),
        ("POST", "/invitations", """{"eventId":{id},"userEmail":"guest@example.com"}""", Organisers(201)),
        ("GET", "/invitations/{id}-1", null, TheirsOrOrganisers(200)),
        ("PUT", "/invitations/{id}-1/confirm", null, TheirsOrOrganisers(200)),
        ("PUT", "/invitations/{id}-1/cancel", null, TheirsOrOrganisers(200)),
        ("PUT", "/invitations/{id}-1/decline", null, TheirsOrOrganisers(200)),
        ("GET", "/i/none", null, All(404)),
        ("POST", "/i/none/confirm", null, All(404)),
        ("GET", "/invitations/by-token/none", null, All(404)),
        ("POST", "/invitations/by-token/none/confirm", null, All(404)),
        ("POST", "/invitations/by-token/none/decline", null, All(404)),
        ("POST", "/invitations/by-token/none/cancel", null, All(404)),
        ("GET", "/invitations/event/{id}", null, Organisers(200)),
        ("GET", $"/invitations/user/{Johns}", null, [401, 403, 200, 403, 200]),
        ("POST", "/invitations/{id}/seats/lock", """{"places":1}""", SignedIn(201)),
        ("GET", "/invitations/{id}/seats/lock", null, SignedIn(200)),
        ("GET", "/invitations/{id}/seats/lock/{id}-h1", null, TheirsOrOrganisers(200)),
        ("PUT", "/invitations/{id}/seats/lock/{id}-h1", """{"extend":true}""", TheirsOrOrganisers(200)),
        ("DELETE", "/invitations/{id}/seats/release?hold={id}-h1", null, TheirsOrOrganisers(200)),
        ("GET", "/notifications", null, Administrators(200)),
        ("GET", "/notifications?event={id}", null, Organisers(200)),
        ("GET", $"/notifications?recipient={Johns}", null, [401, 403, 200, 403, 200]),
        ("GET", "/notifications/dead-letters", null, Administrators(200)),
        ("POST", "/notifications/dead-letters/replay-all?event={id}", null, Administrators(200)),
        ("POST", "/notifications/dead-letters/999999/replay", null, Administrators(404)),
        ("DELETE", "/notifications/dead-letters/999999", null, Administrators(404)),
        ("GET", "/api/metrics/resilience", null, Administrators(200)),
        ("GET", "/api/metrics/resilience4j", null, Administrators(200)),
        ("GET", "/api/users", null, Administrators(200)),
        ("GET", "/api/users/profile", null, SignedIn(200)),
        ("PUT", "/api/users/profile", """{"locale":"en"}""", SignedIn(200)),
        ("POST", "/auth/register", "{}", All(400)),
        ("POST", "/auth/login", "{}", All(400)),
        ("POST", "/auth/refresh", "{}", All(400)),
        ("GET", "/auth/verify?token=nonsense", null, All(400)),
        ("POST", "/auth/verify", "{}", All(400)),
        ("POST", "/auth/verify/resend", null, [400, 202, 202, 202, 202]),
        ("POST", "/auth/verify/resend", "{\"email\":\"nobody@example.com\"}", All(202)),
        ("GET", "/tickets/keys", null, All(200)),
        ("GET", "/unsubscribe/nonsense", null, All(404)),
        ("POST", "/unsubscribe/nonsense", null, All(404)),
        ("GET", "/health/live", null, All(200)),
        ("GET", "/health/ready", null, All(200)),
        ("GET", "/problems/not_found", null, All(200)),
        ("GET", "/openapi/v1.json", null, All(200)),
        ("GET", "/docs", null, All(200)),
        ("GET", "/", null, All(200)),
    ];

    public static TheoryData<int> Numbers() => [.. Enumerable.Range(0, Calls.Length)];

    [Theory, MemberData(nameof(Numbers))]
    public async Task Call_IsAnsweredByRole(int number)
    {
        var (method, path, body, statuses) = Calls[number];
        Client[] callers = [server.Anonymous, server.Jane, server.John, server.Owner, server.Admin];
        var got = new List<int>();
        foreach (var caller in callers)
        {
            var (id, ticket) = await SceneAsync();
            string Filled(string text) => text.Replace("{id}", $"{id}", StringComparison.Ordinal).Replace("{ticket}", ticket, StringComparison.Ordinal);
            got.Add((await caller.SendAsync(method, Filled(path), body is null ? null : Filled(body))).Status);
        }
        Assert.True(statuses.SequenceEqual(got), $"{method} {path}: {string.Join(", ", got)} instead of {string.Join(", ", statuses)}");
    }

    [Fact]
    public void EveryRoute_IsTried()
    {
        var tried = Calls.Select(call => call.Method + " " + call.Path.Split('?')[0]).ToArray();
        var missing = server.Endpoints
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.HttpMethodMetadata>()!.HttpMethods.Select(method => (Method: method, endpoint.RoutePattern)))
            .Where(route => !tried.Any(call => Matches(route.Method + " /" + route.RoutePattern.RawText!.TrimStart('/'), call)));
        Assert.Empty(missing.Select(route => $"{route.Method} {route.RoutePattern.RawText}"));
    }

    private static bool Matches(string route, string call)
    {
        var (routeParts, callParts) = (route.Split('/'), call.Split('/'));
        return routeParts.Length == callParts.Length && routeParts.Zip(callParts).All(pair => pair.First == pair.Second || pair.First.StartsWith('{'));
    }

    private async Task<(long Id, string Ticket)> SceneAsync()
    {
        var id = await server.EventAsync();
        (await server.John.PostAsync("/invitations", new { eventId = id, seatRow = 1, seatNumber = 1 })).Must(201);
        var ticket = (await server.John.PostAsync("/invitations", new { eventId = id, seatRow = 1, seatNumber = 4, confirm = true })).Must(201).Text("ticketCode");
        (await server.John.PostAsync($"/invitations/{id}/seats/lock", new { seats = new[] { "1/2" } })).Must(201);
        (await server.Owner.PostAsync($"/events/{id}/seats/block", new { seats = new[] { "1/9" } })).Must(200);
        return (id, ticket);
    }

    private static int[] All(int status) => [status, status, status, status, status];

    private static int[] SignedIn(int status) => [401, status, status, status, status];

    private static int[] Organisers(int status) => [401, 403, 403, status, status];

    private static int[] TheirsOrOrganisers(int status) => [401, 404, status, status, status];

    private static int[] Administrators(int status) => [401, 403, 403, 403, status];
}
