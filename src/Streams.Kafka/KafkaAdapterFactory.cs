using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace Seats.Streams.Kafka;

/// <summary>Makes the adapter of one provider; queue i is partition i of every topic.</summary>
internal sealed class KafkaAdapterFactory : IQueueAdapterFactory
{
    private readonly KafkaAdapter adapter;
    private readonly HashRingBasedPartitionedStreamQueueMapper mapper;
    private readonly SimpleQueueAdapterCache cache;

    public KafkaAdapterFactory(string name, KafkaStreamsOptions options, ILoggerFactory loggers)
    {
        mapper = new HashRingBasedPartitionedStreamQueueMapper([.. Enumerable.Range(0, options.Partitions).Select(partition => partition.ToString())], name);
        // Nothing is read through Orleans; a provider has a cache all the same.
        cache = new SimpleQueueAdapterCache(new SimpleQueueCacheOptions(), name, loggers);
        adapter = new KafkaAdapter(name, options, mapper, new KafkaTopics(options, loggers.CreateLogger<KafkaTopics>()), loggers.CreateLogger<KafkaAdapter>());
    }

    public Task<IQueueAdapter> CreateAdapter() => Task.FromResult<IQueueAdapter>(adapter);

    public IQueueAdapterCache GetQueueAdapterCache() => cache;

    public IStreamQueueMapper GetStreamQueueMapper() => mapper;

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) => Task.FromResult<IStreamFailureHandler>(new NoOpStreamDeliveryFailureHandler(false));
}
