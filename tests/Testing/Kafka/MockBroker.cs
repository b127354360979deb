using System.Runtime.InteropServices;
using System.Text;

namespace Seats.Testing.Kafka;

/// <summary>The mock cluster inside librdkafka: a broker for machines without Kafka, behind a port of its own.</summary>
public sealed partial class MockBroker : IDisposable
{
    private const int Producer = 0;
    // In the order in which the client library itself looks for one that this machine can load.
    private static readonly string[] Builds = ["librdkafka.so", "centos8-librdkafka.so", "alpine-librdkafka.so", "librdkafka.dylib"];
    private readonly nint client;
    private readonly nint cluster;

    static MockBroker() => NativeLibrary.SetDllImportResolver(typeof(MockBroker).Assembly, (name, _, _) =>
    {
        if (name != "librdkafka") return 0;
        var folder = Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native");
        foreach (var build in Builds)
            if (NativeLibrary.TryLoad(Path.Combine(folder, build), out var library)) return library;
        return 0;
    });

    /// <param name="topics">A mock cluster is given its topics: it makes none on request.</param>
    public MockBroker(IEnumerable<string> topics, int partitions)
    {
        var error = new byte[512];
        client = rd_kafka_new(Producer, 0, error, error.Length);
        if (client == 0) throw new InvalidOperationException(Encoding.UTF8.GetString(error).TrimEnd('\0'));
        cluster = rd_kafka_mock_cluster_new(client, 1);
        if (cluster == 0) throw new InvalidOperationException("No mock cluster could be made.");
        foreach (var topic in topics) rd_kafka_mock_topic_create(cluster, topic, partitions, 1);
        Servers = Marshal.PtrToStringUTF8(rd_kafka_mock_cluster_bootstraps(cluster))!;
    }

    public string Servers { get; }

    public void Dispose()
    {
        rd_kafka_mock_cluster_destroy(cluster);
        rd_kafka_destroy(client);
    }

    [LibraryImport("librdkafka")]
    private static partial nint rd_kafka_new(int type, nint configuration, byte[] error, nint size);

    [LibraryImport("librdkafka")]
    private static partial void rd_kafka_destroy(nint client);

    [LibraryImport("librdkafka")]
    private static partial nint rd_kafka_mock_cluster_new(nint client, int brokers);

    [LibraryImport("librdkafka")]
    private static partial nint rd_kafka_mock_cluster_bootstraps(nint cluster);

    [LibraryImport("librdkafka", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int rd_kafka_mock_topic_create(nint cluster, string topic, int partitions, int replicas);

    [LibraryImport("librdkafka")]
    private static partial void rd_kafka_mock_cluster_destroy(nint cluster);
}
