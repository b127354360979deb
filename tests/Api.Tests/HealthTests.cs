using Seats.Core;

namespace Seats.Api.Tests;

/// <summary>What a node says of its health.</summary>
[Collection(SharedServer.Name)]
public sealed class HealthTests(SeatsServer server)
{
    private const int Damaged = 777_777;

    [Fact]
    public async Task DamagedEvent_StopsAlone_AndHealthSaysWhichAndWhere()
    {
        var sound = await server.EventAsync();
        await server.TamperAsync($$"""
            insert into heads (event_id, version) values ({{Damaged}}, 1);
            insert into journal (event_id, version, at, body_hash, kinds, facts)
            values ({{Damaged}}, 1, '2027-01-01T00:00:00.000000Z', 0, 'SeatsHeld', '[{"hold":7}]');
            """);
        try
        {
            var refused = (await server.Anonymous.GetAsync($"/events/{Damaged}")).Must(503, "unavailable");
            Assert.Equal("not-applied", refused.Headers["Seats-Outcome"]);
            Assert.Equal(("60", false), (refused.Headers["Retry-After"], refused["retryable"].GetBoolean()));
            var health = (await server.Anonymous.GetAsync("/health/ready")).Must(200);
            Assert.Contains("stopped at version 1:", health["stoppedEvents"].GetProperty($"{Damaged}").GetString(), StringComparison.Ordinal);
            (await server.Anonymous.GetAsync($"/events/{sound}")).Must(200);
            // Lists leave it out, and show the others.
            await server.TamperAsync($"insert into event_index (event_id, title, location, visibility, state, starts_at, ends_at, search) select {Damaged}, title, location, visibility, state, starts_at, ends_at, 'damaged first night' from event_index where event_id = {sound}; update event_index set search = 'damaged first night' where event_id = {sound};");
            Assert.Equal(sound, Assert.Single((await server.Anonymous.GetAsync("/events?query=damaged")).Must(200).Items).GetProperty("id").GetInt64());
        }
        finally
        {
            await server.TamperAsync($"delete from journal where event_id = {Damaged}; delete from heads where event_id = {Damaged}; delete from event_index where event_id = {Damaged};");
        }
    }
}
