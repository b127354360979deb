using System.Diagnostics;
using System.Text.Json;
using Seats.Core;
using Seats.Grains.Journal;

namespace Seats.Bench;

/// <summary>2,000 buyers at once, 10,000 numbered seats, hold and confirm; then the journal is read again and checked.</summary>
internal static class SellOut
{
    private const int Buyers = 2_000;
    private const int Seats = 10_000;

    public static async Task RunAsync(BenchServer server, Table table)
    {
        var eventId = await server.CreateEventAsync(Seats, settings => settings with { PlacesPerPerson = 10 });
        var tokens = Enumerable.Range(0, Buyers).Select(number => server.TokenFor($"buyer-{number}")).ToArray();
        var clients = await Task.WhenAll(Enumerable.Range(0, Buyers).Select(_ => HttpSocket.ConnectAsync(server.Port)));
        var sold = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(clients.Select((client, buyer) => Task.Run(async () =>
        {
            for (var purchase = 0; purchase < 5; purchase++)
                if (await BuyAsync(client, tokens[buyer], eventId)) Interlocked.Increment(ref sold);
        })));
        var took = clock.Elapsed;
        foreach (var client in clients) client.Dispose();
        var (confirmed, twice) = await CheckAsync(server, eventId);
        table.Add($"sell-out over HTTP: {Buyers:N0} buyers, {Seats:N0} seats, hold and confirm", $"{took.TotalSeconds:0.0} s, {sold:N0} sold", "< 10 s", took.TotalSeconds < 10 && sold == Seats);
        table.Add("the journal read again", $"{confirmed:N0} seats confirmed, {twice} twice", "0 twice", twice == 0 && confirmed == sold);
    }

    private static async Task<bool> BuyAsync(HttpSocket client, string token, long eventId)
    {
        if (await client.SendAsync("POST", $"/invitations/{eventId}/seats/lock", token, """{"places":1}""", keepBody: true) != 201) return false;
        using var hold = JsonDocument.Parse(client.Body);
        var body = $$"""{"eventId":{{eventId}},"hold":"{{hold.RootElement.GetProperty("id").GetString()}}","confirm":true}""";
        return await client.SendAsync("POST", "/invitations", token, body) == 201;
    }

    /// <summary>An independent reading: who has each place at the end, by facts alone.</summary>
    private static async Task<(int Confirmed, int Twice)> CheckAsync(BenchServer server, long eventId)
    {
        var journal = server.Services.GetRequiredService<IJournal>();
        var made = new Dictionary<int, IReadOnlyList<int>>();
        var owners = new Dictionary<int, int>();
        await foreach (var entry in journal.ReadAsync(eventId, 0, CancellationToken.None))
            foreach (var fact in FactCodec.Decode(entry.Facts.Span))
            {
                if (fact is InvitationMade invitation) made[invitation.Invitation] = invitation.Places;
                if (fact is not InvitationConfirmed confirmed) continue;
                foreach (var place in made[confirmed.Invitation]) owners[place] = owners.GetValueOrDefault(place) + 1;
            }
        return (owners.Count, owners.Values.Count(count => count > 1));
    }
}
