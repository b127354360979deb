using Seats.Core;
using Seats.Testing;

namespace Seats.Api.Tests;

/// <summary>Who is told, who may see it, and what an administrator does about mail that is stuck.</summary>
[Collection(SharedServer.Name)]
public sealed class NotificationTests(SeatsServer server)
{
    [Fact]
    public async Task Confirmation_IsMailed_AndItsOrganiserSeesWhenAndWithWhichAnswer()
    {
        var id = await server.EventAsync();
        (await server.John.PostAsync("/invitations", new { eventId = id, places = 1, confirm = true })).Must(201);
        var sent = (await SettledAsync(server.Owner, $"/notifications?event={id}", 1))[0];
        Assert.Equal(("REGISTRATION_CONFIRMED", "SENT", "john.doe@example.com", "250 2.0.0 taken", 1),
            (sent.GetProperty("kind").GetString(), sent.GetProperty("state").GetString(), sent.GetProperty("recipient").GetString(), sent.GetProperty("answer").GetString(), sent.GetProperty("attempts").GetInt32()));
        Assert.True(sent.GetProperty("sentAt").TryGetDateTimeOffset(out _));
        var mail = Assert.Single(server.Mail.Taken, mail => mail.Header("X-Seats-Key") == sent.GetProperty("key").GetString());
        Assert.Equal("REGISTRATION_CONFIRMED", mail.Header("X-Seats-Kind"));
        Assert.StartsWith($"{id}/2/REGISTRATION_CONFIRMED/", sent.GetProperty("key").GetString());
    }

    [Fact]
    public async Task Notifications_AreSeenByTheirOrganiserTheirPersonAndAdministrators_AndNobodyElse()
    {
        var id = await server.EventAsync();
        (await server.John.PostAsync("/invitations", new { eventId = id, places = 1, confirm = true })).Must(201);
        await SettledAsync(server.Admin, $"/notifications?event={id}", 1);
        (await server.Jane.GetAsync($"/notifications?event={id}")).Must(403, "forbidden");
        (await server.Jane.GetAsync("/notifications")).Must(403, "forbidden");
        (await server.Jane.GetAsync("/notifications?recipient=john.doe@example.com")).Must(403, "forbidden");
        (await server.Owner.GetAsync("/notifications?event=999999")).Must(404, "not_found");
        Assert.NotEmpty((await server.John.GetAsync("/notifications?recipient=john.doe@example.com")).Must(200).Items);
        Assert.NotEmpty((await server.Admin.GetAsync("/notifications")).Must(200).Items);
        (await server.Admin.GetAsync("/notifications?event=x")).Must(400, "request.invalid");
        (await server.Admin.GetAsync("/notifications?cursor=x")).Must(400, "request.invalid");
    }

