using Seats.Core.Notifications;
using Seats.Grains.Abstractions;
using Seats.Silo.Notifications;
using Seats.Silo.Tests.Journal;

namespace Seats.Silo.Tests.Notifications;

/// <summary>What the ledger promises, on both databases.</summary>
public sealed class LedgerTests
{
    private static readonly NotificationQuery All = new(null, null, null, null);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    public static TheoryData<string> Stores() => JournalUnderTest.Stores();

    [Theory, MemberData(nameof(Stores))]
    public async Task Notification_IsKeptOnce_HoweverOftenItComes(string store)
    {
        await using var post = await Post.OpenAsync(store);
        Assert.Equal(2, await post.Ledger.EnqueueAsync([Post.Sample(1), Post.Sample(2), Post.Sample(1)]));
        Assert.Equal(1, await post.Ledger.EnqueueAsync([Post.Sample(2), Post.Sample(3)]));
        Assert.Equal(3, (await post.AllAsync()).Count);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Message_IsOneMailersAtATime_UntilItsLeaseIsOver(string store)
    {
        await using var post = await Post.OpenAsync(store);
        await post.Ledger.EnqueueAsync([.. Enumerable.Range(1, 50).Select(number => Post.Sample(number))]);
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(mailer => Task.Run(() => post.Ledger.ClaimAsync($"m{mailer}", 10, Lease))));
        Assert.Equal(50, taken.Sum(messages => messages.Count));
        Assert.Equal(50, taken.SelectMany(messages => messages).Select(message => message.Id).Distinct().Count());
        Assert.Empty(await post.Ledger.ClaimAsync("late", 10, Lease));
        await post.AgeAsync(Lease + TimeSpan.FromSeconds(1));
        Assert.Equal(10, (await post.Ledger.ClaimAsync("late", 10, Lease)).Count);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task OnePerson_HearsOfOneInvitation_InTheOrderOfTheVersions(string store)
    {
        await using var post = await Post.OpenAsync(store);
        await post.Ledger.EnqueueAsync([Sample(3, about: 7), Sample(2, about: 7), Sample(4, about: 8), Post.Sample(5, email: "b@example.com")]);
        Assert.Equal(["1/2", "1/4", "1/5"], await TakeAsync(post));
        Assert.Empty(await TakeAsync(post));
        await SettleAsync(post, "1/2");
        Assert.Equal(["1/3"], await TakeAsync(post));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task MailAboutTheEventItself_KeepsItsPlaceAmongThoseOfAPersonsInvitations(string store)
    {
        await using var post = await Post.OpenAsync(store);
        await post.Ledger.EnqueueAsync([Sample(2, about: 7), Sample(3, about: 0), Sample(4, about: 8)]);
        Assert.Equal(["1/2"], await TakeAsync(post));
        await SettleAsync(post, "1/2");
        Assert.Equal(["1/3"], await TakeAsync(post));
        await SettleAsync(post, "1/3");
        Assert.Equal(["1/4"], await TakeAsync(post));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task KindThatOnlyANewerProgramKnows_IsLeftToItsMailers(string store)
    {
        await using var post = await Post.OpenAsync(store);
        await post.Ledger.EnqueueAsync([Post.Sample(1), Post.Sample(2)]);
        await post.Database.ExecuteAsync("update notifications set kind = 'SEAT_UPGRADED' where key = @key", ("key", Post.Sample(1).Key));
        Assert.Equal([Post.Sample(2).Key], (await post.Ledger.ClaimAsync("m", 10, Lease)).Select(message => message.Key));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Language_IsTheOneChosenLast(string store)
    {
        await using var post = await Post.OpenAsync(store);
        await post.Preferences.SetLanguageAsync("john", "en", null);
        await post.Preferences.SetLanguageAsync("john", "fr", null);
        var known = Post.Sample(1) with { Recipient = new Recipient("john", "john.doe@example.com", "en") };
        await post.Ledger.EnqueueAsync([known, Post.Sample(2)]);
        var locales = (await post.Ledger.ClaimAsync("m", 10, Lease)).Select(message => NotificationCodec.Decode(System.Text.Encoding.UTF8.GetBytes(message.Body)).Recipient.Locale);
        Assert.Equal(["fr", "en"], locales);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task LanguageOfAnAddress_HoldsForWhoWasInvitedByIt_AndThePersonsOwnGoesFirst(string store)
    {
        await using var post = await Post.OpenAsync(store);
        await post.Preferences.SetLanguageAsync("olga", "fr", "Olga@müller.example");
        await post.Preferences.SetLanguageAsync("john", "en", null);
        await post.Ledger.EnqueueAsync([
            Post.Sample(1, email: "olga@xn--mller-kva.example"),
            Post.Sample(2) with { Recipient = new Recipient("john", "olga@xn--mller-kva.example", "fr") },
            Post.Sample(3)]);
        var locales = (await post.Ledger.ClaimAsync("m", 10, Lease)).OrderBy(message => message.Id)
            .Select(message => NotificationCodec.Decode(System.Text.Encoding.UTF8.GetBytes(message.Body)).Recipient.Locale);
        Assert.Equal(["fr", "en", "en"], locales);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task WhoWantsNoInvitations_GetsNone_AndIsToldOfTheirPlacesAllTheSame(string store)
    {
        await using var post = await Post.OpenAsync(store);
        var link = post.Unsubscribe.For("john.doe@example.com", OptionalMail.Invitations).AbsoluteUri.Split('/')[^1];
        Assert.Equal(("john.doe@example.com", OptionalMail.Invitations), post.Unsubscribe.Read(link));
        // What ends reminders ends no invitations.
        Assert.Null(post.Unsubscribe.Read(link["invitations.".Length..]));
        await post.Preferences.UnsubscribeAsync("john.doe@example.com", OptionalMail.Invitations);
        var invited = Post.Sample(1, NotificationKind.WaitlistJoined, "john.doe@example.com");
        await post.Ledger.EnqueueAsync([
            invited with { Data = invited.Data with { IsInvited = true } }, Post.Sample(2, NotificationKind.InvitationReceived, "john.doe@example.com"),
            Post.Sample(3, NotificationKind.WaitlistJoined, "john.doe@example.com"), Post.Sample(4, NotificationKind.EventReminder, "john.doe@example.com"),
            Post.Sample(5, NotificationKind.PlaceAvailable, "john.doe@example.com")]);
        Assert.Equal(
            ["EVENT_REMINDER", "PLACE_AVAILABLE", "WAITLIST_JOINED"],
            (await post.Ledger.ClaimAsync("m", 10, Lease)).Select(message => message.Kind).Order());
        Assert.Equal(2, (await post.AllAsync()).Count(view => view.Answer == "The recipient wants no invitations."));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Unsubscribed_GetNoReminders_AndEverythingElse(string store)
    {
        await using var post = await Post.OpenAsync(store);
        var link = post.Unsubscribe.For("John.Doe@example.com", OptionalMail.Reminders).AbsoluteUri.Split('/')[^1];
        Assert.Equal(("John.Doe@example.com", OptionalMail.Reminders), post.Unsubscribe.Read(link));
        foreach (var forged in new[] { "", ".", "a.b", link[..^2], (link[0] == 'A' ? 'B' : 'A') + link[1..], link + "A", "é.é" }) Assert.Null(post.Unsubscribe.Read(forged));
        await post.Preferences.UnsubscribeAsync("John.Doe@example.com", OptionalMail.Reminders);
        await post.Ledger.EnqueueAsync([
            Post.Sample(1, NotificationKind.EventReminder, "john.doe@example.com"), Post.Sample(2, NotificationKind.EventCancelled, "john.doe@example.com"), Post.Sample(3, NotificationKind.EventReminder, "jane.doe@example.com")]);
        Assert.Equal(["EVENT_CANCELLED", "EVENT_REMINDER"], (await post.Ledger.ClaimAsync("m", 10, Lease)).Select(message => message.Kind).Order());
        Assert.Equal(("FAILED", "The recipient wants no reminders."), (await post.AllAsync()).Single(view => view is { Kind: "EVENT_REMINDER", Recipient: "john.doe@example.com" }) is var declined ? (declined.State, declined.Answer) : default);
        Assert.Empty(await post.Ledger.ListDeadLettersAsync(All, 10));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task UrgentMails_AreTakenFirst_AndThoseForEverybodyLast(string store)
    {
        await using var post = await Post.OpenAsync(store);
        await post.Ledger.EnqueueAsync(
            [Post.Sample(1, NotificationKind.EventReminder), Post.Sample(2, NotificationKind.WaitlistJoined), Post.Sample(3, NotificationKind.PlaceAvailable)]);
        List<string> kinds = [];
        for (var taken = 0; taken < 3; taken++) kinds.Add((await post.Ledger.ClaimAsync("m", 1, Lease))[0].Kind);
        Assert.Equal(["PLACE_AVAILABLE", "WAITLIST_JOINED", "EVENT_REMINDER"], kinds);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task NotificationThatTheDatabaseRefuses_IsADeadLetter_AndTheOthersAreKept(string store)
    {
        await using var post = await Post.OpenAsync(store);
        var poison = Post.Sample(2, email: "guest\0two@example.com");
        var kept = await post.Ledger.EnqueueAsync([Post.Sample(1), poison, Post.Sample(3)]);
        Assert.Equal(3, kept);
        Assert.Equal(0, await post.Ledger.EnqueueAsync([poison]));
        var queued = await post.Ledger.ClaimAsync("m", 10, Lease);
        Assert.Subset(queued.Select(message => message.Key).ToHashSet(), new HashSet<string> { Post.Sample(1).Key, Post.Sample(3).Key });
        // SQLite takes the character; Postgres does not.
        if (store == JournalUnderTest.Postgres) Assert.Equal(poison.Key, Assert.Single(await post.Ledger.ListDeadLettersAsync(All, 10)).Key);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task ReportThatFails_IsPutOff_ForLongerEachTime(string store)
    {
        await using var post = await Post.OpenAsync(store);
        await post.Ledger.EnqueueAsync([Post.Sample(1), Post.Sample(2)]);
        var ids = (await post.Ledger.ClaimAsync("a", 2, Lease)).Select(message => message.Id).ToList();
        await post.Ledger.SettleAsync([.. ids.Select(id => new Settlement(id, "SENT", 1, false, 0, "250", true))]);
        await post.Ledger.PutReportOffAsync(ids[0], 0);
        Assert.Equal([ids[1]], (await post.Ledger.ListUnreportedAsync("a", Lease, 10)).Select(message => message.Id));
        await post.AgeAsync(TimeSpan.FromSeconds(2));
        var again = await post.Ledger.ListUnreportedAsync("a", Lease, 10);
        Assert.Equal([(ids[1], 0), (ids[0], 1)], again.Select(message => (message.Id, message.Tries)));
        await post.Ledger.PutReportOffAsync(ids[0], 30);
        await post.AgeAsync(NotificationLimits.LongestReportPause - TimeSpan.FromSeconds(30));
        Assert.Single(await post.Ledger.ListUnreportedAsync("a", Lease, 10));
        await post.AgeAsync(TimeSpan.FromSeconds(35));
        Assert.Equal(2, (await post.Ledger.ListUnreportedAsync("a", Lease, 10)).Count);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Lease_IsRenewedOnlyWhileItLasts_AndOnlyByItsOwner(string store)
    {
        await using var post = await Post.OpenAsync(store);
        await post.Ledger.EnqueueAsync([Post.Sample(1)]);
        var id = (await post.Ledger.ClaimAsync("a", 1, Lease))[0].Id;
        Assert.Empty(await post.Ledger.RenewAsync("b", [id], Lease));
        Assert.Equal([id], await post.Ledger.RenewAsync("a", [id], Lease));
        await post.AgeAsync(Lease + TimeSpan.FromSeconds(1));
        Assert.Empty(await post.Ledger.RenewAsync("a", [id], Lease));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task SentMail_StaysSent_WhateverALateMailerSays(string store)
    {
        await using var post = await Post.OpenAsync(store);
        await post.Ledger.EnqueueAsync([Post.Sample(1), Post.Sample(2)]);
        var (first, second) = (await post.Ledger.ClaimAsync("a", 2, Lease)) is var taken ? (taken[0].Id, taken[1].Id) : default;
        await post.Ledger.SettleAsync([new Settlement(first, "SENT", 1, false, 0, "250 it's taken", false), new Settlement(second, "FAILED", 3, false, 0, "450 busy", true)]);
        await post.Ledger.SettleAsync([new Settlement(first, "QUEUED", 1, false, 0, "later", false), new Settlement(first, "FAILED", 1, false, 0, "no", true)]);
        var all = await post.AllAsync();
        Assert.Equal(("SENT", 1, "250 it's taken"), all.Single(view => view.Id == first) is var sent ? (sent.State, sent.Attempts, sent.Answer) : default);
        Assert.NotNull(all.Single(view => view.Id == first).SentAt);
        await post.Ledger.SettleAsync([new Settlement(second, "SENT", 1, false, 0, "250 after all", false)]);
        Assert.All(await post.AllAsync(), view => Assert.Equal("SENT", view.State));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task DeadLetters_AreListed_Replayed_AndGivenUp(string store)
    {
        await using var post = await Post.OpenAsync(store);
        await post.Ledger.EnqueueAsync([.. Enumerable.Range(1, 4).Select(number => Post.Sample(number))]);
        var ids = (await post.Ledger.ClaimAsync("a", 4, Lease)).Select(message => message.Id).ToList();
        await post.Ledger.SettleAsync([.. ids.Select(id => new Settlement(id, "FAILED", 3, false, 0, "550 no", true))]);
        await post.Ledger.AddPoisonAsync("unreadable/x/0/1/2", 0, "{", "not JSON");
        var dead = await post.Ledger.ListDeadLettersAsync(All, 10);
        Assert.Equal(["not JSON", "550 no", "550 no", "550 no", "550 no"], dead.Select(letter => letter.Reason));
        Assert.Equal(2, (await post.Ledger.ListDeadLettersAsync(All with { Before = ids[2] }, 10)).Count);
        Assert.Equal(ReplayOutcome.Queued, await post.Ledger.ReplayAsync(ids[0]));
        Assert.Equal(ReplayOutcome.NotFound, await post.Ledger.ReplayAsync(ids[0]));
        Assert.True(await post.Ledger.DiscardAsync(ids[1]));
        Assert.False(await post.Ledger.DiscardAsync(ids[1]));
        Assert.Equal(1, await post.Ledger.ReplayAllAsync(All with { Recipient = "GUEST3@example.com" }));
        Assert.Equal(1, await post.Ledger.ReplayAllAsync(All));
        Assert.Equal(1, await post.Ledger.CountFailedAsync());
        Assert.Equal(3, (await post.Ledger.ClaimAsync("a", 10, Lease)).Count(message => message is { Rounds: 0, IsReplayed: true }));
        Assert.Equal(0, await post.Ledger.EnqueueAsync([Post.Sample(2)]));
        Assert.Single(await post.Ledger.ListAsync(All with { Recipient = "guest1@example.com" }, 10));
        Assert.Empty(await post.Ledger.ListAsync(All with { EventId = 2 }, 10));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task RecordThatWasNoNotification_IsNeverSent(string store)
    {
        await using var post = await Post.OpenAsync(store);
        await post.Ledger.AddPoisonAsync("unreadable/1", 7, "{}", "no JSON");
        var letter = Assert.Single(await post.Ledger.ListDeadLettersAsync(All, 10));
        Assert.Equal((7L, "UNREADABLE", "no JSON"), (letter.EventId, letter.Kind, letter.Reason));
        Assert.Equal(ReplayOutcome.Unreadable, await post.Ledger.ReplayAsync(letter.Id));
        Assert.Equal(0, await post.Ledger.ReplayAllAsync(All));
        Assert.True(await post.Ledger.DiscardAsync(letter.Id));
        Assert.Equal(ReplayOutcome.NotFound, await post.Ledger.ReplayAsync(letter.Id));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task WhatMustBeReported_IsRememberedUntilItIs(string store)
    {
        await using var post = await Post.OpenAsync(store);
        await post.Ledger.EnqueueAsync([Post.Sample(1)]);
        var id = (await post.Ledger.ClaimAsync("a", 1, Lease))[0].Id;
        await post.Ledger.SettleAsync([new Settlement(id, "SENT", 1, false, 0, "250", true)]);
        Assert.Empty(await post.Ledger.ListUnreportedAsync("b", Lease, 10));
        Assert.Equal("SENT", Assert.Single(await post.Ledger.ListUnreportedAsync("a", Lease, 10)).State);
        await post.AgeAsync(Lease * 2);
        Assert.Single(await post.Ledger.ListUnreportedAsync("b", Lease, 10));
        await post.Ledger.ReportedAsync([id]);
        Assert.Empty(await post.Ledger.ListUnreportedAsync("a", Lease, 10));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task HostileText_IsKeptAsItIs(string store)
    {
        await using var post = await Post.OpenAsync(store);
        var hostile = Post.Sample(1, email: "o'brien--@example.com");
        await post.Ledger.EnqueueAsync([hostile]);
        Assert.Equal("o'brien--@example.com", Assert.Single(await post.Ledger.ListAsync(All with { Recipient = "o'brien--@example.com" }, 10)).Recipient);
        Assert.Empty(await post.Ledger.ListAsync(All with { Recipient = "x' or 1=1 --" }, 10));
    }

    private static Notification Sample(int version, int about) => Post.Sample(version, email: "a@example.com", about: about);

    private static async Task<List<string>> TakeAsync(Post post) =>
        [.. (await post.Ledger.ClaimAsync("m", 10, Lease)).Select(message => string.Join('/', message.Key.Split('/').Take(2))).Order()];

    private static async Task SettleAsync(Post post, string version)
    {
        var view = (await post.AllAsync()).Single(row => row.Key.StartsWith(version + "/", StringComparison.Ordinal));
        await post.Ledger.SettleAsync([new Settlement(view.Id, "SENT", 1, false, 0, "250", false)]);
    }
}
