using System.Collections.Concurrent;
using Seats.Grains.Abstractions;

namespace Seats.Api.Places;

/// <summary>
/// This node's committed copies of the maps that its readers look at: each is kept current by one observer, so that readers never reach the event.
/// </summary>
internal sealed class SeatMaps(IGrainFactory grains, TimeProvider time, ILogger<SeatMaps> logger) : BackgroundService
{
    private const int MapsAtMost = 1_000;
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan IdleAtMost = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<long, MapCopy> copies = new();

    /// <summary>The map as this node knows it, at least at the newest version this node has told anybody; null when there is no such event.</summary>
    public async Task<MapPage?> ReadAsync(long eventId, CancellationToken cancellationToken)
    {
        if (!copies.TryGetValue(eventId, out var copy))
        {
            if (copies.Count >= MapsAtMost) DropIdle(TimeSpan.Zero, copies.Count - MapsAtMost + 1);
            copy = copies.GetOrAdd(eventId, id => new MapCopy(id, grains, time));
        }
        var page = await copy.ReadAsync(cancellationToken);
        if (page is null) Drop(eventId, copy);
        return page;
    }

    /// <summary>A version this node told somebody: its map does not stay behind that for long.</summary>
    public void NoteVersion(long eventId, long version)
    {
        if (copies.TryGetValue(eventId, out var copy)) copy.NoteVersion(version);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(RenewEvery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return;
            DropIdle(IdleAtMost, int.MaxValue);
            await Task.WhenAll(copies.Values.Select(RenewAsync));
        }
    }

    private async Task RenewAsync(MapCopy copy)
    {
        try
        {
            await copy.RenewAsync();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The map stays what it was as long as nobody knows better.
            logger.LogInformation("The map of event {EventId} could not be renewed: {Reason}", copy.EventId, failure.Message);
        }
    }

    private void DropIdle(TimeSpan idle, int atMost)
    {
        var oldest = time.GetUtcNow() - idle;
        foreach (var copy in copies.Values.Where(copy => copy.LastRead <= oldest).OrderBy(copy => copy.LastRead).Take(atMost).ToArray()) Drop(copy.EventId, copy);
    }

    private void Drop(long eventId, MapCopy copy)
    {
        if (copies.TryRemove(new KeyValuePair<long, MapCopy>(eventId, copy))) copy.Close();
    }
}
