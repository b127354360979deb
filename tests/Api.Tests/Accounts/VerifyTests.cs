using System.Net;
using System.Text;
using Seats.Core;
using Seats.Testing;

namespace Seats.Api.Tests.Accounts;

/// <summary>An address that nobody proved claims nothing; its owner proves it by reading a mail.</summary>
[Collection(SharedServer.Name)]
public sealed class VerifyTests(SeatsServer server)
{
    private const string FormType = "application/x-www-form-urlencoded";

    /// <summary>Pages are not in the document that answers are held against.</summary>
    private Client Browser => new(server.Url, null);

    [Fact]
    public async Task StrangerWhoRegistersAnInvitedAddress_GetsNothing_AndItsOwnerTheInvitation()
    {
        var id = await server.EventAsync();
        var email = $"invited-{id}@example.com";
        (await server.Owner.PostAsync("/invitations", new { eventId = id, userEmail = email })).Must(201);
        var stranger = await server.RegisterUnprovedAsync($"stranger-{id}", email);
        Assert.Empty((await stranger.GetAsync("/invitations")).Must(200).Items);
        Assert.Empty((await stranger.GetAsync($"/invitations/user/{email}")).Must(200).Items);
        (await stranger.GetAsync($"/invitations/{id}-1")).Must(404, "not_found");
        foreach (var verb in new[] { "confirm", "decline", "cancel" })
            (await stranger.PutAsync($"/invitations/{id}-1/{verb}")).Must(404, "not_found");
        (await stranger.GetAsync($"/notifications?recipient={email}")).Must(403, "forbidden");

        var before = await server.RegisterUnprovedAsync($"owner-{id}", email);
        Assert.Empty((await before.GetAsync("/invitations")).Must(200).Items);
        await ProveAsync($"owner-{id}", email);
        var owner = await server.SignInAsync($"owner-{id}");
        Assert.Equal($"{id}-1", Assert.Single((await owner.GetAsync("/invitations")).Must(200).Items).GetProperty("id").GetString());
        Assert.Equal("CONFIRMED", (await owner.PutAsync($"/invitations/{id}-1/confirm")).Must(200).Text("status"));

        var late = await server.TokenMailedAsync($"stranger-{id}", email);
        (await server.Anonymous.PostAsync("/auth/verify", new { token = late })).Must(409, "account.taken");
        Assert.Empty((await (await server.SignInAsync($"stranger-{id}")).GetAsync("/invitations")).Must(200).Items);
    }

    [Fact]
    public async Task Token_IsGoodOnce_AndMadeUpOnesAreNot()
    {
        var client = await server.RegisterUnprovedAsync("once", "once@example.com");
        Assert.False((await client.GetAsync("/api/users/profile")).Must(200)["emailVerified"].GetBoolean());
        var token = await server.TokenMailedAsync("once", "once@example.com");
        string With(int place) => token[..place] + (token[place] == 'A' ? 'B' : 'A') + token[(place + 1)..];
        foreach (var forged in new[] { "nonsense", With(0), With(30), token + "A" })
            (await server.Anonymous.PostAsync("/auth/verify", new { token = forged })).Must(400, "auth.token_invalid");
        var proved = (await server.Anonymous.PostAsync("/auth/verify", new { token }, ("Idempotency-Key", "once"))).Must(200);
        Assert.Equal(("once@example.com", true), (proved.Text("email"), proved["emailVerified"].GetBoolean()));
        var again = (await server.Anonymous.PostAsync("/auth/verify", new { token }, ("Idempotency-Key", "once"))).Must(200);
        Assert.Equal((proved.Body, "true"), (again.Body, again.Headers["Idempotency-Replayed"]));
        (await server.Anonymous.PostAsync("/auth/verify", new { token })).Must(400, "auth.token_invalid");
        (await server.Anonymous.PostAsync("/auth/verify")).Must(400);
        Assert.True((await client.GetAsync("/api/users/profile")).Must(200)["emailVerified"].GetBoolean());
    }

