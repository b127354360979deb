using System.Diagnostics;
using Seats.Core;
using Seats.Grains.Abstractions;
using Seats.Grains.Actors;
using Seats.Grains.Journal;
using Seats.Grains.Tickets;

namespace Seats.Bench;

/// <summary>What an event of 50,000 seats weighs, and how long it takes to come back after 100,000 facts.</summary>
internal static class Memory
{
    public static async Task RunAsync(BenchServer server, Table table)
    {
        var seats = await server.CreateEventAsync(50_000);
        var megabytes = await WeighAsync(server, seats);
        table.Add("an event of 50,000 seats, resident", $"{megabytes:0.00} MB", "≤ 5 MB", megabytes <= 5);
        var rush = await server.CreateEventAsync(100_000, settings => settings with { Seating = SeatingKind.General });
        var grain = server.Grains.GetGrain<IEventGrain>(rush);
        for (var done = 0; done < 100_000; done += 2_000)
            await Task.WhenAll(Enumerable.Range(0, 2_000).Select(number => grain.Hold(BenchServer.Stamp(InProcess.Person(number)), PlaceWish.Any(1))));
        await ActivateAsync(server, rush, []);
        var replay = await ActivateAsync(server, rush, []);
        table.Add("activation after 100,000 facts, without a snapshot", $"{replay.Took.TotalMilliseconds:0} ms", "≤ 500 ms", replay.Took.TotalMilliseconds <= 500);
        await replay.Actor.StopAsync();
        var snapshot = await ActivateAsync(server, rush, replay.Snapshots.Bytes);
        table.Add("activation after 100,000 facts, from a snapshot", $"{snapshot.Took.TotalMilliseconds:0} ms", "≤ 500 ms", snapshot.Took.TotalMilliseconds <= 500);
        table.Add("an event with 100,000 live holds of 2,000 people, resident", $"{await WeighAsync(server, rush):0.0} MB");
    }

    private static async Task<double> WeighAsync(BenchServer server, long eventId)
    {
        const int copies = 4;
        var kept = new List<EventActor>();
        var before = Settled();
        for (var copy = 0; copy < copies; copy++) kept.Add((await ActivateAsync(server, eventId, [])).Actor);
        var after = Settled();
        GC.KeepAlive(kept);
        return (after - before) / 1024.0 / 1024.0 / copies;
    }

    private static long Settled()
    {
        for (var round = 0; round < 3; round++)
        {
            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static async Task<(EventActor Actor, TimeSpan Took, Kept Snapshots)> ActivateAsync(BenchServer server, long eventId, byte[] snapshot)
    {
        var snapshots = new Kept { Bytes = snapshot };
        var services = server.Services;
        var ports = new ActorPorts(
            services.GetRequiredService<IJournal>(), services.GetRequiredService<ITicketOffice>(), snapshots, TimeProvider.System,
            new OwnTime(), services.GetRequiredService<StoppedEvents>(), services.GetRequiredService<ILogger<EventActor>>());
        var actor = new EventActor(eventId, ports, new Nobody());
        var clock = Stopwatch.StartNew();
        await actor.ActivateAsync(CancellationToken.None);
        return (actor, clock.Elapsed, snapshots);
    }

    private sealed class Kept : ISnapshots
    {
        public byte[] Bytes { get; set; } = [];

        public Task<byte[]?> ReadAsync() => Task.FromResult(Bytes.Length == 0 ? null : Bytes);

        public Task WriteAsync(byte[] snapshot)
        {
            Bytes = snapshot;
            return Task.CompletedTask;
        }
    }

    private sealed class Nobody : IActorHost
    {
        public void Committed(MapDelta delta, Audience notifies)
        {
        }

        public void Dropped()
        {
        }
    }
}
