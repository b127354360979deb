using System.Text;
using System.Text.Json;
using Seats.Api.Requests;
using Seats.Core;
using Seats.Core.Notifications;
using Seats.Mail.Composing;
using Seats.Spelling;

namespace Seats.Api.Tests;

/// <summary>What may be written may be read, and written back: the limits of both ways fit each other.</summary>
[Collection(SharedServer.Name)]
public sealed class LimitTests(SeatsServer server)
{
    // As most JSON libraries write a letter that is not ASCII: six bytes.
    private const char Letter = '席';

    [Fact]
    public async Task LargestPlan_IsMade_Listed_ReadAndWrittenBack()
    {
        var body = new { title = "The largest plan", eventDate = "2031-01-01T20:00", seating = LargestPlan() };
        var made = (await server.Owner.PostAsync("/events", body)).Must(201);
        var id = made["id"].GetInt64();
        Assert.Equal(Limits.CapacityAtMost, made["maxCapacity"].GetInt32());
        var read = (await server.Anonymous.GetAsync($"/events/{id}")).Must(200);
        var written = (await server.Owner.SendAsync("PUT", $"/events/{id}", $$"""{"seating":{{read["seating"]}}}""")).Must(200);
        Assert.Equal(1, written["version"].GetInt64());
        var list = (await server.Anonymous.GetAsync("/events?query=the largest plan")).Must(200);
        Assert.Equal(id, Assert.Single(list.Items).GetProperty("id").GetInt64());
        (await server.Anonymous.GetAsync($"/events/{id}/seats")).Must(200);
    }

