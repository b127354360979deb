using Microsoft.Extensions.Time.Testing;
using MimeKit;
using Seats.Core;
using Seats.Mail.Resilience;
using Seats.Mail.Transports;
using Seats.Testing.Smtp;

namespace Seats.Mail.Tests;

/// <summary>A message and a server that does as it likes.</summary>
public sealed class SendingTests : IAsyncLifetime
{
    private readonly ScriptedSmtp server = new();
    private MailSettings settings = null!;
    private SmtpTransport transport = null!;
    private SendingPolicy policy = null!;

    // The first message of a process takes its time; limits are measured on the second.
    private static readonly Lazy<Task> Warm = new(WarmUpAsync);

    public async Task InitializeAsync()
    {
        await Warm.Value;
        Use(SettingsFor(server));
    }

    private static MailSettings SettingsFor(ScriptedSmtp server) => new()
    {
        From = "seats@tickets.example",
        PublicUrl = new Uri("https://tickets.example"),
        Folder = "mail",
        Host = "127.0.0.1",
        Port = server.Port,
        Security = SmtpSecurity.None,
        BackoffSeconds = 0.01,
        TimeoutSeconds = 20,
    };

    private static async Task WarmUpAsync()
    {
        await using var other = new ScriptedSmtp();
        using var first = new SmtpTransport(SettingsFor(other), TimeProvider.System);
        using var message = Message("warm@example.com");
        await first.SendAsync(message, () => true, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        transport.Dispose();
        policy.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Accepted_IsSaidWithTheServersOwnAnswer()
    {
        var outcome = await SendAsync("a@example.com");
        Assert.Equal((SendResult.Accepted, "250 2.0.0 taken", 1), (outcome.Result, outcome.Answer, outcome.Attempts));
        Assert.Equal("a@example.com", Assert.Single(Assert.Single(server.Taken).Recipients));
    }

    [Fact]
    public async Task Connections_AreUsedAgain()
    {
        for (var mail = 0; mail < 5; mail++) await SendAsync("a@example.com");
        Assert.Equal((5, 1), (server.TakenCount, server.Connections));
    }

    [Fact]
    public async Task RecipientRefusedForGood_IsNotTriedAgain()
    {
        server.Script = (_, _) => SmtpAct.RefuseRecipientForGood;
        var outcome = await SendAsync("a@example.com");
        Assert.Equal((SendResult.Refused, 1), (outcome.Result, server.TriesOf("a@example.com")));
        Assert.StartsWith("550 5.1.1", outcome.Answer);
    }

    [Theory]
    [InlineData(SmtpAct.RefuseSenderForGood, "554 5.7.1")]
    [InlineData(SmtpAct.RefuseRelaying, "550 5.7.1")]
    [InlineData(SmtpAct.RefuseMessageForGood, "554 5.6.0")]
    public async Task ServerThatRefusesUsForGood_IsAskedAgainMuchLater_AndOpensTheBreaker(SmtpAct act, string answer)
    {
        server.Script = (_, _) => act;
        if (act == SmtpAct.RefuseSenderForGood) server.OnConnection = _ => act;
        var outcome = await SendAsync("a@example.com");
        Assert.Equal((SendResult.Deferred, 1, false), (outcome.Result, outcome.Attempts, outcome.IsRecipients));
        Assert.StartsWith(answer, outcome.Answer);
        for (var mail = 1; mail < settings.BreakerWindow; mail++) await SendAsync($"a{mail}@example.com");
        Assert.Equal(("OPEN", 1d), (policy.Report().BreakerState, policy.Report().FailureRate));
    }

    [Theory]
    [InlineData(550, "5.1.1 <a@b>: Recipient address rejected", true)]
    [InlineData(550, "5.2.1 The account is disabled", true)]
    [InlineData(552, "5.2.2 Mailbox full", true)]
    [InlineData(550, "No such user here", true)]
    [InlineData(553, "Mailbox name is wrong", true)]
    [InlineData(451, "4.7.1 Greylisted", true)]
    [InlineData(452, "Too little storage", true)]
    [InlineData(421, "4.3.2 Going away", false)]
    [InlineData(550, "Relaying denied", false)]
    [InlineData(550, "5.7.1 Relaying denied", false)]
    [InlineData(554, "Client host blocked", false)]
    [InlineData(554, "5.7.1 <a@b>: Relay access denied", false)]
    [InlineData(550, "5.1.8 Sender address has no MX", false)]
    [InlineData(550, "5.7.26 Unauthenticated mail is not accepted", false)]
    [InlineData(503, "5.5.1 Need MAIL first", false)]
    public void AnswerToRcpt_IsAboutTheRecipient_OrAboutUs(int code, string text, bool isRecipients) =>
        Assert.Equal(isRecipients, RecipientReply.IsAboutTheRecipient(code, text));

    [Theory]
    [InlineData(SmtpAct.RefuseRecipientNow, "450", true)]
    [InlineData(SmtpAct.RefuseMessageNow, "451", false)]
    public async Task RefusedForNow_IsTriedThreeTimesInARound(SmtpAct act, string code, bool isRecipients)
    {
        server.Script = (_, _) => act;
        var outcome = await SendAsync("a@example.com");
        Assert.Equal((SendResult.Deferred, 3, 3), (outcome.Result, outcome.Attempts, server.TriesOf("a@example.com")));
        Assert.Equal(isRecipients, outcome.IsRecipients);
        Assert.StartsWith(code, outcome.Answer);
        Assert.Equal((2, 1), (policy.Report().RetryAttempts, policy.Report().RetryExhausted));
    }

    [Fact]
    public async Task RefusedForNowOnce_IsAcceptedTheSecondTime()
    {
        server.Script = (_, attempt) => attempt == 1 ? SmtpAct.RefuseMessageNow : SmtpAct.Accept;
        Assert.Equal((SendResult.Accepted, 2), (await SendAsync("a@example.com")) is var outcome ? (outcome.Result, outcome.Attempts) : default);
        Assert.Equal(1, policy.Report().RetrySucceeded);
    }

    [Theory]
    [InlineData(SmtpAct.HangAtSender)]
    [InlineData(SmtpAct.HangAtRecipient)]
    [InlineData(SmtpAct.HangAtData)]
    [InlineData(SmtpAct.OneByteASecond)]
    public async Task ServerThatHangs_IsGivenUpAtTheTimeLimit(SmtpAct act)
    {
        Use(settings with { TimeoutSeconds = 1, Attempts = 2 });
        if (act == SmtpAct.HangAtSender) server.OnConnection = _ => act;
        else server.Script = (_, _) => act;
        var outcome = await SendAsync("a@example.com");
        Assert.Equal(SendResult.Deferred, outcome.Result);
        Assert.Equal(2, policy.Report().Timeouts);
        Assert.Empty(server.Taken);
    }

    [Theory]
    [InlineData(SmtpAct.HangAtGreeting)]
    [InlineData(SmtpAct.HangAtHello)]
    public async Task ServerThatDoesNotGreet_IsAway_AndTheMessageIsNotAtFault(SmtpAct act)
    {
        Use(settings with { TimeoutSeconds = 1, Attempts = 2 });
        server.OnConnection = _ => act;
        var outcome = await SendAsync("a@example.com");
        Assert.Equal((SendResult.Later, 2), (outcome.Result, outcome.Attempts));
    }

    [Fact]
    public async Task ServerThatIsNotThere_IsAway_AndTheMessageIsNotAtFault()
    {
        await server.DisposeAsync();
        var outcome = await SendAsync("a@example.com");
        Assert.Equal((SendResult.Later, 3), (outcome.Result, outcome.Attempts));
    }

    [Theory]
    [InlineData(SmtpAct.CloseAfterMessage)]
    [InlineData(SmtpAct.TakeAndNeverAnswer)]
    public async Task AnswerThatIsLost_MeansAnotherCopy_WithTheSameMessageId(SmtpAct act)
    {
        // Long enough that a busy machine reaches the end of the message in time; only one of the acts waits for it.
        Use(settings with { TimeoutSeconds = 3 });
        server.Script = (_, attempt) => attempt == 1 ? act : SmtpAct.Accept;
        Assert.Equal(SendResult.Accepted, (await SendAsync("a@example.com")).Result);
        Assert.Equal(2, server.TakenCount);
        Assert.Single(server.Taken.Select(mail => mail.Header("Message-Id")).Distinct());
        Assert.Single(server.Taken.Select(mail => mail.Content).Distinct());
    }

    [Fact]
    public async Task ConnectionThatTheServerClosedMeanwhile_CostsNoTry()
    {
        await SendAsync("a@example.com");
        server.Script = (_, attempt) => attempt == 1 ? SmtpAct.CloseAtRecipient : SmtpAct.Accept;
        var outcome = await SendAsync("b@example.com");
        Assert.Equal((SendResult.Accepted, 1), (outcome.Result, outcome.Attempts));
    }

    [Fact]
    public async Task ServerWithoutTls_GetsNoMail_WhereTlsIsAskedFor()
    {
        Use(settings with { Security = SmtpSecurity.StartTls });
        var outcome = await SendAsync("a@example.com");
        Assert.Equal(SendResult.Later, outcome.Result);
        Assert.Contains("TLS", outcome.Answer);
        Assert.Empty(server.Taken);
    }

    [Fact]
    public async Task LeaseThatIsLost_StopsTheMessageBeforeItsEnd()
    {
        using var message = Message("a@example.com");
        var asked = 0;
        var outcome = await policy.SendAsync(cancellation => transport.SendAsync(message, () => ++asked == 1, cancellation), CancellationToken.None);
        Assert.Equal(SendResult.Lost, outcome.Result);
        Assert.Equal(2, asked);
        Assert.Empty(server.Taken);
    }

    [Fact]
    public async Task RefusedRecipient_DelaysNobody()
    {
        Use(settings with { Concurrency = 1, BackoffSeconds = 60 });
        server.Script = (recipient, _) => recipient.StartsWith("bad", StringComparison.Ordinal) ? SmtpAct.RefuseRecipientNow : SmtpAct.Accept;
        using var stop = new CancellationTokenSource();
        var bad = SendAsync("bad@example.com", stop: stop.Token);
        Assert.Equal(SendResult.Accepted, (await SendAsync("good@example.com")).Result);
        Assert.False(bad.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bad);
    }

    [Fact]
    public async Task Breaker_OpensAtHalfOfTheWindow_LetsOneTryAfterAWhile_AndClosesWhenItIsTaken()
    {
        var time = new FakeTimeProvider();
        Use(settings with { Attempts = 1, BreakerWindow = 10, BreakerSeconds = 60 }, time);
        server.Script = (recipient, _) => recipient.StartsWith("bad", StringComparison.Ordinal) ? SmtpAct.RefuseMessageNow : SmtpAct.Accept;
        for (var mail = 0; mail < 5; mail++) await SendAsync($"good{mail}@example.com");
        for (var mail = 0; mail < 4; mail++) await SendAsync($"bad{mail}@example.com");
        Assert.Equal(("CLOSED", 100), (policy.Report().BreakerState, policy.Room(100)));
        await SendAsync("bad5@example.com");
        Assert.Equal(("OPEN", 0.5, 10, 0), (policy.Report().BreakerState, policy.Report().FailureRate, policy.Report().Calls, policy.Room(100)));
        Assert.Equal((SendResult.Later, 0), (await SendAsync("good6@example.com")) is var kept ? (kept.Result, kept.Attempts) : default);
        Assert.Equal(0, server.TriesOf("good6@example.com"));

        time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(1, policy.Room(100));
        // What the server answers to the try that finds out says nothing about its message.
        Assert.Equal(SendResult.Later, (await SendAsync("bad7@example.com")).Result);
        Assert.Equal(("OPEN", 0), (policy.Report().BreakerState, policy.Room(100)));
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(SendResult.Accepted, (await SendAsync("good8@example.com")).Result);
        Assert.Equal(("CLOSED", 100), (policy.Report().BreakerState, policy.Room(100)));
    }

    [Theory]
    [InlineData(SmtpAct.RefuseRecipientNow)]
    [InlineData(SmtpAct.RefuseRecipientForGood)]
    public async Task RefusedRecipients_DoNotOpenTheBreaker_HoweverManyTheyAre(SmtpAct act)
    {
        Use(settings with { BackoffSeconds = 0.001 });
        server.Script = (recipient, _) => recipient.StartsWith("bad", StringComparison.Ordinal) ? act : SmtpAct.Accept;
        for (var mail = 0; mail < 20; mail++) await SendAsync($"bad{mail}@example.com");
        Assert.Equal(("CLOSED", 0d), (policy.Report().BreakerState, policy.Report().FailureRate));
        Assert.Equal(SendResult.Accepted, (await SendAsync("good@example.com")).Result);
    }

    [Fact]
    public async Task RefusedRecipient_ShowsThatTheServerIsBack()
    {
        var time = new FakeTimeProvider();
        Use(settings with { Attempts = 1, BreakerWindow = 2, BreakerSeconds = 60 }, time);
        server.Script = (recipient, _) => recipient.StartsWith("busy", StringComparison.Ordinal) ? SmtpAct.RefuseRecipientNow : SmtpAct.RefuseMessageNow;
        for (var mail = 0; mail < 2; mail++) await SendAsync($"bad{mail}@example.com");
        Assert.Equal("OPEN", policy.Report().BreakerState);
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(SendResult.Later, (await SendAsync("busy@example.com")).Result);
        Assert.Equal("CLOSED", policy.Report().BreakerState);
    }

    [Fact]
    public async Task FolderTransport_WritesTheSameMailToTheSameFile()
    {
        var folder = Directory.CreateTempSubdirectory("seats-mail-").FullName;
        var files = new FolderTransport(folder);
        using var mail = await Samples.Composer.ComposeAsync(Samples.Of(NotificationKind.Promoted));
        await files.SendAsync(mail, () => true, CancellationToken.None);
        await files.SendAsync(mail, () => true, CancellationToken.None);
        Assert.Single(Directory.GetFiles(folder));
        await Assert.ThrowsAsync<LeaseLostException>(() => files.SendAsync(mail, () => false, CancellationToken.None));
    }

    private async Task<SendOutcome> SendAsync(string recipient, CancellationToken stop = default)
    {
        using var message = Message(recipient);
        return await policy.SendAsync(cancellation => transport.SendAsync(message, () => true, cancellation), stop);
    }

    private static MimeMessage Message(string recipient)
    {
        var message = new MimeMessage { Subject = "Hello", MessageId = "1@tickets.example", Date = Samples.At, Body = new TextPart("plain") { Text = "Hello\r\n.\r\nthere" } };
        message.From.Add(MailboxAddress.Parse("seats@tickets.example"));
        message.To.Add(MailboxAddress.Parse(recipient));
        return message;
    }

    private void Use(MailSettings changed, TimeProvider? time = null)
    {
        settings = changed;
        transport = new SmtpTransport(settings, TimeProvider.System);
        policy = new SendingPolicy(settings, time ?? TimeProvider.System, 100);
    }
}
