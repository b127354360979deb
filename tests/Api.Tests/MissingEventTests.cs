using Microsoft.AspNetCore.Routing;
using Seats.Core;

namespace Seats.Api.Tests;

/// <summary>Ids of events that do not exist: they are told apart before an event is called.</summary>
[Collection(SharedServer.Name)]
public sealed class MissingEventTests(SeatsServer server)
{
    // What each call needs to come as far as the event.
    private static readonly Dictionary<string, string> Bodies = new()
    {
        ["PUT /events/{id}"] = """{"title":"T","eventDate":"2030-01-01T10:00"}""",
        ["POST /events/{id}/seats/block"] = """{"seats":["1/1"]}""",
        ["POST /events/{id}/seats/unblock"] = """{"seats":["1/1"]}""",
        ["POST /events/{id}/check-in"] = """{"ticketCode":"x"}""",
        ["DELETE /events/{id}/check-in"] = """{"ticketCode":"x"}""",
        ["POST /invitations/{eventId}/seats/lock"] = """{"places":1}""",
        ["PUT /invitations/{eventId}/seats/lock/{holdId}"] = """{"extend":true}""",
    };

    [Fact]
    public async Task EveryCallThatNamesAnEvent_SaysNotFound_AndActivatesNothing()
    {
        var made = 900_000_000_000;
        var calls = server.Endpoints.SelectMany(CallsOf).Where(call => NamesAnEvent(call.Path))
            .Select(call => (call.Method, call.Path, Body: Bodies.GetValueOrDefault($"{call.Method} {call.Path}")))
            .Append(("POST", "/invitations", """{"eventId":{eventId}}""")).Append(("GET", "/notifications?event={eventId}", null)).ToList();
        Assert.True(calls.Count > 25, $"{calls.Count} calls");
        foreach (var (method, path, body) in calls)
        {
            made++;
            var query = path.EndsWith("/explain", StringComparison.Ordinal) ? "?place=1/1" : "";
            var isInvitation = path.StartsWith("/invitations/{id}", StringComparison.Ordinal);
            var concrete = path.Replace("{id}", isInvitation ? $"{made}-1" : $"{made}").Replace("{holdId}", $"{made}-h1");
            concrete = concrete.Replace("{eventId}", $"{made}");
            (await server.John.SendAsync(method, concrete + query, body?.Replace("{eventId}", $"{made}"))).Must(404, "not_found");
            Assert.False(server.Called.Contains(made), $"{method} {path} called the event");
        }
        var id = await server.EventAsync();
        (await server.John.GetAsync($"/events/{id}")).Must(200);
        Assert.True(server.Called.Contains(id));
    }

    [Fact]
    public async Task KeyedCommand_ForNoEvent_IsAnsweredAlikeWhenItComesAgain()
    {
        const string path = "/events/910000000000/pause";
        var first = (await server.John.PostAsync(path, null, ("Idempotency-Key", "missing"))).Must(404, "not_found");
        var again = (await server.John.PostAsync(path, null, ("Idempotency-Key", "missing"))).Must(404, "not_found");
        Assert.Equal((first.Body, "true"), (again.Body, again.Headers["Idempotency-Replayed"]));
        Assert.False(first.Headers.ContainsKey("Idempotency-Replayed"));
        (await server.John.SendAsync("POST", path, "{ }", ("Idempotency-Key", "missing"))).Must(422, "idempotency.other_body");
    }

    [Fact]
    public async Task EventMadeAMomentAgo_IsFound_ThoughItWasAskedForBefore()
    {
        var id = await server.EventAsync();
        (await server.John.GetAsync($"/events/{id + 1}")).Must(404, "not_found");
        var next = await server.EventAsync();
        Assert.Equal(id + 1, next);
        (await server.John.GetAsync($"/events/{next}")).Must(200);
        (await server.John.GetAsync($"/events/{next}/seats")).Must(200);
    }

    [Fact]
    public async Task EventWhoseCreationWasRefused_DoesNotExist()
    {
        var before = await server.EventAsync();
        var body = new { title = "T", eventDate = "2030-01-01T00:00:00", maxCapacity = 0 };
        (await server.Owner.PostAsync("/events", body)).Must(400, "request.invalid");
        (await server.Owner.GetAsync($"/events/{before + 1}")).Must(404, "not_found");
        (await server.Owner.GetAsync($"/events/{before + 1}/seats")).Must(404, "not_found");
    }

    private static IEnumerable<(string Method, string Path)> CallsOf(RouteEndpoint endpoint) =>
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
        select (method, "/" + endpoint.RoutePattern.RawText!.TrimStart('/'));

    private static bool NamesAnEvent(string path) =>
        path.StartsWith("/events/{", StringComparison.Ordinal)
        || path.StartsWith("/invitations/", StringComparison.Ordinal) && !path.EndsWith("{email}", StringComparison.Ordinal);
}
