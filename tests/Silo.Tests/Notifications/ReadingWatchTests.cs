using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Seats.Core;
using Seats.Silo.Notifications;

namespace Seats.Silo.Tests.Notifications;

/// <summary>When a reader of Kafka is believed to stand still; and what is kept of what it cannot read.</summary>
public sealed class ReadingWatchTests
{
    private readonly ReadingWatch watch = new();

    [Fact]
    public void ReaderWithNothingToRead_IsWell()
    {
        for (var look = 0; look < 10; look++) Assert.False(Looks(next: 5, end: 5));
    }

    [Fact]
    public void ReaderThatGoesOn_IsWell_HoweverFarBehind()
    {
        for (var look = 0; look < 10; look++) Assert.False(Looks(next: look, end: 1_000_000));
    }

    [Fact]
    public void ReaderThatDoesNotMove_IsStuckAtTheThirdLook()
    {
        Assert.False(Looks(next: 5, end: 6));
        Assert.False(Looks(next: 5, end: 6));
        Assert.True(Looks(next: 5, end: 7));
    }

    [Fact]
    public void ReaderBeyondTheEnd_OfATopicMadeAnew_IsStuck() => Assert.Equal([false, false, true], new[] { 1, 2, 3 }.Select(_ => Looks(next: 50, end: 2)));

    [Fact]
    public void PauseInBetween_StartsTheCountAnew()
    {
        Assert.False(Looks(next: 5, end: 6));
        Assert.False(Looks(next: 5, end: 6));
        watch.Forget();
        Assert.False(Looks(next: 5, end: 6));
    }

    [Fact]
    public void RecordsThatAreGone_AreNotUnread() => Assert.Equal(3, new ReadingProgress("t", 0, Begin: 7, End: 10, Next: 2).Unread);

    [Theory]
    [InlineData("é no JSON", "é no JSON", null)]
    [InlineData("\0", null, "AA==")]
    public void UnreadableRecord_IsKeptAsTextWhereItIsText(string value, string? text, string? base64)
    {
        var poison = PoisonRecord.Of(Record("42", Encoding.UTF8.GetBytes(value)));
        Assert.Equal((42, text, base64), (poison.EventId, poison.Text, poison.Base64));
        using var json = JsonDocument.Parse(poison.ToJson());
        Assert.Equal(("event.changed", 3, 9L), (json.RootElement.GetProperty("topic").GetString(), json.RootElement.GetProperty("partition").GetInt32(), json.RootElement.GetProperty("offset").GetInt64()));
    }

    [Fact]
    public void UnreadableRecord_ThatIsLong_IsCutBetweenCharacters()
    {
        var poison = PoisonRecord.Of(Record("all", Encoding.UTF8.GetBytes("x" + new string('é', NotificationLimits.PoisonBytesAtMost))));
        Assert.Equal((0, NotificationLimits.PoisonBytesAtMost / 2, 1 + 2 * NotificationLimits.PoisonBytesAtMost), (poison.EventId, poison.Text!.Length, poison.Size));
    }

    private bool Looks(long next, long end) => watch.IsStuck([new ReadingProgress("event.changed", 0, 0, end, next), new ReadingProgress("event.changed", 1, 0, 3, 3)]);

    private static ConsumeResult<byte[]?, byte[]?> Record(string key, byte[] value) => new()
    {
        Topic = "event.changed",
        Partition = 3,
        Offset = 9,
        Message = new Message<byte[]?, byte[]?> { Key = Encoding.UTF8.GetBytes(key), Value = value, Timestamp = new Timestamp(DateTimeOffset.UnixEpoch) },
    };
}
