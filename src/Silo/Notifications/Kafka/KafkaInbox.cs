using System.Collections.Frozen;
using System.Text.Json;
using Confluent.Kafka;
using Seats.Core.Notifications;
using Seats.Streams.Kafka;

namespace Seats.Silo.Notifications;

/// <summary>
/// Takes notifications from Kafka into the ledger, as a member of one consumer group over all silos. Offsets are committed after the ledger has
/// the records, in the order of each partition, so that nothing is skipped and what is read twice changes nothing. While the mail server is
/// believed to be away or the ledger is full, the partitions are paused and this silo stays in the group; those of urgent topics last.
/// </summary>
internal sealed class KafkaInbox(ClientConfig client, Ledger ledger, Intake intake, Mailer mailer, NotificationMetrics metrics, TimeProvider time, ILogger<KafkaInbox> logger)
{
    /// <summary>Name of the consumer group.</summary>
    public const string Group = "notification-group";

    /// <summary>The urgency of the most urgent kind on each topic.</summary>
    private static readonly FrozenDictionary<string, Urgency> UrgencyOf = Enum.GetValues<NotificationKind>()
        .Where(kind => kind.Topic() is not null).GroupBy(kind => kind.Topic()!)
        .ToFrozenDictionary(topic => topic.Key, topic => topic.Min(kind => kind.Urgency()));

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(5);
    private readonly KafkaErrorLog errors = new(logger, time);
    private readonly ReadingWatch watch = new();
    private long lookedAt;

