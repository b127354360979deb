using Seats.Grains.Notify;
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
    public async Task ReminderOfAnEventThatHasBegun_IsADeadLetterWithThatReason(string store)
    {
        await using var post = await Post.OpenAsync(store);
        var late = Post.Sample(1, NotificationKind.EventReminder);
        await post.Ledger.EnqueueAsync([late with { Data = late.Data with { Event = late.Data.Event! with { StartsAt = DateTimeOffset.UtcNow.AddMinutes(-1) } } }]);
        await RunAsync(post, mailers: 1, post.AllSettledAsync);
        Assert.Equal(("FAILED", 0), (await post.AllAsync())[0] is var view ? (view.State, post.Server.TakenCount) : default);
    }

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
