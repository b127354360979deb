using Seats.Core;

namespace Seats.Bench;

/// <summary>Holds over HTTP with JWT on one event, beside the same endpoint on SQL and one that does nothing.</summary>
internal static class OverHttp
{
    private const int Capacity = 100_000;
    private const string AnyPlace = """{"places":1}""";

    public static async Task RunAsync(BenchServer server, Table table, int seconds)
    {
        var tokens = Enumerable.Range(0, 512).Select(number => server.TokenFor($"person-{number}")).ToArray();
        (string, string) Any(int connection) => (tokens[connection], AnyPlace);
        await HoldsAsync(server, 64, 2, Any);
        foreach (var connections in new[] { 64, 512 })
        {
            var noop = await LoadGenerator.RunAsync(server.Port, connections, seconds, "/bench/noop", Any);
            var rowLock = await LoadGenerator.RunAsync(server.Port, connections, seconds, "/bench/rowlock", Any);
            var update = await LoadGenerator.RunAsync(server.Port, connections, seconds, "/bench/update", Any);
            var holds = await HoldsAsync(server, connections, seconds, Any);
            table.Add($"HTTP with JWT, {connections} connections: no-op endpoint", noop.ToString());
            table.Add($"HTTP with JWT, {connections} connections: row-lock transaction", rowLock.ToString());
            table.Add($"HTTP with JWT, {connections} connections: one conditional UPDATE", update.ToString());
            table.Add($"HTTP with JWT, {connections} connections: hold on one event", holds.ToString());
            table.Ratio($"hold beside the row-lock transaction, {connections} connections", holds.Rate / rowLock.Rate, 10);
            table.Ratio($"hold beside the no-op endpoint, {connections} connections", holds.Rate / noop.Rate, 0.35);
            if (connections == 512) table.Ratio("hold beside one conditional UPDATE, 512 connections", holds.Rate / update.Rate, 2);
        }
    }

    private static async Task<Load> HoldsAsync(BenchServer server, int connections, int seconds, Func<int, (string, string)> request)
    {
        // One event sells out in a few seconds at this rate: it is as large as an event can be, and a general-admission area.
        var eventId = await server.CreateEventAsync(Capacity, settings => settings with { Seating = SeatingKind.General });
        return await LoadGenerator.RunAsync(server.Port, connections, seconds, $"/invitations/{eventId}/seats/lock", request);
    }
}
