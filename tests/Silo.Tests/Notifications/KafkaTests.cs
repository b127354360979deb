using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Logging.Abstractions;
using Seats.Core;
using Seats.Core.Notifications;
using Seats.Grains.Abstractions;
using Seats.Silo.Notifications;
using Seats.Silo.Tests.Journal;
using Seats.Streams.Kafka;
using Seats.Testing.Kafka;

namespace Seats.Silo.Tests.Notifications;

/// <summary>From the journal through Kafka into the ledger: on a real broker where there is one, and on the mock inside the client library.</summary>
public sealed class KafkaTests
{
    private const int Partitions = 4;
    private static readonly IReadOnlyList<string> Topics = [.. NotificationKinds.Topics, NotificationKinds.DeadLetterTopic];

    [Fact]
    public async Task MockBroker_CarriesEveryNotificationIntoTheLedger()
    {
        using var broker = new MockBroker(Topics, Partitions);
        await CarriesAsync(broker.Servers);
    }

    [Fact]
    public async Task LargestNotification_IsCarried_AndIsNoDeadLetter()
    {
        using var broker = new MockBroker(Topics, Partitions);
        await using var post = await Post.OpenAsync(JournalUnderTest.Sqlite);
        var label = new string('席', Limits.LabelCharsAtMost);
        var numbers = Enumerable.Range(Limits.SeatNumberAtMost - Limits.PlacesInOneCommandAtMost, Limits.PlacesInOneCommandAtMost);
        string[] names = [.. numbers.Select(number => $"{label}/{label}/{number}")];
        var sample = Post.Sample(1);
        var largest = sample with
        {
            Data = sample.Data with
            {
                Event = sample.Data.Event! with
                {
                    Title = new string('席', 2 * Limits.TitleCharsAtMost),
                    Location = new string('席', 2 * Limits.LocationCharsAtMost),
                },
                Seats = names,
                Reason = new string('席', Limits.ReasonCharsAtMost),
            },
        };
        await RunAsync(post, broker.Servers, async (_, _) =>
        {
            await NewAdapter(broker.Servers).QueueMessageBatchAsync(StreamId.Create("waitlist.notification", 1L), [largest], null, null);
            await Post.EventuallyAsync(async () => await post.Ledger.CountQueuedAsync(10) + await post.Ledger.CountFailedAsync() == 1);
        });
        Assert.Equal((1, 0), (await post.Ledger.CountQueuedAsync(10), await post.Ledger.CountFailedAsync()));
    }

    [KafkaFact]
    public async Task RealBroker_CarriesEveryNotificationIntoTheLedger()
    {
        await using var broker = await KafkaBroker.StartAsync();
        await CarriesAsync(broker.Servers);
    }

    [KafkaFact]
    public async Task Record_IsACloudEventInJson_KeyedByTheEvent_OnThePartitionOfItsStream()
    {
        await using var broker = await KafkaBroker.StartAsync();
        var adapter = NewAdapter(broker.Servers);
        var notification = Post.Sample(1) with { EventId = 42 };
        await adapter.QueueMessageBatchAsync(StreamId.Create("waitlist.notification", 42L), [notification], null, null);
        var record = Read(broker.Servers, "waitlist.notification", 1)[0];
        Assert.Equal("42", Encoding.UTF8.GetString(record.Message.Key));
        Assert.Equal(adapter.PartitionOf(StreamId.Create("event.changed", 42L)) is var other && other >= 0, record.Partition.Value < Partitions);
        Assert.Equal(adapter.PartitionOf(StreamId.Create("waitlist.notification", 42L)), record.Partition.Value);
        var headers = record.Message.Headers.ToDictionary(header => header.Key, header => Encoding.UTF8.GetString(header.GetValueBytes()));
        Assert.Equal(("1.0", notification.Key, "seats.waitlist_joined.v1", "/events/42", "application/json"),
            (headers["ce_specversion"], headers["ce_id"], headers["ce_type"], headers["ce_source"], headers["content-type"]));
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$", headers["traceparent"]);
        Assert.True(DateTimeOffset.TryParse(headers["ce_time"], out _));
        using var value = JsonDocument.Parse(record.Message.Value);
        Assert.Equal("WAITLIST_JOINED", value.RootElement.GetProperty("kind").GetString());
        Assert.Equal("guest1@example.com", value.RootElement.GetProperty("recipient").GetProperty("email").GetString());
    }

