using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Seats.Testing;
using Seats.Testing.Postgres;

namespace Seats.Bench;

/// <summary>
/// How long acknowledged work stands still when something dies: <c>cluster.sh</c> with two silos and two API nodes over a private Postgres, and
/// buyers who hold and release without a break, each on an event of their own. A pause is the longest time in which a buyer heard nothing good.
/// </summary>
internal sealed class Recovery : IAsyncDisposable
{
    private const int Buyers = 8;
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly ConcurrentDictionary<int, long> lastHeard = new();
    private readonly ConcurrentDictionary<int, TimeSpan> longest = new();
    private readonly string data = Directory.CreateTempSubdirectory("seats-recovery-").FullName;
    private readonly int port = FreePort.Pair();
    private readonly long[] events = new long[Buyers];
    private readonly PostgresServer postgres;
    private Process? cluster;
    private int unknown;

    private Recovery(PostgresServer postgres) => this.postgres = postgres;

    /// <param name="times">How often each fault is tried.</param>
    public static async Task RunAsync(Table table, int times)
    {
        await using var recovery = new Recovery(await PostgresServer.StartAsync());
        await recovery.StartAsync();
        await recovery.MeasureAsync(table, times);
    }

    public async ValueTask DisposeAsync()
    {
        if (cluster is { HasExited: false })
        {
            await SignalAsync("TERM", cluster.Id);
            await cluster.WaitForExitAsync();
        }
        cluster?.Dispose();
        http.Dispose();
        await postgres.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    private async Task StartAsync()
    {
        string[] arguments = ["cluster.sh", "--no-build", "--port", $"{port}", "--data", data, "--postgres", await postgres.CreateAsync()];
        cluster = Process.Start(new ProcessStartInfo("bash", arguments) { RedirectStandardOutput = true })!;
        cluster.OutputDataReceived += (_, _) => { };
        cluster.BeginOutputReadLine();
        await ReadyAsync();
        await PostAsync("auth/register", new { username = "buyer", email = "buyer@example.com", password = "correct-horse-9", firstName = "A", lastName = "B" });
        var tokens = await PostAsync("auth/login", new { username = "buyer", password = "correct-horse-9" });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.GetProperty("access_token").GetString());
    }

    private async Task MeasureAsync(Table table, int times)
    {
        await NewEventsAsync();
        using var end = new CancellationTokenSource();
        var buying = Enumerable.Range(0, Buyers).Select(buyer => BuyAsync(buyer, end.Token)).ToArray();
        foreach (var (what, strike) in Faults())
        {
            List<TimeSpan> pauses = [];
            unknown = 0;
            for (var time = 0; time < times; time++)
            {
                await ReadyAsync();
                await NewEventsAsync();
                await Task.Delay(Settled);
                longest.Clear();
                await strike();
                await ReadyAsync();
                await Task.Delay(Settled);
                pauses.Add(longest.Values.Max());
            }
            pauses.Sort();
            var (median, most) = (pauses[pauses.Count / 2].TotalSeconds, pauses[^1].TotalSeconds);
            table.Add(what, $"{median:0.0} s, longest {most:0.0} s; {unknown / times} unknown outcomes each");
        }
        await end.CancelAsync();
        await Task.WhenAll(buying);
    }

    /// <summary>Events stay where they are: after a fault all are on one silo, and new ones are on both.</summary>
    private async Task NewEventsAsync()
    {
        for (var buyer = 0; buyer < Buyers; buyer++)
        {
            var made = await PostAsync("events", new { title = "Rush", eventDate = "2030-06-15T20:00:00", maxCapacity = 100 });
            Volatile.Write(ref events[buyer], made.GetProperty("id").GetInt64());
        }
    }

    private (string What, Func<Task> Strike)[] Faults() =>
    [
        ("a silo is told to stop (SIGTERM)", () => SignalAsync("TERM", "silo-1")),
        ("a silo is killed (SIGKILL)", () => SignalAsync("KILL", "silo-1")),
        ("both silos are killed", async () =>
        {
            await SignalAsync("KILL", "silo-1");
            await SignalAsync("KILL", "silo-2");
        }),
        ("a silo stands still for 20 s (SIGSTOP)", async () =>
        {
            var frozen = await PidAsync("silo-1");
            await SignalAsync("STOP", frozen);
            await Task.Delay(TimeSpan.FromSeconds(20));
            await SignalAsync("CONT", frozen);
            await Task.Delay(TimeSpan.FromSeconds(2));
        }),
        ("Postgres crashes and is started again", async () =>
        {
            await postgres.CrashAsync();
            await postgres.StartServerAsync();
        }),
        ("an API node is killed", () => SignalAsync("KILL", "api-1")),
    ];

    /// <summary>Holds and releases for as long as it lasts, on the other node whenever one fails.</summary>
    private async Task BuyAsync(int buyer, CancellationToken end)
    {
        lastHeard[buyer] = Stopwatch.GetTimestamp();
        for (var node = buyer % 2; !end.IsCancellationRequested;)
        {
            try
            {
                var path = $"http://127.0.0.1:{port + node}/invitations/{Volatile.Read(ref events[buyer])}/seats/";
                using var held = await http.PostAsJsonAsync(path + "lock", new { places = 1 }, CancellationToken.None);
                Note(buyer, held);
                using var released = await http.DeleteAsync(path + "release", CancellationToken.None);
                Note(buyer, released);
                if (held.IsSuccessStatusCode) continue;
            }
            catch (Exception failed) when (failed is HttpRequestException or TaskCanceledException)
            {
                // A connection that is refused did nothing for certain.
                if (failed is not HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError }) Interlocked.Increment(ref unknown);
            }
            node = 1 - node;
            await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        }
    }

    private void Note(int buyer, HttpResponseMessage answer)
    {
        if ((int)answer.StatusCode >= 500 && !answer.Headers.Contains("Seats-Outcome")) Interlocked.Increment(ref unknown);
        if (!answer.IsSuccessStatusCode) return;
        var now = Stopwatch.GetTimestamp();
        var pause = Stopwatch.GetElapsedTime(lastHeard[buyer], now);
        lastHeard[buyer] = now;
        longest.AddOrUpdate(buyer, pause, (_, known) => pause > known ? pause : known);
    }

    /// <summary>All four processes say that they are ready.</summary>
    private async Task ReadyAsync()
    {
        var ports = new List<int> { port, port + 1 };
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(Path.Combine(data, "ports"))), Patience);
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(data, "ports")))
            if (line.StartsWith("HTTP", StringComparison.Ordinal)) ports.Add(int.Parse(line.Split('=')[1]));
        foreach (var one in ports) await Eventually.TrueAsync(() => IsReadyAsync(one), Patience);
    }

    private async Task<bool> IsReadyAsync(int one)
    {
        try
        {
            using var answer = await http.GetAsync($"http://127.0.0.1:{one}/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using var answer = await http.PostAsJsonAsync($"http://127.0.0.1:{port}/{path}", body);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<int> PidAsync(string name) => int.Parse(await File.ReadAllTextAsync(Path.Combine(data, $"{name}.pid")));

    private async Task SignalAsync(string signal, string name) => await SignalAsync(signal, await PidAsync(name));

    private static async Task SignalAsync(string signal, int pid)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{pid}"]);
        await kill.WaitForExitAsync();
    }
}
