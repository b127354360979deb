using System.Diagnostics;
using Seats.Core;
using Seats.Grains.Abstractions;

namespace Seats.Bench;

/// <summary>From a release to the committed offer it became: both are in one entry, so the reply to the release is the proof.</summary>
internal static class Offers
{
    private const int Rounds = 2_000;

    public static async Task RunAsync(BenchServer server, Table table)
    {
        var eventId = await server.CreateEventAsync(Rounds, settings => settings with { OfferSeconds = 3_600 });
        var grain = server.Grains.GetGrain<IEventGrain>(eventId);
        for (var number = 1; number <= Rounds; number++)
            await grain.Register(BenchServer.Stamp(InProcess.Person(number)), new Registration(null, PlaceWish.Any(1), true, false));
        for (var number = 1; number <= Rounds; number++)
            await grain.Join(BenchServer.Stamp(InProcess.Person(Rounds + number)), new WaitlistWish(1, false, []));
        var times = new List<double>();
        for (var number = 1; number <= Rounds; number++)
        {
            var began = Stopwatch.GetTimestamp();
            await grain.CancelInvitation(BenchServer.Stamp(InProcess.Person(number)), number, null);
            var offer = await grain.GetWaitlistEntry(InProcess.Person(Rounds + number));
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (offer.Value?.Status != InvitationStatus.Pending) throw new InvalidOperationException($"Person {Rounds + number} was not offered the place.");
        }
        var sorted = times.Order().ToArray();
        var p99 = LoadGenerator.At(sorted, 0.99);
        table.Add("release → offer committed and read", $"p50 {LoadGenerator.At(sorted, 0.5):0.0} ms, p99 {p99:0.0} ms", "p99 < 100 ms", p99 < 100);
    }
}
