using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Seats.Bench;

/// <summary>Closed-loop load over HTTP/1.1: one request at a time a connection, on raw sockets so that it costs little of the machine it measures.</summary>
internal static class LoadGenerator
{
    public static async Task<Load> RunAsync(int port, int connections, int seconds, string path, Func<int, (string Token, string Body)> request, int expected = 201)
    {
        using var end = new CancellationTokenSource();
        var latencies = new ConcurrentBag<List<double>>();
        var unexpected = new ConcurrentDictionary<int, int>();
        var done = 0;
        var clients = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => HttpSocket.ConnectAsync(port)));
        var clock = Stopwatch.StartNew();
        var tasks = clients.Select((client, index) => Task.Run(async () =>
        {
            var mine = new List<double>();
            while (!end.IsCancellationRequested)
            {
                var (token, body) = request(index);
                var began = Stopwatch.GetTimestamp();
                var status = await client.SendAsync("POST", path, token, body);
                mine.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                if (status == expected) Interlocked.Increment(ref done);
                else unexpected.AddOrUpdate(status, 1, (_, count) => count + 1);
            }
            latencies.Add(mine);
        })).ToArray();
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        var (count, elapsed) = (Volatile.Read(ref done), clock.Elapsed);
        await end.CancelAsync();
        await Task.WhenAll(tasks);
        foreach (var client in clients) client.Dispose();
        var sorted = latencies.SelectMany(list => list).Order().ToArray();
        return new Load(count / elapsed.TotalSeconds, At(sorted, 0.5), At(sorted, 0.99), string.Join(", ", unexpected.Select(pair => $"{pair.Value} × {pair.Key}")));
    }

    public static double At(double[] sorted, double share) => sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}

/// <summary>What a load saw; latencies in milliseconds.</summary>
internal sealed record Load(double Rate, double P50, double P99, string Unexpected)
{
    public override string ToString() => $"{Rate:N0}/s, p50 {P50:0.0} ms, p99 {P99:0.0} ms{(Unexpected.Length > 0 ? $" ({Unexpected})" : "")}";
}

/// <summary>One keep-alive connection.</summary>
internal sealed class HttpSocket : IDisposable
{
    private readonly Socket socket;
    private readonly byte[] buffer = new byte[16 * 1024];

    private HttpSocket(Socket socket) => this.socket = socket;

    /// <summary>The body of the last answer.</summary>
    public string Body { get; private set; } = "";

    public static async Task<HttpSocket> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new HttpSocket(socket);
    }

    public async Task<int> SendAsync(string method, string path, string token, string body, bool keepBody = false)
    {
        var request = Encoding.ASCII.GetBytes(
            $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        await socket.SendAsync(request);
        var (filled, header) = (0, -1);
        while (header < 0)
        {
            filled += await ReceiveAsync(filled);
            header = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
        }
        var length = LengthIn(buffer.AsSpan(0, header));
        while (filled < header + 4 + length) filled += await ReceiveAsync(filled);
        if (keepBody) Body = Encoding.UTF8.GetString(buffer, header + 4, length);
        return (buffer[9] - '0') * 100 + (buffer[10] - '0') * 10 + (buffer[11] - '0');
    }

    public void Dispose() => socket.Dispose();

    private async Task<int> ReceiveAsync(int from)
    {
        var received = await socket.ReceiveAsync(buffer.AsMemory(from));
        return received > 0 ? received : throw new IOException("The server closed the connection.");
    }

    private static int LengthIn(ReadOnlySpan<byte> headers)
    {
        var at = headers.IndexOf("Content-Length: "u8);
        if (at < 0) throw new IOException("An answer without Content-Length: this client would take its body for the next answer.");
        var length = 0;
        for (var index = at + 16; index < headers.Length && headers[index] is >= (byte)'0' and <= (byte)'9'; index++) length = length * 10 + headers[index] - '0';
        return length;
    }
}