    [Fact]
    public async Task LinkOfTheMail_LeadsToAPage_WhoseButtonConfirms_AndLookingChangesNothing()
    {
        await server.RegisterUnprovedAsync("looker", "looker@example.com", "fr");
        var token = await server.TokenMailedAsync("looker", "looker@example.com");
        for (var scan = 0; scan < 3; scan++)
        {
            var page = (await Browser.GetAsync($"/auth/verify?token={token}", ("Accept-Language", "fr"))).Must(200);
            var text = WebUtility.HtmlDecode(page.Body);
            var form = $"<form method=\"post\" action=\"verify\"><input type=\"hidden\" name=\"token\" value=\"{token}\">";
            foreach (var part in new[] { "<html lang=\"fr\">", "looker@example.com", "« looker »", form })
                Assert.Contains(part, text, StringComparison.Ordinal);
            Assert.Equal(("text/html; charset=utf-8", "no-store"), (page.Headers["Content-Type"], page.Headers["Cache-Control"]));
        }
        Assert.False((await (await server.SignInAsync("looker")).GetAsync("/api/users/profile"))["emailVerified"].GetBoolean());
        var done = (await Browser.SendAsync("POST", "/auth/verify", $"token={token}", ("Content-Type", FormType))).Must(200);
        Assert.Contains("looker@example.com is confirmed", done.Body, StringComparison.Ordinal);
        Assert.True((await (await server.SignInAsync("looker")).GetAsync("/api/users/profile"))["emailVerified"].GetBoolean());
        var again = (await Browser.SendAsync("POST", "/auth/verify", $"token={token}", ("Content-Type", FormType))).Must(400);
        Assert.Contains("<h1>This link is not good any more</h1>", again.Body, StringComparison.Ordinal);
        Assert.Contains("<h1>", (await Browser.GetAsync($"/auth/verify?token={token}")).Must(400).Body, StringComparison.Ordinal);
        (await Browser.SendAsync("POST", "/auth/verify", "", ("Content-Type", FormType))).Must(400);
    }

    [Fact]
    public async Task Refresh_AfterTheProof_SaysThatTheAddressIsProved()
    {
        await server.RegisterUnprovedAsync("fresh", "fresh@example.com");
        var tokens = (await server.Anonymous.PostAsync("/auth/login", new { username = "fresh", password = "correct-horse-9" })).Must(200);
        Assert.Contains("\"email_verified\":false", Claims(tokens), StringComparison.Ordinal);
        (await server.Anonymous.PostAsync("/auth/login", new { username = "fresh@example.com", password = "correct-horse-9" }))
            .Must(401, "auth.invalid_credentials");
        await ProveAsync("fresh", "fresh@example.com");
        var refresh = $$"""{"refresh_token":"{{tokens.Text("refresh_token")}}"}""";
        var fresh = (await server.Anonymous.SendAsync("POST", "/auth/refresh", refresh)).Must(200);
        Assert.Contains("\"email_verified\":true", Claims(fresh), StringComparison.Ordinal);
        (await server.Anonymous.PostAsync("/auth/login", new { username = "fresh@example.com", password = "correct-horse-9" })).Must(200);
    }

    [Fact]
    public async Task Resend_AnswersEverybodyAlike_AndIsBounded()
    {
        var client = await server.RegisterUnprovedAsync("eager", "eager@example.com");
        await server.TokenMailedAsync("eager", "eager@example.com");
        var known = (await server.Anonymous.PostAsync("/auth/verify/resend", new { email = "Eager@example.com" })).Must(202);
        var unknown = (await server.Anonymous.PostAsync("/auth/verify/resend", new { email = "nobody@example.com" })).Must(202);
        Assert.Equal(known.Body, unknown.Body);
        for (var wish = 0; wish < 10; wish++) (await client.PostAsync("/auth/verify/resend")).Must(202);
        await MailedAsync("eager", 4);
        // Wishes are dealt with in their order: once this one is, none of those before is left.
        await server.RegisterUnprovedAsync("after", "after@example.com");
        (await server.Anonymous.PostAsync("/auth/verify/resend", new { email = "after@example.com" })).Must(202);
        await MailedAsync("after", 2);
        var mails = server.ProofMails("eager", "eager@example.com");
        Assert.Equal(4, mails.Count);
        Assert.Equal(4, mails.Distinct().Count());
        (await server.Anonymous.PostAsync("/auth/verify/resend", new { email = "no address" })).Must(400, "request.invalid");
        await ProveAsync("eager", "eager@example.com");
    }

