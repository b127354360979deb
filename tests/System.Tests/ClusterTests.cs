using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Seats.Testing.Postgres;

namespace Seats.Processes.Tests;

/// <summary>Two silos and two API nodes over Postgres, as cluster.sh starts them.</summary>
public sealed class ClusterTests
{
    private const int Events = 4;
    private const int Buyers = 8;
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(40) };
    private readonly ConcurrentDictionary<string, string> acknowledged = new();
    private int port;

    [PostgresFact]
    public async Task SiloKilledMidRush_LosesNoAcknowledgedHold()
    {
        port = FreePort.Pair();
        var data = Directory.CreateTempSubdirectory("seats-cluster-").FullName;
        await RealProcess.RunAsync("chmod", "755", data);
        await using var cluster = RealProcess.Start("bash", ["cluster.sh", "--no-build", "--port", port.ToString(), "--data", data], ("CONFIGURATION", RealProcess.Configuration));
        await cluster.ReadyAsync(port);
        await cluster.ReadyAsync(port + 1);
        await Organiser.SignInAsync(http, port, port + 1);
        var events = new List<long>();
        for (var number = 0; number < Events; number++) events.Add(await Organiser.EventAsync(http, port));

        using var end = new CancellationTokenSource();
        var rush = Enumerable.Range(0, Buyers).Select(buyer => BuyAsync(buyer, events, end.Token)).ToArray();
        await EventuallyAsync(() => acknowledged.Count > 200);
        await RealProcess.RunAsync("kill", "-9", (await File.ReadAllTextAsync(Path.Combine(data, "silo-1.pid"))).Trim());
        var atDeath = acknowledged.Count;
        await EventuallyAsync(() => events.All(id => acknowledged.Keys.Count(hold => hold.StartsWith($"{id}-", StringComparison.Ordinal)) > 0) && acknowledged.Count > atDeath + 400);
        await end.CancelAsync();
        await Task.WhenAll(rush);

        foreach (var id in events) await CheckAsync(id);
    }

    [PostgresFact]
    public async Task SiloThatWasDeclaredDead_SaysSoAndEnds_AndIsStartedAgain()
    {
        port = FreePort.Pair();
        var data = Directory.CreateTempSubdirectory("seats-cluster-").FullName;
        await RealProcess.RunAsync("chmod", "755", data);
        await using var cluster = RealProcess.Start("bash", ["cluster.sh", "--no-build", "--port", port.ToString(), "--data", data], ("CONFIGURATION", RealProcess.Configuration));
        await cluster.ReadyAsync(port);
        var ports = (await File.ReadAllLinesAsync(Path.Combine(data, "ports"))).Select(line => line.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        var frozen = await PidAsync();
        await RealProcess.RunAsync("kill", "-STOP", frozen);
        await using var database = Npgsql.NpgsqlDataSource.Create($"Host=127.0.0.1;Port={ports["PG_PORT"]};Username=seats;Database=seats");
        await EventuallyAsync(async () => await CountAsync(database, "select count(*) from orleans_silo where status = 6") == 1);
        await RealProcess.RunAsync("kill", "-CONT", frozen);

        await EventuallyAsync(async () => await PidAsync() != frozen);
        Assert.Contains("declared this one dead", await File.ReadAllTextAsync(Path.Combine(data, "silo-1.log.1")), StringComparison.Ordinal);
        await cluster.ReadyAsync(int.Parse(ports["HTTP1_PORT"]));

        async Task<string> PidAsync() => (await File.ReadAllTextAsync(Path.Combine(data, "silo-1.pid"))).Trim();
    }

    private static async Task<long> CountAsync(Npgsql.NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    [PostgresFact]
    public async Task DatabaseThatCrashes_IsAnsweredWith503_AndTheClusterServesAgainByItself()
    {
        if (PostgresServer.Given is not null) return;
        await using var server = await PostgresServer.StartAsync();
        port = FreePort.Pair();
        var data = Directory.CreateTempSubdirectory("seats-cluster-").FullName;
        await using var cluster = RealProcess.Start("bash", ["cluster.sh", "--no-build", "--port", port.ToString(), "--data", data, "--postgres", await server.CreateAsync()], ("CONFIGURATION", RealProcess.Configuration));
        await cluster.ReadyAsync(port);
        await cluster.ReadyAsync(port + 1);
        await Organiser.SignInAsync(http, port, port + 1);
        var (warm, other) = (await Organiser.EventAsync(http, port), await Organiser.EventAsync(http, port));
        Assert.Equal(201, await LockAsync(warm));

        await server.CrashAsync();
        foreach (var id in new[] { warm, other }) Assert.Equal(503, await LockAsync(id));
        Assert.Equal(503, await StatusAsync($"events/{warm}"));
        Assert.Equal(503, await StatusAsync("api/users/profile"));
        Assert.Equal(503, await StatusAsync("health/ready"));
        Assert.Equal(200, await StatusAsync("health/live"));

        await server.StartServerAsync();
        foreach (var id in new[] { warm, other }) await EventuallyAsync(async () => await LockAsync(id) == 201);
        await EventuallyAsync(async () => await StatusAsync("api/users/profile") == 200);
        await EventuallyAsync(async () => await StatusAsync("health/ready") == 200);
    }

    private Task<int> LockAsync(long id) => StatusAsync(() => http.PostAsJsonAsync($"http://127.0.0.1:{port}/invitations/{id}/seats/lock", new { places = 1 }));

    private Task<int> StatusAsync(string path) => StatusAsync(() => http.GetAsync($"http://127.0.0.1:{port}/{path}"));

    private static async Task<int> StatusAsync(Func<Task<HttpResponseMessage>> call)
    {
        using var answer = await call();
        if ((int)answer.StatusCode == 503) Assert.NotNull(answer.Headers.RetryAfter);
        return (int)answer.StatusCode;
    }

    private async Task BuyAsync(int buyer, List<long> events, CancellationToken cancellationToken)
    {
        for (var round = buyer; !cancellationToken.IsCancellationRequested; round++)
        {
            try
            {
                using var answer = await http.PostAsJsonAsync($"http://127.0.0.1:{port + buyer % 2}/invitations/{events[round % Events]}/seats/lock", new { places = 1 }, CancellationToken.None);
                if ((int)answer.StatusCode != 201) continue;
                var hold = await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None);
                acknowledged[hold.GetProperty("id").GetString()!] = hold.GetProperty("seats")[0].GetString()!;
            }
            catch (Exception unknown) when (unknown is HttpRequestException or TaskCanceledException)
            {
                // The outcome is unknown: it was not acknowledged, so nothing is claimed of it.
            }
        }
    }

    private async Task CheckAsync(long id)
    {
        var holds = new Dictionary<string, string>();
        await foreach (var hold in Organiser.ListAsync(http, $"http://127.0.0.1:{port + 1}/invitations/{id}/seats/lock?limit=100"))
            holds.Add(hold.GetProperty("id").GetString()!, hold.GetProperty("seats")[0].GetString()!);
        Assert.Equal(holds.Count, holds.Values.Distinct().Count());
        foreach (var (hold, seat) in acknowledged.Where(pair => pair.Key.StartsWith($"{id}-", StringComparison.Ordinal))) Assert.Equal(seat, holds[hold]);
    }

    private static Task EventuallyAsync(Func<bool> condition) => Eventually.TrueAsync(condition, TimeSpan.FromMinutes(2));

    private static Task EventuallyAsync(Func<Task<bool>> condition) => Eventually.TrueAsync(condition, TimeSpan.FromMinutes(1));
}