    [Fact]
    public async Task PlanOfMorePositionsThanAnEventMayUse_IsRefused()
    {
        var gaps = Enumerable.Range(2, 998);
        var rows = Enumerable.Range(1, 401).Select(row => new { row = $"{row}", seats = Limits.RowSeatsAtMost, gaps });
        var body = new { title = "Gaps", eventDate = "2031-01-01T20:00", seating = new { sections = new[] { new { id = "a", rows } } } };
        var refused = (await server.Owner.PostAsync("/events", body)).Must(400, "request.invalid");
        Assert.Contains("400000", refused["errors"].GetProperty("seating.sections")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AsManyPlacesAsACommandMayName_ByTheLongestNames_AreHeldChangedAndReleased()
    {
        var (id, names) = await LongNamesAsync();
        const int most = Limits.PlacesInOneCommandAtMost;
        var (front, back) = (names[..most], names[most..(2 * most)]);
        var path = $"/invitations/{id}/seats/lock";
        var hold = (await server.John.PostAsync(path, new { seats = front })).Must(201).Text("id");
        (await server.John.PutAsync($"{path}/{hold}", new { seats = back })).Must(200);
        (await server.John.PutAsync($"{path}/{hold}", new { seats = front })).Must(200);
        var all = JsonSerializer.Serialize(new { seats = front });
        var released = (await server.John.SendAsync("DELETE", $"/invitations/{id}/seats/release", all)).Must(200);
        Assert.Equal(most, released["released"].GetArrayLength());
        (await server.John.PostAsync("/invitations", new { eventId = id, seats = back })).Must(201);
    }

    [Fact]
    public async Task AsManyPlacesAsMayBeBlockedAtOnce_ByTheLongestNames_AreBlockedAndUnblocked()
    {
        var (id, names) = await LongNamesAsync();
        Assert.Equal(Limits.SeatsBlockedAtOnceAtMost, names.Length);
        foreach (var call in new[] { "block", "unblock" })
        {
            var done = (await server.Owner.PostAsync($"/events/{id}/seats/{call}", new { seats = names })).Must(200);
            Assert.Equal(names.Length, done["seats"].GetArrayLength());
        }
        (await server.Owner.PostAsync($"/events/{id}/seats/block", new { seats = names.Append(names[0]) })).Must(400, "request.invalid");
    }

    [Fact]
    public async Task SectionsAndCategories_AreChosenFromAllThereAre_AndNoMore()
    {
        string[] labels = [.. Enumerable.Range(0, Limits.SectionsAtMost).Select(Label)];
        var sections = labels.Select(label => new { id = label, category = label, capacity = 2 });
        var body = new { title = "Many", eventDate = "2031-01-01T20:00", seating = new { sections } };
        var id = (await server.Owner.PostAsync("/events", body)).Must(201)["id"].GetInt64();
        var path = $"/invitations/{id}/seats/lock";
        (await server.John.PostAsync(path, new { places = 1, sections = labels, categories = labels })).Must(201);
        (await server.Jane.PostAsync($"/events/{id}/waitlist/join", new { categories = labels })).Must(201);
        foreach (var member in new[] { "sections", "categories" })
        {
            var tooMany = new Dictionary<string, object> { ["places"] = 1, [member] = labels.Append(labels[0]) };
            (await server.John.PostAsync(path, tooMany)).Must(400, "request.invalid");
            (await server.John.SendAsync("POST", path, $$"""{"places":1,"{{member}}":[null]}""")).Must(400, "request.invalid");
        }
        (await server.Owner.SendAsync("POST", $"/events/{id}/waitlist/join", """{"categories":[null]}""")).Must(400, "request.invalid");
    }

    [Theory]
    [InlineData("?seats=", null)]
    [InlineData("?seats=,", null)]
    [InlineData("?seats=1/1", """{"seats":["1/2"]}""")]
    [InlineData("", """{"seats":[]}""")]
    [InlineData("", """{"hold":""}""")]
    [InlineData("", """{"seats":[null]}""")]
    public async Task Release_ThatIsUnclear_GivesNothingBack(string query, string? body)
    {
        var id = await server.EventAsync();
        (await server.John.PostAsync($"/invitations/{id}/seats/lock", new { seats = new[] { "1/1", "1/2" } })).Must(201);
        (await server.John.SendAsync("DELETE", $"/invitations/{id}/seats/release{query}", body)).Must(400, "request.invalid");
        Assert.Equal(2, (await server.John.DeleteAsync($"/invitations/{id}/seats/release")).Must(200)["released"].GetArrayLength());
    }

    [Fact]
    public async Task Release_OfAThousandPlaces_FitsIntoTheQuery()
    {
        var body = new { title = "Query", eventDate = "2031-01-01T20:00", maxCapacity = 20_000, placesPerPerson = 1_000 };
        var id = (await server.Owner.PostAsync("/events", body)).Must(201)["id"].GetInt64();
        var held = (await server.John.PostAsync($"/invitations/{id}/seats/lock", new { places = 1_000, together = false })).Must(201);
        var seats = string.Join(',', held["seats"].EnumerateArray().Select(seat => seat.GetString()));
        var released = (await server.John.DeleteAsync($"/invitations/{id}/seats/release?seats={seats}")).Must(200);
        Assert.Equal(1_000, released["released"].GetArrayLength());
    }

    [Fact]
    public async Task BodyWithoutALength_IsHeldToTheSameLimit()
    {
        var id = await server.EventAsync();
        using var http = new HttpClient { BaseAddress = new Uri(server.Url) };
        http.DefaultRequestHeaders.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", server.John.Token);
        var limits = new[] { ($"/invitations/{id}/seats/lock", BodyLimit.Places), ($"/events/{id}/check-in", BodyLimit.Default) };
        foreach (var (path, limit) in limits)
        {
            using var content = new PushedContent(limit + 100_000);
            using var response = await http.PostAsync(path, content);
            var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
            Assert.Equal((413, limit), ((int)response.StatusCode, problem.GetProperty("limit").GetInt32()));
        }
    }

    [Fact]
    public void LargeBodies_ShareTheirRoom_AndGiveItBack()
    {
        var room = new BodyRoom(bytesAtMost: 1_000_000);
        using (var one = room.Begin())
        {
            Assert.True(one.TryGrow(600_000));
            Assert.True(one.TryGrow(900_000));
            using var other = room.Begin();
            Assert.False(other.TryGrow(400_000));
            using var small = room.Begin();
            Assert.True(small.TryGrow(ApiLimits.BodyBytesUncounted));
        }
        using var next = room.Begin();
        Assert.True(next.TryGrow(1_000_000));
    }

    [Fact]
    public async Task LinkOfTheLongestAddress_IsRead()
    {
        var domain = $"{new string('b', 63)}.{new string('b', 63)}.{new string('b', 61)}";
        var address = $"{new string('a', Limits.EmailCharsAtMost - domain.Length - 1)}@{domain}";
        Assert.Equal(address, EmailAddress.Canonical(address));
        var link = server.Service<IUnsubscribeLinks>().For(address, OptionalMail.Invitations);
        Assert.Contains("<button>", (await server.Anonymous.GetAsync(link.PathAndQuery)).Must(200).Body, StringComparison.Ordinal);
    }

    /// <summary>Every bound of a plan met at once, with labels as long as they may be.</summary>
    private static object LargestPlan()
    {
        const int rows = Limits.RowsAtMost / Limits.SectionsAtMost;
        const int width = Limits.PositionsAtMost / Limits.RowsAtMost;
        // The rest of the positions are gaps.
        int[] gaps = [.. Enumerable.Range(2, width - Limits.CapacityAtMost / Limits.RowsAtMost)];
        return new
        {
            sections = Enumerable.Range(0, Limits.SectionsAtMost).Select(section => new
            {
                id = Label(section),
                name = new string(Letter, Limits.NameCharsAtMost),
                category = Label(section),
                rows = Enumerable.Range(0, rows)
                    .Select(row => new { row = Label(row), seats = width, first = Limits.SeatNumberAtMost - width, gaps }),
            }),
        };
    }

    /// <summary>A label as long as it may be.</summary>
    private static string Label(int number) => $"{number}".PadRight(Limits.LabelCharsAtMost, Letter);

    private async Task<(long Id, string[] Names)> LongNamesAsync()
    {
        var section = new string(Letter, Limits.LabelCharsAtMost);
        var rows = Enumerable.Range(0, 10).Select(row => new { row = Label(row), seats = 1_000, first = 90_000 });
        var seating = new { sections = new[] { new { id = section, rows } } };
        var body = new { title = "Long names", eventDate = "2031-01-01T20:00", placesPerPerson = 10_000, seating };
        var id = (await server.Owner.PostAsync("/events", body)).Must(201)["id"].GetInt64();
        return (id, [.. Enumerable.Range(0, 10_000).Select(place => $"{section}/{Label(place / 1_000)}/{90_000 + place % 1_000}")]);
    }

    /// <summary>A body that does not say how long it is.</summary>
    private sealed class PushedContent : HttpContent
    {
        private readonly int bytes;

        public PushedContent(int bytes)
        {
            this.bytes = bytes;
            Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("application/json");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) =>
            await stream.WriteAsync(Encoding.ASCII.GetBytes(new string(' ', bytes)));

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
