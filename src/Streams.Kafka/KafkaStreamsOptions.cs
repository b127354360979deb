using System.Text.Json;
using Confluent.Kafka;

namespace Seats.Streams.Kafka;

/// <summary>What a stream provider on Kafka needs to know.</summary>
public sealed class KafkaStreamsOptions
{
    /// <summary>Brokers, and TLS and SASL where they ask for it: every property of librdkafka's client.</summary>
    public ClientConfig Client { get; set; } = new();

    /// <summary>Topics that are made at start where they are missing. A stream's namespace is its topic.</summary>
    public IReadOnlyList<string> Topics { get; set; } = [];

    /// <summary>Partitions of every topic. Part of the mapping from streams to partitions: another number moves streams.</summary>
    public int Partitions { get; set; } = 8;

    /// <summary>Copies of every partition, for topics that are made here; -1 leaves it to the brokers.</summary>
    public short Replication { get; set; } = -1;

    /// <summary>How values are written.</summary>
    public JsonSerializerOptions Json { get; set; } = new(JsonSerializerDefaults.Web);

    /// <summary>The envelope of an item; without one, its id is random and its type that of the item.</summary>
    public Func<StreamId, object, CloudEvent>? Envelope { get; set; }

    /// <summary>How long a batch may take until the brokers have it; after that it has failed, and its outcome is unknown.</summary>
    public TimeSpan DeliveryTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Records that may wait in memory for the brokers.</summary>
    public int RecordsWaitingAtMost { get; set; } = 20_000;
}

/// <summary>Attributes of CloudEvents 1.0, written as headers (Kafka protocol binding, binary mode).</summary>
public sealed record CloudEvent(string Id, string Type, string Source, DateTimeOffset Time);
