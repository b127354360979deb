using System.Diagnostics;
using Confluent.Kafka;
using Xunit;

namespace Seats.Testing.Kafka;

/// <summary>A test that needs a real Apache Kafka; where <c>SEATS_KAFKA_HOME</c> names none it is skipped, and says so.</summary>
public sealed class KafkaFactAttribute : FactAttribute
{
    public KafkaFactAttribute()
    {
        if (KafkaBroker.Home is null) Skip = "No Kafka here: name its folder in SEATS_KAFKA_HOME.";
    }
}

/// <summary>One real broker on a free port, to stop, kill and start again.</summary>
public sealed class KafkaBroker : IAsyncDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("seats-kafka-").FullName;
    private readonly int port = FreePort.Pair();
    private Process? process;

    private KafkaBroker()
    {
    }

    /// <summary>The folder of Kafka, or null.</summary>
    public static string? Home { get; } = Environment.GetEnvironmentVariable("SEATS_KAFKA_HOME") is { Length: > 0 } home && File.Exists(Path.Combine(home, "bin", "kafka-broker")) ? Path.GetFullPath(home) : null;

    public string Servers => $"127.0.0.1:{port}";

    public static async Task<KafkaBroker> StartAsync()
    {
        var broker = new KafkaBroker();
        await broker.StartAgainAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => broker.Kill();
        return broker;
    }

    public async Task StartAgainAsync()
    {
        process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null", Path.Combine(Home!, "bin", "kafka-broker"), "--port", port.ToString(), "--data", data]))!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!IsUp()) await Task.Delay(200, patience.Token);
    }

    /// <summary>Ends it as a power cut would.</summary>
    public void Kill()
    {
        if (process is { HasExited: false }) process.Kill(entireProcessTree: true);
        process?.WaitForExit();
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        Directory.Delete(data, recursive: true);
        return ValueTask.CompletedTask;
    }

    private bool IsUp()
    {
        try
        {
            using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = Servers }).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
            return admin.GetMetadata(TimeSpan.FromSeconds(2)).Brokers.Count > 0;
        }
        catch (KafkaException)
        {
            return false;
        }
    }
}
