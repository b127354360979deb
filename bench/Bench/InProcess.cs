using System.Diagnostics;
using Seats.Core;
using Seats.Grains.Abstractions;

namespace Seats.Bench;

/// <summary>Durable holds through the grain, beside a row-lock transaction through Npgsql.</summary>
internal static class InProcess
{
    private const int Capacity = 100_000;
    private const int WarmEvents = 1_000;

    public static async Task RunAsync(BenchServer server, Table table, int seconds)
    {
        await HotAsync(server, 256, 1);
        double hot256 = 0, sql256 = 0;
        foreach (var inFlight in new[] { 32, 256, 2_000 })
        {
            var hot = await HotAsync(server, inFlight, seconds);
            table.Add($"one event, durable holds through the grain, {inFlight} in flight", $"{hot:N0}/s");
            var sql = await RateAsync(Math.Min(inFlight, 256), seconds, _ => Peers.HoldByRowLockAsync("john"));
            table.Add($"row-lock transaction through Npgsql, {inFlight} in flight", $"{sql:N0}/s");
            if (inFlight == 256) (hot256, sql256) = (hot, sql);
        }
        table.Ratio("one event beside the row-lock transaction, 256 in flight", hot256 / sql256, 50);
        var warm = await WarmAsync(server, seconds);
        table.Add($"{WarmEvents:N0} warm events, 2,000 in flight", $"{warm:N0}/s");
        var again = await HotAsync(server, 2_000, seconds);
        table.Ratio("1,000 warm events beside the hot one, 2,000 in flight", warm / again, 0.5);
    }

    /// <summary>Holds of named seats on one event; a fresh event when the seats run out.</summary>
    public static async Task<double> HotAsync(BenchServer server, int inFlight, int seconds)
    {
        var events = new List<long>();
        for (var index = 0; index < 2 * seconds; index++) events.Add(await server.CreateEventAsync(Capacity, settings => settings with { Seating = SeatingKind.General }));
        var next = -1;
        var wish = PlaceWish.Any(1);
        return await RateAsync(inFlight, seconds, async worker =>
        {
            var number = Interlocked.Increment(ref next);
            if (number / Capacity >= events.Count) return;
            var reply = await server.Grains.GetGrain<IEventGrain>(events[number / Capacity]).Hold(BenchServer.Stamp(Person(worker)), wish);
            if (reply.Refusal is { } refusal) throw new InvalidOperationException($"{refusal.Status}");
        });
    }

    private static async Task<double> WarmAsync(BenchServer server, int seconds)
    {
        var events = await Task.WhenAll(Enumerable.Range(0, WarmEvents).Select(_ => server.CreateEventAsync(1_000)));
        var next = -1;
        var wish = PlaceWish.Any(1);
        return await RateAsync(2_000, seconds, async worker =>
        {
            var number = Interlocked.Increment(ref next);
            await server.Grains.GetGrain<IEventGrain>(events[number % WarmEvents]).Hold(BenchServer.Stamp(Person(worker)), wish);
        });
    }

    public static Requester Person(int number) => new($"person-{number}", $"person-{number}@example.com", false);

    /// <summary>How often a second <paramref name="work"/> completes when so many workers repeat it.</summary>
    public static async Task<double> RateAsync(int workers, int seconds, Func<int, Task> work)
    {
        using var end = new CancellationTokenSource();
        var done = 0;
        var clock = Stopwatch.StartNew();
        var tasks = Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                await work(worker);
                Interlocked.Increment(ref done);
            }
        })).ToArray();
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        var (count, elapsed) = (Volatile.Read(ref done), clock.Elapsed);
        await end.CancelAsync();
        await Task.WhenAll(tasks);
        return count / elapsed.TotalSeconds;
    }
}