    [Fact]
    public async Task List_IsPagedFromTheNewest()
    {
        var id = await server.EventAsync();
        for (var guest = 0; guest < 3; guest++) (await server.Owner.PostAsync("/invitations", new { eventId = id, places = 1, userEmail = $"guest{guest}@example.com" })).Must(201);
        await SettledAsync(server.Owner, $"/notifications?event={id}", 3);
        var first = (await server.Owner.GetAsync($"/notifications?event={id}&limit=2")).Must(200);
        var rest = (await server.Owner.GetAsync($"/notifications?event={id}&limit=2&cursor={first.Text("next")}")).Must(200);
        Assert.Equal(3, first.Items.Concat(rest.Items).Select(item => item.GetProperty("key").GetString()).Distinct().Count());
        Assert.DoesNotContain("next", rest.Body);
        Assert.All(first.Items.Concat(rest.Items), item => Assert.Equal("INVITATION_RECEIVED", item.GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task RefusedMail_IsADeadLetter_ThatIsReplayedAndGivenUp()
    {
        var id = await server.EventAsync();
        (await server.Owner.PostAsync("/invitations", new { eventId = id, places = 1, userEmail = $"refused{id}@example.com" })).Must(201);
        await SettledAsync(server.Owner, $"/notifications?event={id}&kind=INVITATION_RECEIVED", 1);
        var letter = Assert.Single((await server.Admin.GetAsync($"/notifications/dead-letters?event={id}")).Must(200).Items);
        Assert.Equal(("INVITATION_RECEIVED", $"refused{id}@example.com", 1, "550 5.1.1 no such mailbox"),
            (letter.GetProperty("kind").GetString(), letter.GetProperty("recipient").GetString(), letter.GetProperty("attempts").GetInt32(), letter.GetProperty("reason").GetString()));
        var path = $"/notifications/dead-letters/{letter.GetProperty("id").GetString()}";

        foreach (var (method, one) in new[] { ("POST", path + "/replay"), ("DELETE", path), ("POST", "/notifications/dead-letters/replay-all"), ("GET", "/notifications/dead-letters"), ("GET", "/api/metrics/resilience") })
            (await server.Owner.SendAsync(method, one, null)).Must(403, "forbidden");
        Assert.Equal(1, (await server.Admin.PostAsync(path + "/replay")).Must(200)["replayed"].GetInt32());
        await SettledAsync(server.Owner, $"/notifications?event={id}&kind=INVITATION_RECEIVED", 1);
        Assert.Equal(2, server.Mail.TriesOf($"refused{id}@example.com"));
        Assert.Equal(1, (await server.Admin.PostAsync($"/notifications/dead-letters/replay-all?event={id}")).Must(200)["replayed"].GetInt32());
        await SettledAsync(server.Owner, $"/notifications?event={id}&kind=INVITATION_RECEIVED", 1);
        (await server.Admin.DeleteAsync(path)).Must(200);
        (await server.Admin.DeleteAsync(path)).Must(404, "not_found");
        (await server.Admin.PostAsync(path + "/replay")).Must(404, "not_found");
        Assert.Empty((await server.Admin.GetAsync($"/notifications/dead-letters?event={id}")).Must(200).Items);
    }

    [Fact]
    public async Task Stranger_GetsNoMoreInvitationsAnHourThanTheQuota_AndOnlyThoseThatWereMadeCount()
    {
        var id = await server.EventAsync();
        var guest = $"stranger{id}@example.com";
        // Not theirs to invite to: it does not count.
        (await server.Jane.PostAsync("/invitations", new { eventId = id, userEmail = guest })).Must(403, "invitation.not_organiser");
        for (var number = 1; number <= 60; number++)
        {
            (await server.Owner.PostAsync("/invitations", new { eventId = id, userEmail = guest })).Must(201);
            (await server.Owner.PutAsync($"/invitations/{id}-{number}/cancel")).Must(200);
        }
        var refused = (await server.Owner.PostAsync("/invitations", new { eventId = id, userEmail = guest })).Must(429, "limit.rate");
        Assert.InRange(int.Parse(refused.Headers["Retry-After"]), 1, 3_600);
        (await server.Owner.PostAsync("/invitations", new { eventId = id, userEmail = $"other{id}@example.com" })).Must(201);
    }

    [Fact]
    public async Task GuestOfAnInvitation_FindsAWayOutInTheMail()
    {
        var id = await server.EventAsync();
        var guest = $"annoyed{id}@example.com";
        (await server.Owner.PostAsync("/invitations", new { eventId = id, userEmail = guest })).Must(201);
        await EventuallyAsync(() => Task.FromResult(server.Mail.Taken.Any(mail => mail.Recipients.Contains(guest))));
        var path = new Uri(server.Mail.Taken.Single(mail => mail.Recipients.Contains(guest)).Header("List-Unsubscribe")!.Trim('<', '>')).AbsolutePath;
        Assert.Contains("No more invitations", (await server.Anonymous.GetAsync(path)).Must(200).Body, StringComparison.Ordinal);
        (await server.Anonymous.SendAsync("POST", path, "List-Unsubscribe=One-Click", ("Content-Type", "application/x-www-form-urlencoded"))).Must(200);
        (await server.Owner.PostAsync("/invitations", new { eventId = id, userEmail = guest })).Must(201);
        var declined = (await SettledAsync(server.Owner, $"/notifications?event={id}&recipient={guest}", 2))[0];
        Assert.Equal("The recipient wants no invitations.", declined.GetProperty("answer").GetString());
    }

    [Fact]
    public async Task OrganiserHears_OfAnAddressThatNoMailReaches_OnceForEach()
    {
        var id = await server.EventAsync();
        foreach (var guest in new[] { "a", "b", "a" })
            (await server.Owner.PostAsync("/invitations", new { eventId = id, places = 1, userEmail = $"refused-{guest}{id}@example.com" })).Must(201);
        await SettledAsync(server.Owner, $"/notifications?event={id}", 5);
        var mails = server.Mail.Taken.Where(mail => mail.Header("X-Seats-Kind") == "MAIL_UNDELIVERED"
            && mail.Header("X-Seats-Key")!.StartsWith($"{id}/", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, mails.Count);
        Assert.All(mails, mail => Assert.Equal("owner@example.com", Assert.Single(mail.Recipients)));
    }

    [Fact]
    public async Task DeadLetterThatIsNotTrueAnyMore_IsNotSent_AndSettledWithTheReason()
    {
        var id = await server.EventAsync();
        var guest = $"refused-outdated{id}@example.com";
        var invitation = (await server.Owner.PostAsync("/invitations", new { eventId = id, places = 1, userEmail = guest })).Must(201).Text("id");
        await SettledAsync(server.Owner, $"/notifications?event={id}&recipient={guest}", 1);
        (await server.Owner.PutAsync($"/invitations/{invitation}/cancel")).Must(200);
        await SettledAsync(server.Owner, $"/notifications?event={id}&recipient={guest}", 2);
        var before = await OutdatedAsync();
        Assert.Equal(2, (await server.Admin.PostAsync($"/notifications/dead-letters/replay-all?event={id}")).Must(200)["replayed"].GetInt32());
        await SettledAsync(server.Owner, $"/notifications?event={id}&recipient={guest}", 2);
        var invited = (await server.Owner.GetAsync($"/notifications?event={id}&kind=INVITATION_RECEIVED")).Must(200).Items.Single();
        Assert.Equal(("FAILED", $"Invitation {invitation} is CANCELLED by now."), (invited.GetProperty("state").GetString(), invited.GetProperty("answer").GetString()));
        // What ended stays true: it was tried again.
        Assert.Equal(3, server.Mail.TriesOf(guest));
        var letter = Assert.Single((await server.Admin.GetAsync($"/notifications/dead-letters?event={id}")).Must(200).Items);
        Assert.Equal("INVITATION_CANCELLED", letter.GetProperty("kind").GetString());
        Assert.Equal(before + 1, await OutdatedAsync());

        async Task<long> OutdatedAsync() =>
            (await server.Admin.GetAsync("/api/metrics/resilience")).Must(200)["mail"].GetProperty("outdated").GetInt64();
    }

    [Fact]
    public async Task DeadLetter_UnderAKey_IsReplayedAndGivenUpOnce()
    {
        var id = await server.EventAsync();
        var guest = $"refused-key{id}@example.com";
        (await server.Owner.PostAsync("/invitations", new { eventId = id, places = 1, userEmail = guest })).Must(201);
        await SettledAsync(server.Owner, $"/notifications?event={id}&kind=INVITATION_RECEIVED", 1);
        var letter = Assert.Single((await server.Admin.GetAsync($"/notifications/dead-letters?event={id}")).Must(200).Items);
        var path = $"/notifications/dead-letters/{letter.GetProperty("id").GetString()}";
        var all = $"/notifications/dead-letters/replay-all?event={id}";
        foreach (var (method, one) in new[] { ("POST", path + "/replay"), ("POST", all), ("DELETE", path) })
        {
            var first = (await server.Admin.SendAsync(method, one, null, ("Idempotency-Key", "letter"))).Must(200);
            await SettledAsync(server.Owner, $"/notifications?event={id}&kind=INVITATION_RECEIVED", 1);
            var again = (await server.Admin.SendAsync(method, one, null, ("Idempotency-Key", "letter"))).Must(200);
            Assert.Equal((first.Body, "true"), (again.Body, again.Headers["Idempotency-Replayed"]));
        }
        Assert.Equal(3, server.Mail.TriesOf(guest));
    }

    [Fact]
    public async Task OfferWhoseMailFails_MovesOn_AndExplainSaysWhy()
    {
        var id = await server.EventAsync(maxCapacity: 1);
        var unreachable = await server.RegisterAsync($"refused-{id}");
        var next = await server.RegisterAsync($"next-{id}");
        var taken = (await server.John.PostAsync("/invitations", new { eventId = id, places = 1, confirm = true })).Must(201).Text("id");
        (await unreachable.PostAsync($"/events/{id}/waitlist/join")).Must(201);
        (await next.PostAsync($"/events/{id}/waitlist/join")).Must(201);
        (await server.John.PutAsync($"/invitations/{taken}/cancel")).Must(200);
        await EventuallyAsync(async () => (await next.GetAsync($"/events/{id}/waitlist/me")).Must(200).Text("status") == "PENDING");
        Assert.Contains("550", (await server.Owner.GetAsync($"/events/{id}/explain?invitation={id}-2")).Must(200).Body);
    }

    [Fact]
    public async Task Reminder_LeadsToAPage_WhereOneClickEndsThem()
    {
        var start = DateTimeOffset.UtcNow.AddHours(1);
        var body = new { title = "Soon", eventDate = start.ToString("O"), maxCapacity = 5, reminders = Array.Empty<string>() };
        var id = (await server.Owner.PostAsync("/events", body)).Must(201)["id"].GetInt64();
        var guest = await server.RegisterAsync($"forgetful-{id}");
        (await guest.PostAsync("/invitations", new { eventId = id, confirm = true })).Must(201);
        // The reminder is due once there is somebody to remind, however long that took.
        var before = (int)(start - DateTimeOffset.UtcNow).TotalSeconds - 1;
        (await server.Owner.PutAsync($"/events/{id}", new { reminders = new[] { $"PT{before}S" } })).Must(200);
        await EventuallyAsync(() => Task.FromResult(server.Mail.Taken.Any(mail => mail.Header("X-Seats-Kind") == "EVENT_REMINDER" && mail.Recipients.Contains($"forgetful-{id}@example.com"))));
        var reminder = server.Mail.Taken.Single(mail => mail.Header("X-Seats-Kind") == "EVENT_REMINDER" && mail.Recipients.Contains($"forgetful-{id}@example.com"));
        Assert.Equal("List-Unsubscribe=One-Click", reminder.Header("List-Unsubscribe-Post"));
        var path = new Uri(reminder.Header("List-Unsubscribe")!.Trim('<', '>')).AbsolutePath;
        Assert.Contains("<button>", (await server.Anonymous.GetAsync(path)).Must(200).Body, StringComparison.Ordinal);
        var done = (await server.Anonymous.SendAsync("POST", path, "List-Unsubscribe=One-Click", ("Content-Type", "application/x-www-form-urlencoded"))).Must(200);
        Assert.Contains($"forgetful-{id}@example.com", System.Net.WebUtility.HtmlDecode(done.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guest_WithAnAccount_IsWrittenToInItsLanguage_AndInTheOneChosenLater()
    {
        var id = await server.EventAsync();
        var guest = await server.RegisterAsync($"guest-{id}", "fr-FR");
        (await server.Owner.PostAsync("/invitations", new { eventId = id, userEmail = $"guest-{id}@example.com" })).Must(201);
        await EventuallyAsync(() => Task.FromResult(LanguageOf(id, "INVITATION_RECEIVED") == "fr"));
        (await guest.PutAsync($"/invitations/{id}-1/confirm")).Must(200);
        await EventuallyAsync(() => Task.FromResult(LanguageOf(id, "REGISTRATION_CONFIRMED") == "fr"));
        (await guest.PutAsync("/api/users/profile", new { locale = "en" })).Must(200);
        (await server.Owner.PutAsync($"/events/{id}", new { location = "Elsewhere" })).Must(200);
        await EventuallyAsync(() => Task.FromResult(LanguageOf(id, "EVENT_CHANGED") == "en"));
    }

    [Fact]
    public async Task Resilience_IsReported_UnderBothNames()
    {
        foreach (var path in new[] { "/api/metrics/resilience", "/api/metrics/resilience4j" })
        {
            var report = (await server.Admin.GetAsync(path)).Must(200);
            Assert.Equal("CLOSED", report["breaker"].GetProperty("state").GetString());
            Assert.Equal((10, 30), (report["bulkhead"].GetProperty("limit").GetInt32(), report["timeLimiter"].GetProperty("limitSeconds").GetDouble()));
            foreach (var (part, member) in new[] { ("breaker", "failureRate"), ("breaker", "calls"), ("retry", "attempts"), ("retry", "succeeded"), ("retry", "exhausted"), ("bulkhead", "running"), ("bulkhead", "rejected"), ("timeLimiter", "timeouts"), ("mail", "sent"), ("mail", "failed"), ("mail", "deadLetters"), ("kafka", "published"), ("kafka", "consumed"), ("kafka", "lag") })
                Assert.True(report[part].GetProperty(member).GetDouble() >= 0);
        }
    }

    private string? LanguageOf(long eventId, string kind) =>
        server.Mail.Taken.FirstOrDefault(mail => mail.Recipients.Contains($"guest-{eventId}@example.com") && mail.Header("X-Seats-Kind") == kind)?.Header("Content-Language");

    /// <summary>The list, once it has so many items and none of them waits.</summary>
    private static async Task<IReadOnlyList<System.Text.Json.JsonElement>> SettledAsync(Client client, string path, int count)
    {
        IReadOnlyList<System.Text.Json.JsonElement> items = [];
        await EventuallyAsync(async () =>
        {
            items = (await client.GetAsync(path)).Must(200).Items;
            return items.Count == count && items.All(item => item.GetProperty("state").GetString() != "QUEUED");
        });
        return items;
    }

    private static Task EventuallyAsync(Func<Task<bool>> condition) => Eventually.TrueAsync(condition, TimeSpan.FromSeconds(30));
}
