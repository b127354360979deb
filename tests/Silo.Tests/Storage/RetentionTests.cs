using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Seats.Core;
using Seats.Grains.Journal;
using Seats.Silo.Notifications;
using Seats.Silo.Storage;
using Seats.Silo.Tests.Journal;
using Seats.Silo.Tests.Notifications;

namespace Seats.Silo.Tests.Storage;

/// <summary>Rows whose life is over.</summary>
public sealed class RetentionTests
{
    private static readonly RetentionSettings Usual = RetentionSettings.From(new ConfigurationBuilder().Build());

    public static TheoryData<string> Stores() => JournalUnderTest.Stores();

    [Theory, MemberData(nameof(Stores))]
    public async Task RepliesAndBindings_OlderThanADay_AreForgotten(string store)
    {
        await using var opened = await JournalUnderTest.OpenAsync(store);
        var id = await opened.NewEventAsync();
        var now = DateTimeOffset.UtcNow;
        StoredReply[] replies = [JournalUnderTest.Reply(at: now.AddHours(-25)), JournalUnderTest.Reply(at: now.AddHours(-23))];
        await opened.Journal.AppendAsync(JournalUnderTest.Slice(id, 0, 0, IndexChanges.None with { Replies = replies }));
        var (old, young) = (Guid.NewGuid(), Guid.NewGuid());
        foreach (var key in new[] { old, young }) await opened.Journal.BindKeyAsync(key, 7, CancellationToken.None);
        await opened.Database.ExecuteAsync(
            "update key_bindings set at = @at where command_id = @id",
            ("at", opened.Database.Value(now.AddHours(-25))), ("id", store == JournalUnderTest.Sqlite ? old.ToString() : old));
        var retention = new Retention(opened.Database, Usual, TimeProvider.System, NullLogger<Retention>.Instance);
        Assert.Equal(2, await retention.DeletePortionsAsync());
        var left = await opened.Journal.FindRepliesAsync(id, [.. replies.Select(reply => reply.CommandId)], CancellationToken.None);
        Assert.Equal([replies[1].CommandId], left.Select(reply => reply.CommandId));
        Assert.Equal(0, await retention.DeletePortionsAsync());
        Assert.Equal(8, await opened.Journal.BindKeyAsync(old, 8, CancellationToken.None));
        Assert.Equal(7, await opened.Journal.BindKeyAsync(young, 8, CancellationToken.None));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task SettledNotifications_AreForgottenInPortions_DeadLettersLater_AndWhatWaitsNever(string store)
    {
        await using var post = await Post.OpenAsync(store);
        // More than one statement deletes.
        await post.Ledger.EnqueueAsync([.. Enumerable.Range(1, 1_103).Select(number => Post.Sample(number))]);
        var ids = (await post.Database.ReadAsync("select id from notifications order by id", row => row.GetInt64(0))).ToArray();
        await post.Ledger.SettleAsync([.. ids[..1_100].Select(id => new Settlement(id, "SENT", 1, false, 0, "250", false))]);
        await post.Ledger.SettleAsync([new(ids[1_100], "SENT", 1, false, 0, "250", true), new(ids[1_101], "FAILED", 3, false, 0, "550", false)]);
        var retention = new Retention(post.Database, Usual, TimeProvider.System, NullLogger<Retention>.Instance);
        await post.AgeAsync(TimeSpan.FromDays(89));
        Assert.Equal(0, await retention.DeletePortionsAsync());
        await post.AgeAsync(TimeSpan.FromDays(2));
        foreach (var portion in new[] { 1_000, 100, 0 }) Assert.Equal(portion, await retention.DeletePortionsAsync());
        // One that somebody must still be told of, the dead letter, and one that was never sent.
        Assert.Equal(["FAILED", "QUEUED", "SENT"], (await post.AllAsync()).Select(view => view.State).Order());
        await post.AgeAsync(TimeSpan.FromDays(275));
        Assert.Equal(1, await retention.DeletePortionsAsync());
        Assert.Equal(["QUEUED", "SENT"], (await post.AllAsync()).Select(view => view.State).Order());
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task EndOfEachLife_IsFoundThroughAnIndex(string store)
    {
        await using var opened = await JournalUnderTest.OpenAsync(store);
        var (dayAgo, longAgo) = (opened.Database.Ago(TimeSpan.FromDays(1)), $"{opened.Database.Now} - 5");
        (string Index, string From, string End)[] questions =
        [
            ("replies_by_age", $"replies where at < {dayAgo}", "at"),
            ("key_bindings_by_age", $"key_bindings where at < {dayAgo}", "at"),
            ("notifications_settled", $"notifications where state in ('SENT', 'DISCARDED') and settled_at < {longAgo}", "settled_at"),
            ("notifications_dead", $"notifications where state = 'FAILED' and settled_at < {longAgo}", "settled_at"),
        ];
        var explain = store == JournalUnderTest.Sqlite
            ? "explain query plan"
            : "set enable_seqscan = off; set enable_bitmapscan = off; set enable_sort = off; explain";
        foreach (var (index, from, end) in questions)
        {
            var sql = $"{explain} select 1 from {from} order by {end} limit 10";
            var plan = await opened.Database.ReadAsync(sql, row => $"{row.GetValue(row.FieldCount - 1)}");
            Assert.Contains(plan, line => line.Contains(index, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("Retention:NotificationDays", "7")]
    [InlineData("Retention:DeadLetterDays", "-1")]
    public void LifeThatIsShorterThanThatOfARecordInKafka_IsRefused(string key, string days)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, days)]).Build();
        var refused = Assert.Throws<InvalidOperationException>(() => RetentionSettings.From(configuration));
        Assert.Contains(key, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoDays_AreForEver()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Retention:NotificationDays", "0")]).Build();
        Assert.Equal(new RetentionSettings(null, TimeSpan.FromDays(365)), RetentionSettings.From(configuration));
    }
}