    [Fact]
    public async Task NewAddress_OfTheProfile_TakesEffectWhenItIsProved()
    {
        var client = await server.RegisterAsync("mover");
        var asked = (await client.PutAsync("/api/users/profile", new { email = "Mover@example.org", lastName = "Moved" })).Must(200);
        Assert.Equal(("mover@example.com", "mover@example.org"), (asked.Text("email"), asked.Text("pendingEmail")));
        Assert.Equal("Moved", asked.Text("lastName"));
        await ProveAsync("mover", "mover@example.org");
        var moved = (await client.GetAsync("/api/users/profile")).Must(200);
        Assert.Equal(("mover@example.org", true), (moved.Text("email"), moved["emailVerified"].GetBoolean()));
        Assert.DoesNotContain("pendingEmail", moved.Body, StringComparison.Ordinal);
        (await client.PutAsync("/api/users/profile", new { email = "jane.doe@example.com" })).Must(409, "account.taken");
        (await client.PutAsync("/api/users/profile", new { email = "nowhere" })).Must(400, "request.invalid");
        foreach (var email in new[] { "mover0@example.org", "mover1@example.org" })
            (await client.PutAsync("/api/users/profile", new { email })).Must(200);
        var bounded = (await client.PutAsync("/api/users/profile", new { email = "mover2@example.org" })).Must(429, "limit.rate");
        Assert.InRange(int.Parse(bounded.Headers["Retry-After"]), 1, 3_600);
    }

    [Fact]
    public async Task TakenIsAUserNameOrAProvedAddress_AndNothingElse()
    {
        await server.RegisterUnprovedAsync("namesake-1", "namesake@example.com");
        await server.RegisterUnprovedAsync("namesake-2", "Namesake@example.com");
        (await server.Anonymous.PostAsync("/auth/register", Registration("namesake-1", "other@example.com"))).Must(409, "account.taken");
        (await server.Anonymous.PostAsync("/auth/register", Registration("namesake-3", "jane.doe@example.com"))).Must(409, "account.taken");
    }

    [Fact]
    public async Task MailThatAsksForProof_IsListedWithoutAnEvent_AndItsTokenIsKeptNowhere()
    {
        await server.RegisterUnprovedAsync("secret", "secret@example.com");
        var token = await server.TokenMailedAsync("secret", "secret@example.com");
        Answer? list = null;
        await Eventually.TrueAsync(async () =>
        {
            list = (await server.Admin.GetAsync("/notifications?recipient=secret@example.com")).Must(200);
            return list.Items[0].GetProperty("state").GetString() == "SENT";
        }, TimeSpan.FromSeconds(30));
        var sent = Assert.Single(list!.Items);
        Assert.Equal("VERIFY_EMAIL", sent.GetProperty("kind").GetString());
        Assert.False(sent.TryGetProperty("eventId", out _));
        // The first half names what was asked; the second is the secret.
        var code = token[(token.Length / 2 + 1)..];
        Assert.DoesNotContain(code, list.Body, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(server.Data, "*", SearchOption.AllDirectories))
            Assert.False(Holds(file, code), $"{file} holds the token");
    }

    /// <summary>Reads the newest mail and follows its link.</summary>
    private async Task ProveAsync(string username, string email) =>
        (await server.Anonymous.PostAsync("/auth/verify", new { token = await server.TokenMailedAsync(username, email) })).Must(200);

    private Task MailedAsync(string username, int times) => Eventually.TrueAsync(
        () => Task.FromResult(server.ProofMails(username, $"{username}@example.com").Count == times), TimeSpan.FromSeconds(30));

    private static object Registration(string username, string email) =>
        new { username, email, password = "correct-horse-9", firstName = "A", lastName = "B" };

    private static string Claims(Answer tokens)
    {
        var payload = tokens.Text("access_token").Split('.')[1];
        return Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(payload));
    }

    private static bool Holds(string path, string text)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var content = new MemoryStream();
        file.CopyTo(content);
        return content.GetBuffer().AsSpan(0, (int)content.Length).IndexOf(Encoding.ASCII.GetBytes(text)) >= 0;
    }
}
