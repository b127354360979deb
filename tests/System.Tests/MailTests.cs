using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Seats.Testing.Kafka;
using Seats.Testing.Smtp;

namespace Seats.Processes.Tests;

/// <summary>Real processes, a real broker and a mail server: who confirms gets their mail, whatever dies in between.</summary>
public sealed class MailTests : IAsyncDisposable
{
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(40) };
    private readonly ScriptedSmtp server = new();
    private readonly ConcurrentBag<string> confirmed = [];
    private int port;

    [PostgresAndKafkaFact]
    public async Task SiloAndBrokerKilledMidRush_EveryConfirmationGetsItsMail()
    {
        await using var broker = await KafkaBroker.StartAsync();
        port = FreePort.Pair();
        var data = Directory.CreateTempSubdirectory("seats-cluster-").FullName;
        await RealProcess.RunAsync("chmod", "755", data);
        await using var cluster = RealProcess.Start("bash", ["cluster.sh", "--no-build", "--port", port.ToString(), "--data", data],
            [("CONFIGURATION", RealProcess.Configuration), ("Kafka__BootstrapServers", broker.Servers), ("Kafka__Replication", "1"), ("Mail__LeaseSeconds", "6"), ("Mail__ReconcileSeconds", "5"), .. Smtp()]);
        await cluster.ReadyAsync(port);
        await cluster.ReadyAsync(port + 1);
        await Organiser.SignInAsync(http, port, port);
        var id = await Organiser.EventAsync(http, port);
        using var end = new CancellationTokenSource();
        var rush = Enumerable.Range(0, 4).Select(buyer => BuyAsync(port + buyer % 2, id, end.Token)).ToArray();
        await EventuallyAsync(() => server.TakenCount > 50);
        await RealProcess.RunAsync("kill", "-9", (await File.ReadAllTextAsync(Path.Combine(data, "silo-1.pid"))).Trim());
        await EventuallyAsync(() => confirmed.Count > 300);
        broker.Kill();
        var atDeath = confirmed.Count;
        await EventuallyAsync(() => confirmed.Count > atDeath + 100);
        await broker.StartAgainAsync();
        await end.CancelAsync();
        await Task.WhenAll(rush);

        var expected = await ConfirmedAsync(id);
        Assert.True(confirmed.All(expected.Contains));
        await EventuallyAsync(() => Keys().Count() >= expected.Count);
        CheckCopies(expected.Count, killed: 1);
    }

    [Fact]
    public async Task OneMachineKilledMidRush_EveryConfirmationGetsItsMail()
    {
        port = FreePort.Pair();
        var data = Directory.CreateTempSubdirectory("seats-standalone-").FullName;
        server.Delay = TimeSpan.FromMilliseconds(20);
        var first = RealProcess.StartStandalone(port, data, Smtp());
        await first.ReadyAsync(port);
        await Organiser.SignInAsync(http, port, port);
        var id = await Organiser.EventAsync(http, port);
        using var end = new CancellationTokenSource();
        var rush = Enumerable.Range(0, 4).Select(_ => BuyAsync(port, id, end.Token)).ToArray();
        await EventuallyAsync(() => server.TakenCount > 50);
        await first.KillAsync();
        await end.CancelAsync();
        await Task.WhenAll(rush);

        await using var second = RealProcess.StartStandalone(port, data, Smtp());
        await second.ReadyAsync(port);
        var expected = await ConfirmedAsync(id);
        Assert.True(confirmed.All(expected.Contains));
        await EventuallyAsync(() => Keys().Count() >= expected.Count);
        CheckCopies(expected.Count, killed: 1);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    private (string, string)[] Smtp() => [("Smtp__Host", "127.0.0.1"), ("Smtp__Port", server.Port.ToString()), ("Smtp__Security", "None"), ("ASPNETCORE_ENVIRONMENT", "Development")];

    private IEnumerable<string> Keys() => Confirmations().Select(mail => mail.Header("X-Seats-Key")!).Distinct();

    /// <summary>Without the mail that asked the buyer to prove their address.</summary>
    private IEnumerable<TakenMail> Confirmations() => server.Taken.Where(mail => mail.Header("X-Seats-Kind") == "REGISTRATION_CONFIRMED");

    /// <summary>None lost, none invented; more than one copy only where a mailer died with the answer in its hands, and then the same mail.</summary>
    private void CheckCopies(int expected, int killed)
    {
        var byKey = Confirmations().GroupBy(mail => mail.Header("X-Seats-Key")!).ToList();
        Assert.Equal(expected, byKey.Count);
        Assert.All(byKey, copies => Assert.InRange(copies.Count(), 1, 1 + killed));
        Assert.All(byKey, copies => Assert.Single(copies.Select(mail => mail.Header("Message-Id")).Distinct()));
        // Ten were being sent at most when it died, and their rows being written for as many more.
        Assert.InRange(byKey.Count(copies => copies.Count() > 1), 0, 120 * killed);
    }

    private async Task BuyAsync(int at, long id, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                using var answer = await http.PostAsJsonAsync($"http://127.0.0.1:{at}/invitations", new { eventId = id, places = 1, confirm = true }, CancellationToken.None);
                if ((int)answer.StatusCode == 201) confirmed.Add((await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None)).GetProperty("id").GetString()!);
                await Task.Delay(TimeSpan.FromMilliseconds(10), CancellationToken.None);
            }
            catch (Exception unknown) when (unknown is HttpRequestException or TaskCanceledException)
            {
                // The outcome is unknown: nothing is claimed of it.
                await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
            }
        }
    }

    private async Task<HashSet<string>> ConfirmedAsync(long id)
    {
        HashSet<string> all = [];
        await foreach (var invitation in Organiser.ListAsync(http, $"http://127.0.0.1:{port}/invitations/event/{id}?status=CONFIRMED&limit=100")) all.Add(invitation.GetProperty("id").GetString()!);
        return all;
    }

    private static Task EventuallyAsync(Func<bool> condition) => Eventually.TrueAsync(condition, TimeSpan.FromMinutes(2));
}
