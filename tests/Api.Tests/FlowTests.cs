using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Seats.Core;

namespace Seats.Api.Tests;

/// <summary>What people do, from end to end.</summary>
[Collection(SharedServer.Name)]
public sealed class FlowTests(SeatsServer server)
{
    [Fact]
    public async Task Lock_Register_Confirm_TakesTheSeat()
    {
        var id = await server.EventAsync();
        var hold = (await server.John.PostAsync($"/invitations/{id}/seats/lock", new { seats = new[] { "1/5", "1/6" } })).Must(201);
        Assert.Equal($"{id}-h1", hold.Text("id"));
        Assert.Equal("\"2\"", hold.Headers["ETag"]);
        var made = (await server.John.PostAsync("/invitations", new { eventId = id, hold = $"{id}-h1" })).Must(201);
        Assert.Equal("PENDING", made.Text("status"));
        var confirmed = (await server.John.PutAsync($"/invitations/{id}-1/confirm")).Must(200);
        Assert.Equal(("CONFIRMED", 102), (confirmed.Text("status"), confirmed.Text("ticketCode").Length));
        Assert.Contains("\"states\":\"FFFFTTFFFF\"", (await server.Anonymous.GetAsync($"/events/{id}/seats")).Must(200).Body, StringComparison.Ordinal);
        (await server.Jane.PostAsync($"/invitations/{id}/seats/lock", new { seatRow = 1, seatNumber = 5 })).Must(409, "seats.taken");
        (await server.John.DeleteAsync($"/invitations/{id}/seats/release?hold={id}-h1")).Must(409, "hold.expired");
    }

    [Fact]
    public async Task Plan_OfTheOrganisersOwn_IsMade_Read_WrittenBack_AndSold()
    {
        const string plan = """{"sections":[{"id":"main","name":"Main floor","category":"standard","rows":[{"row":"AA","seats":10,"first":101,"gaps":[5]},{"row":1,"seats":4}]},{"id":"floor","name":"Standing","category":"standing","capacity":500}]}""";
        var made = (await server.Owner.SendAsync("POST", "/events", $$"""{"title":"Planned","eventDate":"2030-06-15T20:00:00","seating":{{plan}}}""")).Must(201);
        var id = made["id"].GetInt64();
        Assert.Equal((513, 2), (made["places"].GetProperty("total").GetInt32(), made["sections"].GetArrayLength()));
        Assert.Equal(1, (await server.Owner.SendAsync("PUT", $"/events/{id}", $$"""{"seating":{{made["seating"]}}}""")).Must(200)["version"].GetInt64());
        Assert.Equal(["floor", "main/AA/104"], (await server.John.PostAsync($"/invitations/{id}/seats/lock", new { seats = new[] { "main/AA/104", "floor" } })).Must(201)["seats"].EnumerateArray().Select(seat => seat.GetString()).Order());
        Assert.Contains("""{"row":"AA","first":101,"states":"FFFH-FFFFF"},{"row":"1","first":1,"states":"FFFF"}""", (await server.Anonymous.GetAsync($"/events/{id}/seats")).Must(200).Body, StringComparison.Ordinal);
        (await server.John.GetAsync($"/events/{id}/explain?place=floor")).Must(200);
        (await server.Owner.SendAsync("PUT", $"/events/{id}", $$"""{"seating":{{plan.Replace("\"capacity\":500", "\"capacity\":2", StringComparison.Ordinal)}}}""")).Must(200);
        (await server.Owner.SendAsync("PUT", $"/events/{id}", """{"seating":{"sections":[{"id":"floor","capacity":5}]}}""")).Must(409, "seating.taken");
        foreach (var (wrong, member) in new[]
        {
            ("{}", "seating.sections"), ("""{"sections":[]}""", "seating.sections"), ("""{"sections":[{"id":"a"}]}""", "seating.sections[0].rows"),
            ("""{"sections":[{"id":"a","capacity":"many"}]}""", "seating.sections[0].capacity"), ("""{"sections":[{"id":"a","rows":[{"row":"1","seats":5,"gaps":[6]}]}]}""", "seating.sections[0].rows[0].gaps"),
        })
            Assert.Equal(member, (await server.Owner.SendAsync("POST", "/events", $$"""{"title":"P","eventDate":"2030-06-15T20:00:00","seating":{{wrong}}}""")).Must(400, "request.invalid")["errors"].EnumerateObject().Single().Name);
    }

    [Fact]
    public async Task Seat_ThatOneHolds_IsRegisteredByItsName()
    {
        var id = await server.EventAsync();
        (await server.John.PostAsync($"/invitations/{id}/seats/lock", new { seats = new[] { "1/5", "1/6" } })).Must(201);
        var made = (await server.John.PostAsync("/invitations", new { eventId = id, userEmail = "john.doe@example.com", seatRow = 1, seatNumber = 5 })).Must(201);
        Assert.Equal("main/1/5", made["seats"][0].GetString());
        (await server.Jane.PostAsync("/invitations", new { eventId = id, seatRow = 1, seatNumber = 6 })).Must(409, "seats.taken");
    }

