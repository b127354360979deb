using System.Collections.Concurrent;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using ErrorCode = Confluent.Kafka.ErrorCode;

namespace Seats.Streams.Kafka;

/// <summary>Logs what the client library complains of: without its brokers it says the same many times a second, and is heard once in a while.</summary>
public sealed class KafkaErrorLog(ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<ErrorCode, long> saidAt = new();

    public void Note(Error error)
    {
        var now = time.GetTimestamp();
        if (saidAt.TryGetValue(error.Code, out var last) && time.GetElapsedTime(last, now) < Quiet) return;
        saidAt[error.Code] = now;
        logger.LogInformation("Kafka: {Reason}", error.Reason);
    }
}
