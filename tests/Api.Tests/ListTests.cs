using Seats.Core;

namespace Seats.Api.Tests;

/// <summary>Lists are as available as their events, each for itself.</summary>
[Collection(SharedServer.Name)]
public sealed class ListTests(SeatsServer server)
{
    // Far from each other: ids that are handed out go on from the largest there is.
    private const int Damaged = 888_888;
    private const int DamagedToo = 88_888_888;

    [Fact]
    public async Task EventWithAPlanOfRows_IsListed_AlsoWhenItIsCancelled()
    {
        const string rows = """[{"row":"A","seats":3,"first":1,"gaps":[2]}]""";
        const string seating = $$"""{"sections":[{"id":"main","name":"Main","category":"standard","rows":{{rows}}}]}""";
        var body = $$"""{"title":"Listed in rows","eventDate":"2031-05-05T20:00","seating":{{seating}}}""";
        var id = (await server.Owner.SendAsync("POST", "/events", body)).Must(201)["id"].GetInt64();
        foreach (var client in new[] { server.Anonymous, server.Owner })
        {
            var item = Assert.Single((await client.GetAsync("/events?query=listed in rows")).Must(200).Items);
            Assert.Equal(seating, item.GetProperty("seating").GetRawText());
        }
        (await server.Owner.DeleteAsync($"/events/{id}")).Must(200);
        Assert.Empty((await server.Anonymous.GetAsync("/events?query=listed in rows")).Must(200).Items);
        var cancelled = Assert.Single((await server.Anonymous.GetAsync("/events?query=listed in rows&state=CANCELLED")).Must(200).Items);
        Assert.Equal("CANCELLED", cancelled.GetProperty("state").GetString());
    }

    [Fact]
    public async Task EventThatCannotBeShown_IsNamed_AndTheOthersAreListedToTheEnd()
    {
        var ids = new List<long>();
        foreach (var day in new[] { 1, 3, 5 })
        {
            var body = new { title = "Weak link", eventDate = $"2031-06-0{day}T20:00", maxCapacity = 5 };
            ids.Add((await server.Owner.PostAsync("/events", body)).Must(201)["id"].GetInt64());
        }
        await DamageAsync(Damaged, $"""
            insert into event_index (event_id, title, location, visibility, state, starts_at, ends_at, search)
            select {Damaged}, title, location, visibility, state, '2031-06-02T20:00:00.000000Z', ends_at, search
            from event_index where event_id = {ids[0]};
            """);
        try
        {
            var first = (await server.Anonymous.GetAsync("/events?query=weak link&limit=2")).Must(200);
            Assert.Equal(ids[0], Assert.Single(first.Items).GetProperty("id").GetInt64());
            Assert.Equal([Damaged], first["unavailable"].EnumerateArray().Select(id => id.GetInt32()));
            var rest = (await server.Anonymous.GetAsync($"/events?query=weak link&limit=2&cursor={first.Text("next")}")).Must(200);
            Assert.Equal(ids[1..], rest.Items.Select(item => item.GetProperty("id").GetInt64()));
            Assert.DoesNotContain("unavailable", rest.Body, StringComparison.Ordinal);
        }
        finally
        {
            await ForgetAsync(Damaged);
        }
    }

    [Fact]
    public async Task InvitationOfAnEventThatCannotBeShown_IsLeftOut_AndTheEventNamed()
    {
        var guest = await server.RegisterAsync("weak.guest");
        var sound = await server.EventAsync();
        (await guest.PostAsync("/invitations", new { eventId = sound })).Must(201);
        await DamageAsync(DamagedToo, $"""
            insert into invitation_index (event_id, number, person_id, email, created_at)
            select {DamagedToo}, number, person_id, email, created_at from invitation_index where event_id = {sound};
            """);
        try
        {
            foreach (var path in new[] { "/invitations", "/invitations/user/weak.guest@example.com" })
            {
                var mine = (await guest.GetAsync(path)).Must(200);
                Assert.Equal($"{sound}-1", Assert.Single(mine.Items).GetProperty("id").GetString());
                Assert.Equal([DamagedToo], mine["unavailable"].EnumerateArray().Select(id => id.GetInt32()));
            }
        }
        finally
        {
            await ForgetAsync(DamagedToo);
        }
    }

    /// <summary>An event whose journal nobody can read, listed as another one is.</summary>
    private Task DamageAsync(int eventId, string listed) => server.TamperAsync($$"""
        insert into heads (event_id, version) values ({{eventId}}, 1);
        insert into journal (event_id, version, at, body_hash, kinds, facts)
        values ({{eventId}}, 1, '2027-01-01T00:00:00.000000Z', 0, 'SeatsTeleported', '[{"fact":"SeatsTeleported"}]');
        {{listed}}
        """);

    private Task ForgetAsync(int eventId)
    {
        var tables = new[] { "journal", "heads", "event_index", "invitation_index" };
        return server.TamperAsync(string.Concat(tables.Select(table => $"delete from {table} where event_id = {eventId};")));
    }
}
