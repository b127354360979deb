using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Logging;
using ErrorCode = Confluent.Kafka.ErrorCode;

namespace Seats.Streams.Kafka;

/// <summary>Makes topics where they are missing and this client may; widens those with too few partitions.</summary>
internal sealed class KafkaTopics(KafkaStreamsOptions options, ILogger<KafkaTopics> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Returns when every topic is there, or was asked for. A broker that says no leaves it to the one who set it up.</summary>
    /// <exception cref="KafkaException">The brokers cannot be reached.</exception>
    public async Task EnsureAsync()
    {
        using var admin = new AdminClientBuilder(options.Client).SetLogHandler((_, message) => logger.LogDebug("Kafka: {Message}", message.Message)).Build();
        var known = (await Task.Run(() => admin.GetMetadata(Patience))).Topics.Where(topic => topic.Error.Code == ErrorCode.NoError).ToDictionary(topic => topic.Topic);
        var missing = options.Topics.Where(topic => !known.ContainsKey(topic)).ToList();
        if (missing.Count > 0) await MakeAsync(admin, missing);
        foreach (var narrow in known.Values.Where(topic => options.Topics.Contains(topic.Topic) && topic.Partitions.Count < options.Partitions)) await WidenAsync(admin, narrow);
    }

    private async Task MakeAsync(IAdminClient admin, IEnumerable<string> missing)
    {
        try
        {
            await admin.CreateTopicsAsync(
                missing.Select(topic => new TopicSpecification { Name = topic, NumPartitions = options.Partitions, ReplicationFactor = options.Replication }),
                new CreateTopicsOptions { RequestTimeout = Patience, OperationTimeout = Patience });
        }
        catch (CreateTopicsException some)
        {
            // Another process may have made them at the same moment.
            foreach (var refused in some.Results.Where(result => result.Error.IsError && result.Error.Code != ErrorCode.TopicAlreadyExists))
                logger.LogWarning("The topic {Topic} could not be made: {Reason}", refused.Topic, refused.Error.Reason);
        }
    }

    private async Task WidenAsync(IAdminClient admin, TopicMetadata topic)
    {
        try
        {
            await admin.CreatePartitionsAsync([new PartitionsSpecification { Topic = topic.Topic, IncreaseTo = options.Partitions }]);
        }
        catch (CreatePartitionsException refused)
        {
            logger.LogWarning("The topic {Topic} has {Count} partitions and {Wanted} are wanted: {Reason}", topic.Topic, topic.Partitions.Count, options.Partitions, refused.Message);
        }
    }
}