    /// <summary>Works on a thread of its own until told to stop: the client library blocks.</summary>
    public Task RunAsync(CancellationToken stop) => Task.Factory.StartNew(() => Run(stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var consumer = Build();
                using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
                consumer.Subscribe(NotificationKinds.Topics);
                (lookedAt, var stuck) = (time.GetTimestamp(), false);
                watch.Forget();
                try
                {
                    while (!stop.IsCancellationRequested && !stuck)
                    {
                        Step(consumer);
                        stuck = IsStuck(consumer, admin);
                    }
                    if (stuck) logger.LogWarning("Reading from Kafka stood still although there is something to read: it begins anew");
                }
                finally
                {
                    consumer.Close();
                }
            }
            catch (Exception failure)
            {
                // What was not committed is read again.
                logger.LogWarning("Kafka cannot be read from, next try in a moment: {Reason}", failure.Message);
                stop.WaitHandle.WaitOne(TimeSpan.FromSeconds(2));
            }
        }
    }

    private IConsumer<byte[]?, byte[]?> Build() => new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig(client)
    {
        GroupId = Group,
        EnableAutoCommit = false,
        EnableAutoOffsetStore = false,
        AutoOffsetReset = AutoOffsetReset.Earliest,
        PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky,
        SessionTimeoutMs = 15_000,
        TopicMetadataRefreshIntervalMs = 5_000,
        AllowAutoCreateTopics = false,
        QueuedMaxMessagesKbytes = 8 * 1024,
    })
        .SetErrorHandler((_, error) => errors.Note(error))
        .SetLogHandler((_, message) => logger.LogDebug("Kafka: {Message}", message.Message))
        .Build();

    private void Step(IConsumer<byte[]?, byte[]?> consumer)
    {
        var room = RoomNow();
        var closed = consumer.Assignment.Where(partition => !IsOpen(room, partition.Topic)).ToList();
        var open = consumer.Assignment.Except(closed).ToList();
        consumer.Pause(closed);
        consumer.Resume(open);
        if (closed.Count > 0) watch.Forget();
        if (TryConsume(consumer, Poll) is not { } first) return;
        List<ConsumeResult<byte[]?, byte[]?>> records = [first];
        while (open.Count > 0 && records.Count < NotificationLimits.InBatchAtMost && TryConsume(consumer, Gather) is { } next) records.Add(next);
        // Of a partition that was closed a record may have been on its way.
        var early = records.Where(record => !IsOpen(room, record.Topic)).ToList();
        if (early.Count > 0) Rewind(consumer, early);
        if (early.Count < records.Count) Keep(consumer, [.. records.Except(early)]);
    }

    private static bool IsOpen(Room room, string topic) => room.Has(UrgencyOf.GetValueOrDefault(topic, Urgency.Personal));

    /// <summary>The next record; null when there is none, or when a topic is not there (yet, or any more).</summary>
    private ConsumeResult<byte[]?, byte[]?>? TryConsume(IConsumer<byte[]?, byte[]?> consumer, TimeSpan wait)
    {
        try
        {
            return consumer.Consume(wait);
        }
        catch (ConsumeException failure) when (!failure.Error.IsFatal)
        {
            logger.LogDebug("Kafka: {Reason}", failure.Error.Reason);
            Thread.Sleep(Poll);
            return null;
        }
    }

    private void Keep(IConsumer<byte[]?, byte[]?> consumer, List<ConsumeResult<byte[]?, byte[]?>> records)
    {
        try
        {
            KeepAsync(records).GetAwaiter().GetResult();
        }
        catch (Exception failure)
        {
            logger.LogWarning("The ledger cannot take notifications: {Reason}", failure.Message);
            Rewind(consumer, records);
            watch.Forget();
            Thread.Sleep(500);
            return;
        }
        metrics.Consumed(records.Count);
        mailer.Wake();
        try
        {
            consumer.Commit(Ends(records));
        }
        catch (KafkaException failure)
        {
            // Read again by whoever owns the partition now; the ledger knows them.
            logger.LogInformation("Kafka did not take a commit: {Reason}", failure.Error.Reason);
        }
    }

    private async Task KeepAsync(List<ConsumeResult<byte[]?, byte[]?>> records)
    {
        List<Notification> notifications = [];
        foreach (var record in records)
        {
            try
            {
                if (record.Message.Value is not { Length: > 0 and <= NotificationLimits.RecordBytesAtMost } value) throw new JsonException("The record is empty or too large.");
                var notification = NotificationCodec.Decode(value);
                if (notification.Kind.Topic() is null) throw new JsonException($"{notification.Kind.Name()} does not travel on topics.");
                notifications.Add(notification);
            }
            catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException or FormatException)
            {
                logger.LogError("A record of {Topic} cannot be read and becomes a dead letter: {Reason}", record.Topic, unreadable.Message);
                var poison = PoisonRecord.Of(record);
                await ledger.AddPoisonAsync(poison.LedgerKey, poison.EventId, poison.ToJson(), unreadable.Message);
            }
        }
        if (notifications.Count > 0) await ledger.EnqueueAsync(notifications);
    }

    private static void Rewind(IConsumer<byte[]?, byte[]?> consumer, List<ConsumeResult<byte[]?, byte[]?>> records)
    {
        foreach (var partition in records.GroupBy(record => record.TopicPartition))
            if (consumer.Assignment.Contains(partition.Key)) consumer.Seek(new TopicPartitionOffset(partition.Key, partition.Min(record => record.Offset.Value)));
    }

    /// <summary>Records of a partition come in order, so that everything before these ends is in the ledger.</summary>
    private static IEnumerable<TopicPartitionOffset> Ends(List<ConsumeResult<byte[]?, byte[]?>> records) =>
        records.GroupBy(record => record.TopicPartition).Select(partition => new TopicPartitionOffset(partition.Key, partition.Max(record => record.Offset.Value) + 1));

    private Room RoomNow()
    {
        try
        {
            return intake.OpenAsync().GetAwaiter().GetResult();
        }
        catch (Exception failure)
        {
            logger.LogWarning("The ledger cannot be asked: {Reason}", failure.Message);
            Thread.Sleep(500);
            return Room.None;
        }
    }

    /// <summary>Looks once in a while at what there is to read.</summary>
    private bool IsStuck(IConsumer<byte[]?, byte[]?> consumer, IAdminClient admin)
    {
        if (time.GetElapsedTime(lookedAt) < NotificationLimits.ReadingCheckPeriod) return false;
        lookedAt = time.GetTimestamp();
        try
        {
            var progress = KafkaReading.Of(consumer, admin);
            metrics.SetLag(progress.Sum(partition => partition.Unread));
            return watch.IsStuck(progress);
        }
        catch (KafkaException failure)
        {
            logger.LogDebug("Kafka does not say what there is to read: {Reason}", failure.Error.Reason);
            watch.Forget();
            return false;
        }
    }
}