    [Fact]
    public async Task Holds_ArePaged_ReadOneByOne_AndReleasedAsMeant()
    {
        var id = await server.EventAsync();
        for (var seat = 1; seat <= 5; seat++) (await server.John.PostAsync($"/invitations/{id}/seats/lock", new { seatRow = 1, seatNumber = seat })).Must(201);
        var page = (await server.John.GetAsync($"/invitations/{id}/seats/lock?limit=3")).Must(200);
        var rest = (await server.John.GetAsync($"/invitations/{id}/seats/lock?limit=3&cursor={page.Text("next")}")).Must(200);
        Assert.Equal((3, 2), (page.Items.Count, rest.Items.Count));
        Assert.Equal($"{id}-h2", (await server.John.GetAsync($"/invitations/{id}/seats/lock/{id}-h2")).Must(200).Text("id"));
        (await server.John.GetAsync($"/invitations/{id}/seats/lock/{id}-h02")).Must(404, "not_found");
        foreach (var meant in new[] { "holds=x", $"hold={id}-h2&seats=", "hold=" })
            (await server.John.DeleteAsync($"/invitations/{id}/seats/release?{meant}")).Must(400, "request.invalid");
        Assert.Single((await server.John.DeleteAsync($"/invitations/{id}/seats/release?hold={id}-h2")).Must(200)["released"].EnumerateArray());
        Assert.Equal(4, (await server.John.DeleteAsync($"/invitations/{id}/seats/release")).Must(200)["released"].GetArrayLength());
        Assert.Empty((await server.John.DeleteAsync($"/invitations/{id}/seats/release")).Must(200)["released"].EnumerateArray());
    }

    [Theory]
    [InlineData("\"1\"", 304)]
    [InlineData("W/\"1\"", 304)]
    [InlineData("\"999\", \"1\"", 304)]
    [InlineData("*", 304)]
    [InlineData("\"999\"", 200)]
    [InlineData("1", 200)]
    public async Task Map_IsNotSentAgain_ToWhoHasIt(string known, int status)
    {
        var id = await server.EventAsync();
        (await server.Anonymous.GetAsync($"/events/{id}/seats", ("If-None-Match", known))).Must(status);
    }

    [Theory]
    [InlineData("gzip, br", "br")]
    [InlineData("br;q=0.5, gzip;q=1", "gzip")]
    [InlineData("gzip;q=0", null)]
    [InlineData("br;q=0, gzip;q=0", null)]
    [InlineData("*", "br")]
    [InlineData("identity", null)]
    public async Task Map_ComesInTheCodingWantedMost(string wanted, string? coding)
    {
        var id = await server.EventAsync();
        Assert.Equal(coding, (await server.Anonymous.GetAsync($"/events/{id}/seats", ("Accept-Encoding", wanted))).Must(200).Headers.GetValueOrDefault("Content-Encoding"));
    }

    [Fact]
    public async Task Search_KnowsTheCaseOfEveryLanguage()
    {
        (await server.Owner.PostAsync("/events", new { title = "Été à Besançon", location = "Théâtre", eventDate = "2030-06-15T20:00:00", maxCapacity = 1 })).Must(201);
        foreach (var words in new[] { "été", "BESANÇON", "THÉÂTRE" })
            Assert.NotEmpty((await server.Anonymous.GetAsync($"/events?query={Uri.EscapeDataString(words)}")).Must(200).Items);
    }

