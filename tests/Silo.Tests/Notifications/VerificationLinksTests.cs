using System.Text;
using System.Web;
using Seats.Core.Notifications;
using Seats.Silo.Tests.Journal;

namespace Seats.Silo.Tests.Notifications;

/// <summary>Links that prove an address: they come into being with their mail, and are kept nowhere.</summary>
public sealed class VerificationLinksTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    public static TheoryData<string> Stores() => JournalUnderTest.Stores();

    [Theory, MemberData(nameof(Stores))]
    public async Task Token_IsForOneVerificationOfOneAddress(string store)
    {
        await using var post = await Post.OpenAsync(store);
        var id = Guid.NewGuid();
        var token = TokenOf(post.Verification.For(id, "john.doe@example.com"));
        Assert.True(VerificationToken.TryRead(token, out var named, out var code));
        Assert.Equal(id, named);
        Assert.True(post.Verification.IsToken(token, "john.doe@example.com"));
        Assert.False(post.Verification.IsToken(token, "jane.doe@example.com"));
        Assert.False(post.Verification.IsToken(VerificationToken.Write(Guid.NewGuid(), code), "john.doe@example.com"));
        var other = token[30] == 'A' ? 'B' : 'A';
        foreach (var forged in new[] { "", "é", token[..^4], token + "AAAA", new string('A', 43), token[..30] + other + token[31..] })
            Assert.False(post.Verification.IsToken(forged, "john.doe@example.com"));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Mail_IsSentOnceWithItsLink_AndTheLedgerHoldsNone(string store)
    {
        await using var post = await Post.OpenAsync(store);
        var mail = Asked("john.doe@example.com", Now.AddHours(24));
        await post.Ledger.EnqueueAsync([Notification.Of(mail)]);
        await post.Ledger.EnqueueAsync([Notification.Of(mail)]);
        var body = Assert.Single(await post.Database.ReadAsync("select body from notifications", row => row.GetString(0)));
        await SendAllAsync(post);
        var taken = Assert.Single(post.Server.Taken);
        Assert.Equal("VERIFY_EMAIL", taken.Header("X-Seats-Kind"));
        using var message = MimeKit.MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(taken.Content)));
        var link = post.Verification.For(mail.Id, mail.Email);
        Assert.Contains(link.AbsoluteUri, message.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain(TokenOf(link), body, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task MailWhoseLinkHasEnded_IsADeadLetterWithThatReason(string store)
    {
        await using var post = await Post.OpenAsync(store);
        await post.Ledger.EnqueueAsync([Notification.Of(Asked("late@example.com", Now.AddMinutes(-1)))]);
        await SendAllAsync(post);
        var view = Assert.Single(await post.AllAsync());
        Assert.Equal(("FAILED", "The link had ended before the mail could be sent.", 0L), (view.State, view.Answer, view.EventId));
        Assert.Empty(post.Server.Taken);
    }

    private static VerificationMail Asked(string email, DateTimeOffset until) =>
        new(Guid.NewGuid(), "john", "john.doe", email, "en", Now, until);

    private static string TokenOf(Uri link) => HttpUtility.ParseQueryString(link.Query)["token"]!;

    private static async Task SendAllAsync(Post post)
    {
        using var stop = new CancellationTokenSource();
        var mailer = post.NewMailer();
        var running = Task.Run(() => mailer.RunAsync(alone: false, stop.Token), CancellationToken.None);
        await post.AllSettledAsync();
        await stop.CancelAsync();
        await running;
    }
}
