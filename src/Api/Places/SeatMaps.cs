using System.Collections.Concurrent;
using Seats.Api.Requests;

namespace Seats.Api.Places;

/// <summary>
/// This node's committed copies of the maps that its readers look at: each is kept current by one observer, so that readers never reach the event.
/// </summary>
internal sealed class SeatMaps(IGrainFactory grains, KnownEvents known, TimeProvider time, ILogger<SeatMaps> logger) : BackgroundService
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan IdleAtMost = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<long, MapCopy> copies = new();
    private readonly Lock growing = new();

    /// <summary>How many copies there are.</summary>
    public int Count => copies.Count;

    /// <summary>The map as this node knows it, at least at the newest version this node has told anybody; null when there is no such event.</summary>
    public async Task<MapPage?> ReadAsync(long eventId, CancellationToken cancellationToken)
    {
        if (!await known.ExistsAsync(eventId)) return null;
        var copy = CopyOf(eventId);
        try
        {
            var page = await copy.ReadAsync(cancellationToken);
            if (page is null) Drop(eventId, copy);
            return page;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A copy without a map serves nobody: the next reader begins anew.
            Drop(eventId, copy);
            throw;
        }
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

    private MapCopy CopyOf(long eventId)
    {
        if (copies.TryGetValue(eventId, out var known)) return known;
        // One at a time: those who come together must not all find room for one more.
        lock (growing)
        {
            if (copies.Count >= ApiLimits.MapsAtMost) DropIdle(TimeSpan.Zero, copies.Count - ApiLimits.MapsAtMost + 1);
            return copies.GetOrAdd(eventId, id => new MapCopy(id, grains, time));
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
