using Seats.Core;
using Seats.Testing;

namespace Seats.Api.Tests;

/// <summary>Names, titles and addresses are typed in many ways and mean one thing.</summary>
[Collection(SharedServer.Name)]
public sealed class SpellingTests(SeatsServer server)
{
    [Theory]
    [InlineData("Cr\u00e8me S1", "creme s1")]
    [InlineData("Cre\u0300me S2", "cr\u00e8me s2")]
    [InlineData("N\u00fcrnberg S3", "nurnberg s3")]
    [InlineData("Ελλάδα S4", "ελλαδα s4")]
    [InlineData("Łódź S5", "lodz s5")]
    public async Task Events_AreFoundHoweverTheyAreTyped(string title, string query)
    {
        (await server.Owner.PostAsync("/events", new { title, eventDate = "2031-05-05T20:00", maxCapacity = 1 })).Must(201);
        var found = Assert.Single((await server.Anonymous.GetAsync($"/events?query={Uri.EscapeDataString(query)}")).Must(200).Items);
        Assert.Equal(title, found.GetProperty("title").GetString());
    }

    [Fact]
    public async Task OneMailbox_IsOnePerson_InWhateverSpellingTheyAreInvited()
    {
        var person = new { username = "idn", email = " Idn@MÜLLER.example ", password = "correct-horse-9", firstName = "हिन्दी", lastName = "Mu\u0308ller" };
        Assert.Equal("idn@müller.example", (await server.Anonymous.PostAsync("/auth/register", person)).Must(201).Text("email"));
        var token = await server.TokenMailedAsync("idn", "idn@xn--mller-kva.example");
        Assert.Equal("idn@müller.example", (await server.Anonymous.PostAsync("/auth/verify", new { token })).Must(200).Text("email"));
        (await server.Anonymous.PostAsync("/auth/register", person with { username = "idn2", email = "idn@xn--mller-kva.example" })).Must(409, "account.taken");
        var guest = await server.SignInAsync(" idn@xn--mller-kva.example ");
        var id = await server.EventAsync();
        foreach (var spelling in new[] { "idn@xn--mller-kva.example", " IDN@mu\u0308ller.example" })
            (await server.Owner.PostAsync("/invitations", new { eventId = id, places = 1, userEmail = spelling })).Must(201);
        var mine = (await guest.GetAsync("/invitations")).Must(200).Items;
        Assert.Equal(["idn@müller.example", "idn@müller.example"], mine.Select(item => item.GetProperty("userEmail").GetString()));
        foreach (var spelling in new[] { "idn@müller.example", "IDN@xn--mller-kva.example" })
            Assert.Equal(2, (await guest.GetAsync($"/invitations/user/{Uri.EscapeDataString(spelling)}")).Must(200).Items.Count);
        const string invited = "/notifications?recipient=idn@müller.example&kind=INVITATION_RECEIVED";
        await Eventually.TrueAsync(async () => (await guest.GetAsync(invited)).Must(200).Items.Count == 2, TimeSpan.FromSeconds(30));
        Assert.Equal("idn", Assert.Single((await server.Admin.GetAsync("/api/users?query=muller")).Must(200).Items).GetProperty("username").GetString());
    }

    [Theory]
    [InlineData("\u212aarl@example.com", "must have no other letters than those of ASCII before the @")]
    [InlineData("karl@\u212aexample.com", "must be an e-mail address")]
    public async Task LettersThatOnlyLookLikeOthers_AreRefused(string email, string why)
    {
        var person = new { username = "kelvin", email, password = "correct-horse-9", firstName = "A", lastName = "B" };
        Assert.Contains(why, (await server.Anonymous.PostAsync("/auth/register", person)).Must(400, "request.invalid").Body, StringComparison.Ordinal);
        var invitation = new { eventId = await server.EventAsync(), places = 1, userEmail = email };
        Assert.Contains(why, (await server.Owner.PostAsync("/invitations", invitation)).Must(400, "request.invalid").Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RowsThatLookAlike_AreRefused_InWordsThatSayWhich()
    {
        var rows = new[] { new { row = "A", seats = 5, first = 101, gaps = new[] { 105 } }, new { row = "\u0410", seats = 5, first = 1, gaps = new[] { 1 } } };
        var seating = new { sections = new[] { new { id = "main", rows } } };
        var refused = (await server.Owner.PostAsync("/events", new { title = "Alike", eventDate = "2031-05-05T20:00", seating })).Must(400, "request.invalid");
        var errors = refused["errors"];
        Assert.Equal(
            "cannot be told from seating.sections[0].rows[0].row \"A\" by those who read it",
            errors.GetProperty("seating.sections[0].rows[1].row")[0].GetString());
        Assert.StartsWith("must be positions in the row, 1 to 5,", errors.GetProperty("seating.sections[0].rows[0].gaps")[0].GetString());
    }

    [Fact]
    public async Task AnotherZone_KeepsWhatClocksShow_AndGuestsAreTold()
    {
        var body = new { title = "Moves", eventDate = "2031-01-15T19:00", timeZone = "Europe/Paris", maxCapacity = 5 };
        var id = (await server.Owner.PostAsync("/events", body)).Must(201)["id"].GetInt64();
        (await server.John.PostAsync("/invitations", new { eventId = id, places = 1, confirm = true })).Must(201);
        var moved = (await server.Owner.PutAsync($"/events/{id}", new { timeZone = "America/New_York" })).Must(200);
        Assert.Equal(("2031-01-15T19:00:00-05:00", "2031-01-15T22:00:00-05:00"), (moved.Text("eventDate"), moved.Text("endDate")));
        await Eventually.TrueAsync(
            async () => (await server.Owner.GetAsync($"/notifications?event={id}&kind=EVENT_CHANGED")).Must(200).Items.Count == 1, TimeSpan.FromSeconds(30));
    }
}