    [Fact]
    public async Task Line_IsOfferedTheFreedPlace_AndPromoted()
    {
        var id = await server.EventAsync(maxCapacity: 1);
        (await server.John.PostAsync("/invitations", new { eventId = id, confirm = true })).Must(201);
        (await server.Jane.PostAsync("/invitations", new { eventId = id, waitlist = false })).Must(409, "event.full");
        var waiting = (await server.Jane.PostAsync($"/events/{id}/waitlist/join")).Must(201);
        Assert.Equal(("WAITLIST", 1), (waiting.Text("status"), waiting["position"].GetInt32()));
        (await server.Jane.PostAsync($"/events/{id}/waitlist/join")).Must(200);
        (await server.Jane.PostAsync($"/events/{id}/waitlist/confirm")).Must(409, "waitlist.no_offer");
        var cancelled = (await server.John.PutAsync($"/invitations/{id}-1/cancel")).Must(200);
        var offer = (await server.Jane.GetAsync($"/events/{id}/waitlist/me")).Must(200);
        Assert.Equal(("PENDING", cancelled["version"].GetInt64()), (offer.Text("status"), offer["version"].GetInt64()));
        Assert.Equal("CONFIRMED", (await server.Jane.PostAsync($"/events/{id}/waitlist/confirm")).Must(200).Text("status"));
        Assert.Contains("PLACES_OFFERED", (await server.Jane.GetAsync($"/events/{id}/explain?invitation={id}-2")).Must(200).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Organiser_InvitesByAddress_AndThePersonFindsIt()
    {
        var id = await server.EventAsync();
        var made = (await server.Owner.PostAsync("/invitations", new { eventId = id, userEmail = "Late.Comer@example.com", seatRow = 1, seatNumber = 5 })).Must(201);
        Assert.Equal(("INVITATION", "late.comer@example.com"), (made.Text("origin"), made.Text("userEmail")));
        var late = await server.RegisterAsync("late.comer");
        Assert.Equal($"{id}-1", (await late.GetAsync("/invitations")).Must(200).Items[0].GetProperty("id").GetString());
        Assert.Single((await late.GetAsync("/invitations/user/late.comer@example.com")).Must(200).Items);
        (await server.John.GetAsync("/invitations/user/late.comer@example.com")).Must(403, "forbidden");
        (await late.PutAsync($"/invitations/{id}-1/confirm")).Must(200);
        Assert.Single((await server.Owner.GetAsync($"/invitations/event/{id}?status=CONFIRMED")).Must(200).Items);
    }

    [Fact]
    public async Task Ticket_OpensTheDoorOnce()
    {
        var id = await server.EventAsync();
        var code = (await server.John.PostAsync("/invitations", new { eventId = id, confirm = true })).Must(201).Text("ticketCode");
        (await server.John.PostAsync($"/events/{id}/check-in", new { ticketCode = code })).Must(403, "forbidden");
        (await server.Owner.PostAsync($"/events/{id}/check-in", new { ticketCode = code })).Must(200);
        Assert.NotEmpty((await server.Owner.PostAsync($"/events/{id}/check-in", new { ticketCode = code })).Must(409, "ticket.used").Text("by"));
        (await server.Owner.SendAsync("DELETE", $"/events/{id}/check-in", $$"""{"ticketCode":"{{code}}"}""")).Must(200);
        var forged = (code[0] == 'A' ? 'B' : 'A') + code[1..];
        (await server.Owner.PostAsync($"/events/{id}/check-in", new { ticketCode = forged })).Must(400, "ticket.invalid");
    }

    [Fact]
    public async Task TicketThatIsRefused_SaysWhy_AndBlanksAroundACodeDoNotMatter()
    {
        var (id, other) = (await server.EventAsync(), await server.EventAsync());
        var made = (await server.John.PostAsync("/invitations", new { eventId = id, confirm = true })).Must(201);
        var code = made.Text("ticketCode");
        var path = $"/events/{id}/check-in";
        Assert.Equal("UNKNOWN", (await server.Owner.PostAsync(path, new { ticketCode = code[..^4] + "AAAA" })).Must(400, "ticket.invalid").Text("reason"));
        Assert.Equal("OTHER_EVENT", (await server.Owner.PostAsync($"/events/{other}/check-in", new { ticketCode = code })).Must(400, "ticket.invalid").Text("reason"));
        (await server.Owner.PostAsync(path, new { ticketCode = $"  {code}\r\n" })).Must(200);
        (await server.John.PutAsync($"/invitations/{made.Text("id")}/cancel")).Must(409, "ticket.checked_in");
        (await server.Owner.SendAsync("DELETE", path, $$"""{"ticketCode":"{{code}}"}""")).Must(200);
        (await server.John.PutAsync($"/invitations/{made.Text("id")}/cancel")).Must(200);
        Assert.Equal("CANCELLED", (await server.Owner.PostAsync(path, new { ticketCode = code })).Must(400, "ticket.invalid").Text("reason"));
    }

    [Fact]
    public async Task Ticket_IsVerifiedOffline_WithThePublishedKey()
    {
        var id = await server.EventAsync();
        var code = Base64Url.DecodeFromChars((await server.John.PostAsync("/invitations", new { eventId = id, confirm = true })).Must(201).Text("ticketCode"));
        var key = (await server.Anonymous.GetAsync("/tickets/keys")).Must(200)["keys"][0];
        Assert.Equal(("EC", "P-256", "ES256"), (key.GetProperty("kty").GetString(), key.GetProperty("crv").GetString(), key.GetProperty("alg").GetString()));
        byte[] Coordinate(string name) => Base64Url.DecodeFromChars(key.GetProperty(name).GetString());
        using var verifier = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Coordinate("x"), Y = Coordinate("y") } });
        Assert.True(verifier.VerifyData(code.AsSpan(0, 12), code.AsSpan(12), HashAlgorithmName.SHA256));
        Assert.Equal((id, 1), (BinaryPrimitives.ReadInt64BigEndian(code), BinaryPrimitives.ReadInt32BigEndian(code.AsSpan(8))));
        code[11]++;
        Assert.False(verifier.VerifyData(code.AsSpan(0, 12), code.AsSpan(12), HashAlgorithmName.SHA256));
    }

    [Fact]
    public async Task Event_IsChangedAtItsVersion_PausedAndCancelled()
    {
        var id = await server.EventAsync();
        (await server.Owner.PutAsync($"/events/{id}", new { maxCapacity = 25 }, ("If-Match", "\"1\""))).Must(200);
        (await server.Owner.PutAsync($"/events/{id}", new { maxCapacity = 30 }, ("If-Match", "\"1\""))).Must(412, "version.changed");
        (await server.Owner.PutAsync($"/events/{id}", new { maxCapacity = 30 }, ("If-Match", "one"))).Must(400, "request.invalid");
        Assert.Equal("PAUSED", (await server.Owner.PostAsync($"/events/{id}/pause")).Must(200).Text("state"));
        (await server.John.PostAsync($"/invitations/{id}/seats/lock", new { places = 1 })).Must(409, "event.paused");
        Assert.Equal("ON_SALE", (await server.Owner.PostAsync($"/events/{id}/resume")).Must(200).Text("state"));
        Assert.Equal("CANCELLED", (await server.Owner.DeleteAsync($"/events/{id}")).Must(200).Text("state"));
        (await server.John.PostAsync($"/invitations/{id}/seats/lock", new { places = 1 })).Must(409, "event.cancelled");
    }

    [Fact]
    public async Task LocalTimes_AreReadInTheEventsZone_AndAnOffsetWins()
    {
        var local = (await server.Owner.PostAsync("/events", new { title = "Paris", eventDate = "2030-06-15T14:00:00", timeZone = "Europe/Paris", maxCapacity = 1 })).Must(201);
        Assert.Equal(("2030-06-15T14:00:00+02:00", "2030-06-15T17:00:00+02:00"), (local.Text("eventDate"), local.Text("endDate")));
        var moved = (await server.Owner.PutAsync($"/events/{local["id"]}", new { eventDate = "2030-12-15T14:00" })).Must(200);
        Assert.Equal(("2030-12-15T14:00:00+01:00", "2030-12-15T17:00:00+01:00"), (moved.Text("eventDate"), moved.Text("endDate")));
        var offset = (await server.Owner.PostAsync("/events", new { title = "Paris", eventDate = "2030-06-15T14:00:00Z", timeZone = "Europe/Paris", maxCapacity = 1 })).Must(201);
        Assert.Equal("2030-06-15T16:00:00+02:00", offset.Text("eventDate"));
        (await server.Owner.PostAsync("/events", new { title = "Mars", eventDate = "2030-06-15T14:00:00", timeZone = "Mars/Olympus", maxCapacity = 1 })).Must(400, "request.invalid");
    }

    [Fact]
    public async Task Lists_ArePagedToTheirEnd()
    {
        for (var number = 0; number < 3; number++) await server.EventAsync();
        var seen = new List<long>();
        string? cursor = null;
        do
        {
            var page = (await server.Anonymous.GetAsync($"/events?query=First&limit=2{(cursor is null ? "" : $"&cursor={cursor}")}")).Must(200);
            seen.AddRange(page.Items.Select(item => item.GetProperty("id").GetInt64()));
            cursor = page.Body.Contains("\"next\"", StringComparison.Ordinal) ? page.Text("next") : null;
        }
        while (cursor is not null);
        Assert.True(seen.Count >= 3);
        Assert.Equal(seen.Count, seen.Distinct().Count());
        (await server.Anonymous.GetAsync("/events?cursor=nonsense")).Must(400, "request.invalid");
        (await server.Anonymous.GetAsync("/events?limit=101")).Must(400, "request.invalid");
    }

    [Fact]
    public async Task Map_OfFiftyThousandSeats_IsCompact_AndFollowsWhatTheNodeSaid()
    {
        var id = await server.EventAsync(maxCapacity: 50_000);
        await server.Anonymous.GetAsync($"/events/{id}/seats");
        (await server.John.PostAsync($"/invitations/{id}/seats/lock", new { seats = new[] { "1/1" } })).Must(201);
        var map = (await server.Anonymous.GetAsync($"/events/{id}/seats")).Must(200);
        Assert.Contains("\"states\":\"HF", map.Body, StringComparison.Ordinal);
        Assert.InRange((await server.Anonymous.GetAsync($"/events/{id}/seats", ("Accept-Encoding", "br"))).Body.Length, 1, 100_000);
        (await server.Anonymous.GetAsync($"/events/{id}/seats", ("If-None-Match", map.Headers["ETag"]))).Must(304);
    }
}
