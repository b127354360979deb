using Seats.Grains.Abstractions;
using Seats.Silo.Notifications;
using Seats.Silo.Tests.Journal;
using Seats.Testing.Smtp;

namespace Seats.Silo.Tests.Notifications;

/// <summary>From the ledger to the mail server: each mail once, whatever the server does.</summary>
public sealed class MailerTests
{
    public static TheoryData<string> Stores() => JournalUnderTest.Stores();

    [Theory, MemberData(nameof(Stores))]
    public async Task EveryMail_IsSentOnce_ByAnyNumberOfMailers(string store)
    {
        await using var post = await Post.OpenAsync(store);
        await post.Ledger.EnqueueAsync([.. Enumerable.Range(1, 300).Select(number => Post.Sample(number))]);
        await RunAsync(post, mailers: 3, post.AllSettledAsync);
        Assert.Equal(300, post.Server.TakenCount);
        Assert.Equal(300, post.Server.Taken.Select(mail => mail.Header("X-Seats-Key")).Distinct().Count());
        Assert.All(await post.AllAsync(), view => Assert.Equal("SENT", view.State));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task ServerThatDoesAsItLikes_GetsEachMailToItsEnd(string store)
    {
        await using var post = await Post.OpenAsync(store);
        SmtpAct[] acts = [SmtpAct.RefuseMessageNow, SmtpAct.CloseAfterMessage, SmtpAct.TakeAndNeverAnswer, SmtpAct.HangAtData, SmtpAct.RefuseRecipientForGood, SmtpAct.CloseAtRecipient];
        post.Settings = post.Settings with { TimeoutSeconds = 3, BreakerSeconds = 0.5 };
        post.Server.Script = (recipient, attempt) => Number(recipient) % 5 != 0 ? SmtpAct.Accept
            : Act(recipient) is SmtpAct.RefuseRecipientForGood ? SmtpAct.RefuseRecipientForGood
            : attempt == 1 ? Act(recipient) : SmtpAct.Accept;
        await post.Ledger.EnqueueAsync([.. Enumerable.Range(1, 120).Select(number => Post.Sample(number))]);
        await RunAsync(post, mailers: 1, post.AllSettledAsync);

        var all = await post.AllAsync();
        var refused = Enumerable.Range(1, 120).Where(number => number % 5 == 0 && Act(Post.AddressOf(number)) == SmtpAct.RefuseRecipientForGood).Select(Post.AddressOf).Order();
        Assert.Equal(refused, all.Where(view => view.State == "FAILED").Select(view => view.Recipient).Order());
        foreach (var copies in post.Server.Taken.GroupBy(mail => mail.Header("X-Seats-Key")))
        {
            Assert.Single(copies, mail => mail.Answered);
            Assert.Single(copies.Select(mail => mail.Header("Message-Id")).Distinct());
            Assert.Single(copies.Select(mail => mail.Content).Distinct());
        }
        Assert.Equal(all.Count(view => view.State == "SENT"), post.Server.Taken.Select(mail => mail.Header("X-Seats-Key")).Distinct().Count());

        SmtpAct Act(string recipient) => acts[Number(recipient) / 5 % acts.Length];
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task ServerThatIsAway_CostsNoMailItsTries_AndGetsAllOfThemWhenItIsBack(string store)
    {
        await using var post = await Post.OpenAsync(store);
        var port = post.Server.Port;
        await post.Server.DisposeAsync();
        post.Settings = post.Settings with { BreakerSeconds = 0.5 };
        await post.Ledger.EnqueueAsync([.. Enumerable.Range(1, 40).Select(number => Post.Sample(number))]);
        ScriptedSmtp? back = null;
        await RunAsync(post, mailers: 1, async () =>
        {
            await Post.EventuallyAsync(async () => (await post.AllAsync()).Count(view => view.Attempts > 0) >= 5);
            Assert.All(await post.AllAsync(), view => Assert.Equal("QUEUED", view.State));
            back = new ScriptedSmtp(port);
            await post.AllSettledAsync();
        });
        Assert.Equal(40, back!.Taken.Select(mail => mail.Header("X-Seats-Key")).Distinct().Count());
        Assert.Equal(40, back.TakenCount);
        await back.DisposeAsync();
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task MailerThatDies_LeavesItsMailsToAnother_WhenItsLeaseIsOver(string store)
    {
        await using var post = await Post.OpenAsync(store);
        await post.Ledger.EnqueueAsync([.. Enumerable.Range(1, 20).Select(number => Post.Sample(number))]);
        Assert.Equal(20, (await post.Ledger.ClaimAsync("dead", 20, TimeSpan.FromSeconds(60))).Count);
        await RunAsync(post, mailers: 1, async () =>
        {
            await post.AgeAsync(TimeSpan.FromSeconds(61));
            await post.AllSettledAsync();
        });
        Assert.Equal(20, post.Server.TakenCount);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task FrozenMailer_SendsNothingMore_OnceItsLeaseIsOver(string store)
    {
        await using var post = await Post.OpenAsync(store);
        post.Settings = post.Settings with { LeaseSeconds = 1, TimeoutSeconds = 30 };
        using var gate = new ManualResetEventSlim();
        post.Server.Script = (_, attempt) =>
        {
            // The first mailer stands still between naming the recipient and sending the message.
            if (attempt == 1) gate.Wait(TimeSpan.FromSeconds(30));
            return SmtpAct.Accept;
        };
        await post.Ledger.EnqueueAsync([Post.Sample(1)]);
        var frozen = new Mailer[] { post.NewMailer() };
        using var stop = new CancellationTokenSource();
        using var noRenewals = new CancellationTokenSource();
        var first = RunOneAsync(frozen[0], noRenewals.Token);
        await Post.EventuallyAsync(() => Task.FromResult(post.Server.TriesOf(Post.AddressOf(1)) == 1));
        // Another mailer takes it over: nobody renewed the lease.
        await post.Database.ExecuteAsync("update notifications set claimed_by = 'nobody', claimed_until = 0");
        var second = RunOneAsync(post.NewMailer(), stop.Token);
        await post.AllSettledAsync();
        await Task.Delay(TimeSpan.FromSeconds(1.2));
        gate.Set();
        await stop.CancelAsync();
        await noRenewals.CancelAsync();
        await Task.WhenAll(first, second);
        Assert.Equal(1, post.Server.TakenCount);
        Assert.Equal("SENT", Assert.Single(await post.AllAsync()).State);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task RecipientRefusedForNow_IsTriedInRoundsThatGrowApart_UntilTheLifeOfTheMailIsOver(string store)
    {
        await using var post = await Post.OpenAsync(store);
        post.Settings = post.Settings with { Pauses = [TimeSpan.FromMinutes(10), TimeSpan.FromHours(1)], Life = TimeSpan.FromHours(3) };
        post.Server.Script = (_, _) => SmtpAct.RefuseRecipientNow;
        await post.Ledger.EnqueueAsync([Post.Sample(1)]);
        await RunAsync(post, mailers: 1, async () =>
        {
            await TriedAsync(post, 3);
            Assert.InRange(await DueInAsync(post), TimeSpan.FromMinutes(8), TimeSpan.FromMinutes(10));
            await post.AgeAsync(TimeSpan.FromMinutes(10));
            await TriedAsync(post, 6);
            Assert.InRange(await DueInAsync(post), TimeSpan.FromMinutes(58), TimeSpan.FromHours(1));
            await post.AgeAsync(TimeSpan.FromHours(2));
            await TriedAsync(post, 9);
            // The last round comes when the life is over.
            Assert.InRange(await DueInAsync(post), TimeSpan.FromMinutes(48), TimeSpan.FromMinutes(50));
            await post.AgeAsync(TimeSpan.FromMinutes(50));
            await post.AllSettledAsync();
        });
        var letter = Assert.Single(await post.Ledger.ListDeadLettersAsync(new NotificationQuery(null, null, null, null), 10));
        Assert.Equal((12, "450 4.2.1 mailbox busy"), (letter.Attempts, letter.Reason));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task OfferRefusedForNow_IsGivenUpWhenItsOwnTimeWouldBeOver(string store)
    {
        await using var post = await Post.OpenAsync(store);
        post.Server.Script = (_, _) => SmtpAct.RefuseRecipientNow;
        await post.Ledger.EnqueueAsync([Post.Offer(1, seconds: 300)]);
        await RunAsync(post, mailers: 1, async () =>
        {
            await TriedAsync(post, 3);
            Assert.InRange(await DueInAsync(post), TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(60));
            await post.AgeAsync(TimeSpan.FromSeconds(60));
            await TriedAsync(post, 6);
            Assert.InRange(await DueInAsync(post), TimeSpan.FromSeconds(200), TimeSpan.FromSeconds(240));
            await post.AgeAsync(TimeSpan.FromSeconds(240));
            await post.AllSettledAsync();
        });
        Assert.Equal("FAILED", Assert.Single(await post.AllAsync()).State);
    }

    [Theory]
    [InlineData(SmtpAct.RefuseRelaying)]
    [InlineData(SmtpAct.RefuseSenderForGood)]
    [InlineData(SmtpAct.RefuseMessageForGood)]
    public async Task ServerThatRefusesUs_EndsNobodysOffer(SmtpAct act)
    {
        await using var post = await Post.OpenAsync(JournalUnderTest.Sqlite);
        post.Settings = post.Settings with { BreakerSeconds = 0.5 };
        post.Server.Script = (_, _) => act;
        if (act == SmtpAct.RefuseSenderForGood) post.Server.OnConnection = _ => act;
        await post.Ledger.EnqueueAsync([.. Enumerable.Range(1, 30).Select(number => Post.Offer(number, seconds: 60))]);
        Mailer? mailer = null;
        using var stop = new CancellationTokenSource();
        var running = RunOneAsync(mailer = post.NewMailer(), stop.Token);
        await Post.EventuallyAsync(() => Task.FromResult(!mailer.IsWilling));
        await Post.EventuallyAsync(async () => (await post.AllAsync()).Sum(view => view.Attempts) > 12);
        Assert.All(await post.AllAsync(), view => Assert.Equal("QUEUED", view.State));
        // The server thinks better of it.
        (post.Server.Script, post.Server.OnConnection) = ((_, _) => SmtpAct.Accept, _ => SmtpAct.Accept);
        // What was refused a moment ago is put off by a minute: it must be so before the minute passes.
        await post.NothingInFlightAsync();
        await post.AgeAsync(TimeSpan.FromHours(1));
        await post.AllSettledAsync();
        await stop.CancelAsync();
        await running;
        Assert.All(await post.AllAsync(), view => Assert.Equal("SENT", view.State));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task DeadLetterThatIsReplayed_IsSentWhereItIsStillTrue_AndSettledWithTheReasonWhereItIsNot(string store)
    {
        await using var post = await Post.OpenAsync(store);
        post.Server.Script = (_, attempt) => attempt == 1 ? SmtpAct.RefuseRecipientForGood : SmtpAct.Accept;
        post.Standings.WhyNot = notification => notification.Version == 2 ? "Invitation 1-2 is EXPIRED by now." : null;
        await post.Ledger.EnqueueAsync([Post.Sample(1), Post.Sample(2)]);
        await RunAsync(post, mailers: 1, async () =>
        {
            await post.AllSettledAsync();
            Assert.Equal(2, await post.Ledger.ReplayAllAsync(new NotificationQuery(null, null, null, null)));
            await post.AllSettledAsync();
        });
        Assert.Equal(Post.AddressOf(1), Assert.Single(Assert.Single(post.Server.Taken).Recipients));
        Assert.Equal(
            [("SENT", "250 2.0.0 taken"), ("FAILED", "Invitation 1-2 is EXPIRED by now.")],
            (await post.AllAsync()).OrderBy(view => view.Id).Select(view => (view.State, view.Answer)));
        Assert.Empty(await post.Ledger.ListDeadLettersAsync(new NotificationQuery(null, null, null, null), 10));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task OfferWhoseTimeHasPassed_IsSentOnlyWhereTheEventSaysThatItStands(string store)
    {
        await using var post = await Post.OpenAsync(store);
        var old = Enumerable.Range(1, 2).Select(number => Post.Offer(number, seconds: 60) with { At = DateTimeOffset.UtcNow.AddMinutes(-2) });
        var fresh = Post.Offer(3, seconds: 60) with { At = DateTimeOffset.UtcNow };
        post.Standings.WhyNot = notification => notification.Version == 2 ? null : "Invitation 1-1 is EXPIRED by now.";
        await post.Ledger.EnqueueAsync([.. old, fresh]);
        await RunAsync(post, mailers: 1, post.AllSettledAsync);
        Assert.Equal(["FAILED", "SENT", "SENT"], (await post.AllAsync()).OrderBy(view => view.Id).Select(view => view.State));
    }

    private static Task TriedAsync(Post post, int times) =>
        Post.EventuallyAsync(async () => (await post.AllAsync()).Single() is { State: "QUEUED" } view && view.Attempts == times);

    /// <summary>How long a message that waits will do so, by the database's clock.</summary>
    private static async Task<TimeSpan> DueInAsync(Post post) => TimeSpan.FromMilliseconds(Assert.Single(await post.Database.ReadAsync(
        $"select due_at - {post.Database.Now} from notifications where state = 'QUEUED'", row => row.GetInt64(0))));

    private static int Number(string recipient) => int.Parse(recipient["guest".Length..recipient.IndexOf('@')]);

    private static async Task RunAsync(Post post, int mailers, Func<Task> until)
    {
        using var stop = new CancellationTokenSource();
        var running = Enumerable.Range(0, mailers).Select(_ => RunOneAsync(post.NewMailer(), stop.Token)).ToArray();
        await until();
        await stop.CancelAsync();
        await Task.WhenAll(running);
    }

    private static Task RunOneAsync(Mailer mailer, CancellationToken stop) => Task.Run(() => mailer.RunAsync(alone: false, stop), CancellationToken.None);
}
