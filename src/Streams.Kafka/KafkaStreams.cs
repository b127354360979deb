using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace Seats.Streams.Kafka;

/// <summary>Adds streams on Kafka: written through Orleans, read by whoever reads Kafka.</summary>
public static class KafkaStreams
{
    /// <summary>Adds the provider to a silo.</summary>
    public static ISiloBuilder AddKafkaStreams(this ISiloBuilder silo, string name, Action<KafkaStreamsOptions> configure) =>
        silo.AddPersistentStreams(name, (services, provider) => Create(services, provider, configure), streams => streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly));

    /// <summary>Adds the provider to a client.</summary>
    public static IClientBuilder AddKafkaStreams(this IClientBuilder client, string name, Action<KafkaStreamsOptions> configure) =>
        client.AddPersistentStreams(name, (services, provider) => Create(services, provider, configure), streams => streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly));

    private static IQueueAdapterFactory Create(IServiceProvider services, string name, Action<KafkaStreamsOptions> configure)
    {
        var options = new KafkaStreamsOptions();
        configure(options);
        return new KafkaAdapterFactory(name, options, services.GetRequiredService<ILoggerFactory>());
    }
}
