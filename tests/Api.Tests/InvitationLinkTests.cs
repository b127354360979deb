using Seats.Core;

namespace Seats.Api.Tests;

/// <summary>Links of mails: one invitation, seen and answered without an account.</summary>
[Collection(SharedServer.Name)]
public sealed class InvitationLinkTests(SeatsServer server)
{
    private static readonly (string, string) Page = ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

    [Fact]
    public async Task Link_AnswersItsInvitation_ForPrograms()
    {
        var (id, token) = await InviteAsync();
        var path = $"/invitations/by-token/{token}";
        var seen = (await server.Anonymous.GetAsync(path)).Must(200);
        Assert.Equal(("PENDING", id), (seen.Text("status"), seen.Text("id")));
        var confirmed = (await server.Anonymous.PostAsync($"{path}/confirm", new { }, ("Idempotency-Key", "yes"))).Must(200);
        Assert.NotEmpty(confirmed.Text("ticketCode"));
        var again = (await server.Anonymous.PostAsync($"{path}/confirm", new { }, ("Idempotency-Key", "yes"))).Must(200);
        Assert.Equal(confirmed.Body, again.Body);
        (await server.Anonymous.PostAsync($"{path}/decline", new { })).Must(409, "invitation.confirmed");
        Assert.Equal("CANCELLED", (await server.Anonymous.PostAsync($"{path}/cancel", new { })).Must(200).Text("status"));
        (await server.Anonymous.PostAsync($"{path}/confirm", new { })).Must(409, "invitation.cancelled");
    }

    [Fact]
    public async Task Link_ThatIsNoneOfOurs_ShowsNothing()
    {
        var (_, token) = await InviteAsync();
        var (_, other) = await InviteAsync();
        var changed = token[..^2] + (token[^2] == 'A' ? "BB" : "AA");
        foreach (var forged in new[] { changed, token[..16] + other[16..], "short", new string('A', token.Length) })
        {
            (await server.Anonymous.GetAsync($"/invitations/by-token/{forged}")).Must(404, "not_found");
            (await server.Anonymous.PostAsync($"/invitations/by-token/{forged}/confirm", new { })).Must(404, "not_found");
            var page = (await server.Anonymous.GetAsync($"/i/{forged}", Page)).Must(404).Body;
            Assert.Contains("This link is incomplete", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Page_IsReadAndAnsweredByPeople_InTheirLanguage()
    {
        var (_, token) = await InviteAsync("<b>Gala & Co</b>");
        var page = (await server.Anonymous.GetAsync($"/i/{token}", Page, ("Accept-Language", "fr"))).Must(200).Body;
        Assert.Contains("&lt;b&gt;Gala &amp; Co&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.Contains($"action=\"{token}/confirm\"><button>Confirmer</button>", page, StringComparison.Ordinal);
        // The answer leads back to the page, as a browser follows it.
        var answered = await server.Anonymous.SendAsync("POST", $"/i/{token}/confirm", null, Page);
        Assert.Contains("Your place is confirmed.", answered.Must(200).Body, StringComparison.Ordinal);
        var refused = await server.Anonymous.SendAsync("POST", $"/i/{token}/decline", null, Page);
        Assert.Contains("role=\"alert\"", refused.Must(409).Body, StringComparison.Ordinal);
        Assert.Equal("CONFIRMED", await StatusAsync(token));
    }

    [Fact]
    public async Task Page_PutsTheAnswerOfTheMailFirst_AndDecidesNothingByItself()
    {
        var (_, token) = await InviteAsync();
        foreach (var (answer, first) in new[] { ("decline", "decline"), ("confirm", "confirm"), ("nothing", "confirm") })
        {
            var page = (await server.Anonymous.GetAsync($"/i/{token}?answer={answer}", Page)).Must(200).Body;
            Assert.Contains($"action=\"{token}/", page, StringComparison.Ordinal);
            Assert.StartsWith($"{token}/{first}", page[page.IndexOf($"{token}/", StringComparison.Ordinal)..], StringComparison.Ordinal);
        }
        Assert.Equal("PENDING", await StatusAsync(token));
        (await server.Anonymous.SendAsync("POST", $"/i/{token}/confirm", null, Page)).Must(200);
        foreach (var (query, details) in new[] { ("", "<details>"), ("?answer=cancel", "<details open>") })
        {
            var page = (await server.Anonymous.GetAsync($"/i/{token}{query}", Page)).Must(200).Body;
            Assert.Contains(details, page, StringComparison.Ordinal);
        }
        Assert.Equal("CONFIRMED", await StatusAsync(token));
    }

    [Fact]
    public async Task Page_TellsNobodyWhereItWas_AndIsKeptByNobody()
    {
        var (_, token) = await InviteAsync();
        var headers = (await server.Anonymous.GetAsync($"/i/{token}", Page)).Must(200).Headers;
        Assert.Equal(("no-store", "no-referrer"), (headers["Cache-Control"], headers["Referrer-Policy"]));
        Assert.Contains("default-src 'none'", headers["Content-Security-Policy"], StringComparison.Ordinal);
    }

    private async Task<string> StatusAsync(string token) =>
        (await server.Anonymous.GetAsync($"/i/{token}", ("Accept", "application/json"))).Must(200).Text("status");

    private async Task<(string Id, string Token)> InviteAsync(string title = "Night")
    {
        var body = new { title, eventDate = "2031-01-01T20:00", maxCapacity = 10, visibility = "UNLISTED" };
        var eventId = (await server.Owner.PostAsync("/events", body)).Must(201)["id"].GetInt64();
        var made = (await server.Owner.PostAsync("/invitations", new { eventId, userEmail = "guest@example.com", places = 1 })).Must(201);
        return (made.Text("id"), server.Service<IInvitationLinks>().TokenOf(eventId, 1));
    }
}