    [KafkaFact]
    public async Task BrokerThatIsKilledMidWay_LosesNothing_AndInventsNothing()
    {
        await using var broker = await KafkaBroker.StartAsync();
        await using var post = await Post.OpenAsync(JournalUnderTest.Sqlite);
        var eventId = await post.EventAsync(300);
        await RunAsync(post, broker.Servers, async (relay, _) =>
        {
            relay.Committed(eventId, Audience.Person);
            await Post.EventuallyAsync(async () => await post.Ledger.CountQueuedAsync(1) > 0);
            broker.Kill();
            await post.ConfirmAsync(eventId, 301, 300, DateTimeOffset.UtcNow);
            relay.Committed(eventId, Audience.Person);
            await Task.Delay(TimeSpan.FromSeconds(2));
            await broker.StartAgainAsync();
            await Post.EventuallyAsync(async () => await post.Ledger.CountQueuedAsync(1_000) == 600);
        });
        await SameAsJournalAsync(post, eventId, 600);
    }

    [KafkaFact]
    public async Task TopicThatIsDeletedAndMadeAnew_LosesRecords_AndTheReconcilerSendsThem()
    {
        await using var broker = await KafkaBroker.StartAsync();
        await using var post = await Post.OpenAsync(JournalUnderTest.Sqlite);
        var eventId = await post.EventAsync(50);
        // Published while nobody reads, and gone with the topic.
        using (var stop = new CancellationTokenSource())
        {
            var relay = post.NewRelay(new AdapterOutlet(NewAdapter(broker.Servers)));
            relay.Committed(eventId, Audience.Person);
            var running = relay.RunAsync(_ => true, stop.Token);
            await Post.EventuallyAsync(async () => !(await post.Outbox.ReadPositionAsync(eventId, Audience.Person)).IsBehind);
            await stop.CancelAsync();
            await running;
        }
        using (var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = broker.Servers }).Build())
        {
            await admin.DeleteTopicsAsync(["invitation.responded"]);
            await Task.Delay(TimeSpan.FromSeconds(1));
            await admin.CreateTopicsAsync([new TopicSpecification { Name = "invitation.responded", NumPartitions = Partitions, ReplicationFactor = 1 }]);
        }
        await RunAsync(post, broker.Servers, async (relay, mailer) =>
        {
            await post.ConfirmAsync(eventId, 51, 50, DateTimeOffset.UtcNow);
            relay.Committed(eventId, Audience.Person);
            await Post.EventuallyAsync(async () => await post.Ledger.CountQueuedAsync(1_000) >= 50);
            Assert.Equal(50, await post.NewReconciler(mailer).StepAsync(_ => true, CancellationToken.None));
        });
        await SameAsJournalAsync(post, eventId, 100);
    }

    [KafkaFact]
    public async Task RecordThatCannotBeRead_IsADeadLetter_AndThoseBehindItArrive()
    {
        await using var broker = await KafkaBroker.StartAsync();
        await using var post = await Post.OpenAsync(JournalUnderTest.Sqlite);
        var adapter = NewAdapter(broker.Servers);
        await adapter.QueueMessageBatchAsync(StreamId.Create("event.changed", 1L), [Post.Sample(1)], null, null);
        using (var producer = new ProducerBuilder<string, byte[]>(new ProducerConfig { BootstrapServers = broker.Servers }).Build())
        {
            await producer.ProduceAsync("event.changed", new Message<string, byte[]> { Key = "1", Value = "no JSON"u8.ToArray() });
            await producer.ProduceAsync("event.changed", new Message<string, byte[]> { Key = "1", Value = new byte[NotificationLimits.RecordBytesAtMost + 1] });
            await producer.ProduceAsync("event.changed", new Message<string, byte[]> { Key = "1", Value = """{"key":"1/1/X/y"}"""u8.ToArray() });
        }
        await adapter.QueueMessageBatchAsync(StreamId.Create("event.changed", 1L), [Post.Sample(2)], null, null);
        await RunAsync(post, broker.Servers, async (_, _) => await Post.EventuallyAsync(async () => await post.Ledger.CountQueuedAsync(10) == 2 && await post.Ledger.CountFailedAsync() == 3));
        var letters = await post.Ledger.ListDeadLettersAsync(new NotificationQuery(null, null, null, null), 10);
        Assert.All(letters, letter => Assert.StartsWith("unreadable/event.changed/", letter.Key));
        Assert.All(letters, letter => Assert.Equal(1, letter.EventId));
    }

    private static async Task CarriesAsync(string servers)
    {
        await using var post = await Post.OpenAsync(JournalUnderTest.Sqlite);
        var events = new[] { await post.EventAsync(100), await post.EventAsync(100), await post.EventAsync(100) };
        await RunAsync(post, servers, async (relay, _) =>
        {
            foreach (var id in events) relay.Committed(id, Audience.Person);
            await Post.EventuallyAsync(async () => await post.Ledger.CountQueuedAsync(1_000) == 300);
        });
        // Another member of the group begins where this one ended.
        await RunAsync(post, servers, (_, _) => Task.Delay(TimeSpan.FromSeconds(2)), inbox => Assert.Equal(0, inbox.ConsumedCount));
    }

    private static async Task SameAsJournalAsync(Post post, long eventId, int count)
    {
        var keys = (await post.AllAsync()).Select(view => view.Key).ToHashSet();
        Assert.Equal(count, keys.Count);
        var book = new Guestbook(eventId);
        foreach (var entry in await post.Outbox.ReadNotifyingAsync(eventId, 0, long.MaxValue, 10_000))
            foreach (var demanded in book.Take(entry.Version, entry.At, FactCodec.Decode(entry.Facts.Span))) Assert.Contains(demanded.Key, keys);
    }

    private static async Task RunAsync(Post post, string servers, Func<Relay, Mailer, Task> scenario, Action<NotificationMetrics>? check = null)
    {
        using var stop = new CancellationTokenSource();
        var (mailer, metrics) = (post.NewMailer(), post.NewMetrics());
        var inbox = new KafkaInbox(new ClientConfig { BootstrapServers = servers }, post.Ledger, post.NewIntake(mailer), mailer, metrics, TimeProvider.System, NullLogger<KafkaInbox>.Instance);
        var relay = post.NewRelay(new AdapterOutlet(NewAdapter(servers)));
        var running = Task.WhenAll(inbox.RunAsync(stop.Token), relay.RunAsync(_ => true, stop.Token));
        await scenario(relay, mailer);
        await stop.CancelAsync();
        await running;
        check?.Invoke(metrics);
    }

    private static KafkaAdapter NewAdapter(string servers)
    {
        var options = new KafkaStreamsOptions
        {
            Client = new ClientConfig { BootstrapServers = servers },
            Topics = Topics,
            Partitions = Partitions,
            Replication = 1,
            DeliveryTimeout = TimeSpan.FromSeconds(3),
            Envelope = NotificationServices.EnvelopeOf,
            Json = NotificationServices.Json,
        };
        return (KafkaAdapter)new KafkaAdapterFactory("kafka", options, NullLoggerFactory.Instance).CreateAdapter().Result;
    }

    private static List<ConsumeResult<byte[], byte[]>> Read(string servers, string topic, int count)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig { BootstrapServers = servers, GroupId = "looker", AutoOffsetReset = AutoOffsetReset.Earliest }).Build();
        consumer.Subscribe(topic);
        List<ConsumeResult<byte[], byte[]>> records = [];
        while (records.Count < count) records.Add(consumer.Consume(TimeSpan.FromSeconds(30)) ?? throw new TimeoutException());
        consumer.Close();
        return records;
    }

    /// <summary>What the stream provider does with a batch, without a silo around it.</summary>
    private sealed class AdapterOutlet(KafkaAdapter adapter) : INotificationOutlet
    {
        public async Task<IReadOnlyList<Notification>> PublishAsync(IReadOnlyList<Notification> notifications, CancellationToken stop)
        {
            await Task.WhenAll(notifications.GroupBy(item => (Topic: item.Kind.Topic()!, item.EventId))
                .Select(group => adapter.QueueMessageBatchAsync(StreamId.Create(group.Key.Topic, group.Key.EventId), group, null, null)));
            return [];
        }
    }
}
