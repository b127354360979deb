using System.Diagnostics;
using Seats.Core;
using Seats.Grains.Abstractions;
using Seats.Testing.Kafka;
using Seats.Testing.Smtp;

namespace Seats.Bench;

/// <summary>From the committed fact to the mail that the server accepted, in process and through Kafka; and what telling people costs the rush.</summary>
internal static class Mails
{
    private const int Confirmations = 20_000;

    public static async Task RunAsync(Table table, int seconds)
    {
        await RushAsync(table, seconds);
        await WayAsync(table, seconds, "in process", null);
        if (KafkaBroker.Home is null)
        {
            table.Add("through Kafka", "skipped: SEATS_KAFKA_HOME names no Kafka");
            return;
        }
        await using var broker = await KafkaBroker.StartAsync();
        await WayAsync(table, seconds, "through Kafka", broker.Servers);
    }

    /// <summary>Holds and confirmations on one event, with the relay on and off, in turns.</summary>
    private static async Task RushAsync(Table table, int seconds)
    {
        await using var smtp = new ScriptedSmtp();
        double on = 0, off = 0, holdsOn = 0, holdsOff = 0;
        const int turns = 2;
        await using (var warm = await BenchServer.StartAsync(Settings(smtp, null, enabled: true))) await ConfirmAsync(warm, seconds: 2);
        for (var turn = 0; turn < turns; turn++)
        {
            foreach (var enabled in new[] { turn % 2 == 0, turn % 2 != 0 })
            {
                await using var server = await BenchServer.StartAsync(Settings(smtp, null, enabled));
                await HoldAsync(server, 1);
                var holds = await HoldAsync(server, seconds);
                var confirmations = await ConfirmAsync(server, seconds);
                if (enabled) (on, holdsOn) = (on + confirmations / turns, holdsOn + holds / turns);
                else (off, holdsOff) = (off + confirmations / turns, holdsOff + holds / turns);
            }
        }
        table.Add("holds on one event, 256 in flight, relay on / off", $"{holdsOn:N0}/s / {holdsOff:N0}/s");
        table.Ratio("holds with the relay on beside off", holdsOn / holdsOff, 0.8);
        table.Add("confirmations on one event, 256 in flight, relay and mailer on / off", $"{on:N0}/s / {off:N0}/s");
        table.Add("confirmations with relay and mailer on beside off (the mails are composed and sent on the same cores meanwhile)", $"{on / off:0.00} ×");
    }

    private static async Task WayAsync(Table table, int seconds, string way, string? kafka)
    {
        await using var smtp = new ScriptedSmtp();
        await using var server = await BenchServer.StartAsync(Settings(smtp, kafka, enabled: true));
        var (eventId, grain) = await EventAsync(server);
        for (var number = 0; number < 200; number++) await ConfirmOneAsync(grain, number);
        await UntilAsync(() => smtp.TakenCount >= 200);

        var clock = Stopwatch.StartNew();
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, 256).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var number && number <= Confirmations) await ConfirmOneAsync(grain, number);
        })));
        var committed = clock.Elapsed;
        await UntilAsync(() => smtp.TakenCount >= 200 + Confirmations);
        var rate = Confirmations / clock.Elapsed.TotalSeconds;
        table.Add($"{Confirmations:N0} confirmations of one rush, {way}: all committed / last mail accepted", $"{committed.TotalSeconds:0.0} s / {clock.Elapsed.TotalSeconds:0.0} s");
        table.Add($"notifications from committed to accepted, {way}", $"{rate:N0}/s");
        if (smtp.TakenCount != 200 + Confirmations || smtp.Taken.Select(mail => mail.Header("X-Seats-Key")).Distinct().Count() != 200 + Confirmations)
            throw new InvalidOperationException("A mail was lost or sent twice.");
        await LagAsync(table, way, grain, eventId, smtp, rate / 2, Math.Max(5, seconds));
    }

    /// <summary>At half the rate, how long after its commit a mail was accepted.</summary>
    private static async Task LagAsync(Table table, string way, IEventGrain grain, long eventId, ScriptedSmtp smtp, double rate, int seconds)
    {
        var count = (int)(rate * seconds);
        var before = smtp.TakenCount;
        var committedAt = new System.Collections.Concurrent.ConcurrentDictionary<string, long>();
        var clock = Stopwatch.StartNew();
        var running = new List<Task>(count);
        for (var number = 0; number < count; number++)
        {
            var due = TimeSpan.FromSeconds(number / rate);
            if (due - clock.Elapsed is var wait && wait > TimeSpan.FromMilliseconds(2)) await Task.Delay(wait);
            var person = InProcess.Person(50_000 + number);
            running.Add(Task.Run(async () =>
            {
                var reply = await grain.Register(BenchServer.Stamp(person), new Registration(null, PlaceWish.Any(1), true, false));
                committedAt[person.Email] = Stopwatch.GetTimestamp();
                if (reply.Refusal is { } refusal) throw new InvalidOperationException($"{refusal.Status}");
            }));
        }
        await Task.WhenAll(running);
        await UntilAsync(() => smtp.TakenCount >= before + count);
        var lags = smtp.Taken.Where(mail => committedAt.ContainsKey(mail.Recipients[0])).Select(mail => Math.Max(0, Stopwatch.GetElapsedTime(committedAt[mail.Recipients[0]], mail.At).TotalMilliseconds)).Order().ToArray();
        table.Add($"lag from commit to accepted at {rate:N0}/s, {way}", $"p50 {LoadGenerator.At(lags, 0.5):0} ms, p99 {LoadGenerator.At(lags, 0.99):0} ms");
    }

    private static async Task<double> HoldAsync(BenchServer server, int seconds)
    {
        return await InProcess.HotAsync(server, 256, seconds);
    }

    private static async Task<double> ConfirmAsync(BenchServer server, int seconds)
    {
        var (_, grain) = await EventAsync(server);
        var next = 0;
        return await InProcess.RateAsync(256, seconds, _ => ConfirmOneAsync(grain, Interlocked.Increment(ref next)));
    }

    private static async Task ConfirmOneAsync(IEventGrain grain, int number)
    {
        var reply = await grain.Register(BenchServer.Stamp(InProcess.Person(number)), new Registration(null, PlaceWish.Any(1), true, false));
        if (reply.Refusal is { } refusal) throw new InvalidOperationException($"{refusal.Status}");
    }

    private static async Task<(long Id, IEventGrain Grain)> EventAsync(BenchServer server)
    {
        var id = await server.CreateEventAsync(100_000, settings => settings with { Seating = SeatingKind.General });
        return (id, server.Grains.GetGrain<IEventGrain>(id));
    }

    private static (string, string)[] Settings(ScriptedSmtp smtp, string? kafka, bool enabled) =>
    [
        ("Smtp:Host", "127.0.0.1"), ("Smtp:Port", smtp.Port.ToString()), ("Smtp:Security", "None"), ("Mail:Enabled", enabled.ToString()),
        .. kafka is null ? Array.Empty<(string, string)>() : [("Kafka:BootstrapServers", kafka), ("Kafka:Replication", "1")],
    ];

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (!condition()) await Task.Delay(5, patience.Token);
    }
}
