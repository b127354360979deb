using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Orleans.Streams;
using ErrorCode = Confluent.Kafka.ErrorCode;

namespace Seats.Streams.Kafka;

/// <summary>
/// Writes batches of a stream to its topic: acknowledged by all replicas, without duplicates by retries of the producer, in order within a
/// stream. The key is the stream's key, the partition the one the mapper gives the stream, the value JSON, the headers those of CloudEvents and
/// of W3C trace context. A batch that returns is with the brokers; one that throws may be, in part.
/// </summary>
internal sealed class KafkaAdapter(
    string name, KafkaStreamsOptions options, HashRingBasedPartitionedStreamQueueMapper mapper, KafkaTopics topics, ILogger<KafkaAdapter> logger) : IQueueAdapter
{
    private readonly KafkaErrorLog errors = new(logger, TimeProvider.System);
    private readonly SemaphoreSlim gate = new(1);
    private IProducer<byte[], byte[]>? producer;
    private bool topicsEnsured;

    public string Name => name;

    public bool IsRewindable => false;

    public StreamProviderDirection Direction => StreamProviderDirection.WriteOnly;

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) => throw new NotSupportedException("These streams are read from Kafka itself.");

    public async Task QueueMessageBatchAsync<T>(StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext)
    {
        if (token is not null) throw new ArgumentException("A place in these streams cannot be chosen.", nameof(token));
        var topic = streamId.GetNamespace() ?? throw new ArgumentException("A stream on Kafka needs a namespace: its topic.", nameof(streamId));
        var target = new TopicPartition(topic, PartitionOf(streamId));
        var writer = await ProducerAsync();
        try
        {
            var deliveries = events.Select(item => writer.ProduceAsync(target, Record(streamId, item!))).ToList();
            foreach (var delivery in await Task.WhenAll(deliveries))
                if (delivery.Status != PersistenceStatus.Persisted) throw new KafkaException(new Error(ErrorCode.Local_Fail, $"A record of {topic} is {delivery.Status}."));
        }
        catch (KafkaException failure)
        {
            await RecoverAsync(failure, writer);
            throw;
        }
    }

    /// <summary>The partition of a stream: stable, and the same for every topic.</summary>
    internal int PartitionOf(StreamId streamId) => int.Parse(mapper.QueueToPartition(mapper.GetQueueForStream(streamId)), CultureInfo.InvariantCulture);

    internal Message<byte[], byte[]> Record(StreamId streamId, object item)
    {
        var envelope = options.Envelope?.Invoke(streamId, item)
            ?? new CloudEvent(Guid.NewGuid().ToString(), item.GetType().Name, $"/{streamId.GetNamespace()}/{streamId.GetKeyAsString()}", DateTimeOffset.UtcNow);
        var headers = new Headers();
        Add("ce_specversion", "1.0");
        Add("ce_id", envelope.Id);
        Add("ce_type", envelope.Type);
        Add("ce_source", envelope.Source);
        Add("ce_time", envelope.Time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        Add("content-type", "application/json");
        Add("traceparent", TraceParent());
        if (Activity.Current?.TraceStateString is { Length: > 0 } state) Add("tracestate", state);
        return new Message<byte[], byte[]>
        {
            Key = Encoding.UTF8.GetBytes(streamId.GetKeyAsString()),
            Value = JsonSerializer.SerializeToUtf8Bytes(item, item.GetType(), options.Json),
            Headers = headers,
        };

        void Add(string header, string value) => headers.Add(header, Encoding.UTF8.GetBytes(value));
    }

    /// <summary>The trace this is part of; where there is none, the record begins one.</summary>
    private static string TraceParent()
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id }) return id;
        return $"00-{ActivityTraceId.CreateRandom().ToHexString()}-{ActivitySpanId.CreateRandom().ToHexString()}-00";
    }

    private async Task<IProducer<byte[], byte[]>> ProducerAsync()
    {
        if (topicsEnsured && Volatile.Read(ref producer) is { } ready) return ready;
        await gate.WaitAsync();
        try
        {
            if (!topicsEnsured)
            {
                await topics.EnsureAsync();
                topicsEnsured = true;
            }
            return producer ??= Build();
        }
        finally
        {
            gate.Release();
        }
    }

    private IProducer<byte[], byte[]> Build() => new ProducerBuilder<byte[], byte[]>(new ProducerConfig(options.Client)
    {
        Acks = Acks.All,
        EnableIdempotence = true,
        LingerMs = 5,
        CompressionType = CompressionType.Lz4,
        MessageTimeoutMs = (int)options.DeliveryTimeout.TotalMilliseconds,
        QueueBufferingMaxMessages = options.RecordsWaitingAtMost,
        TopicMetadataRefreshIntervalMs = 10_000,
    })
        .SetErrorHandler((_, error) => errors.Note(error))
        .SetLogHandler((_, message) => logger.LogDebug("Kafka: {Message}", message.Message))
        .Build();

    /// <summary>A topic that is gone is made again before the next batch; a producer that failed for good gives way to a new one.</summary>
    private async Task RecoverAsync(KafkaException failure, IProducer<byte[], byte[]> writer)
    {
        await gate.WaitAsync();
        try
        {
            topicsEnsured = false;
            if (!failure.Error.IsFatal && failure.Error.Code is not (ErrorCode.Local_MsgTimedOut or ErrorCode.Local_UnknownPartition or ErrorCode.Local_UnknownTopic or ErrorCode.UnknownTopicOrPart or ErrorCode.Local_PurgeQueue)) return;
            if (!ReferenceEquals(producer, writer)) return;
            producer = null;
            // Others may still wait for records of theirs: it is left to finish them on its own.
            _ = Task.Run(() =>
            {
                writer.Flush(options.DeliveryTimeout);
                writer.Dispose();
            });
        }
        finally
        {
            gate.Release();
        }
    }
}
