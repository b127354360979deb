using System.Diagnostics;
using System.Threading.Channels;
using Seats.Grains.Journal;

namespace Seats.Silo.Journal;

/// <summary>
/// Group commit: a lane writes everything that waits in one statement; while that is in flight the next batch gathers. An event always uses the same lane.
/// </summary>
internal sealed class JournalWriter : IAsyncDisposable
{
    private readonly IJournalStore store;
    private readonly StoreGate gate;
    private readonly JournalMetrics metrics;
    private readonly ILogger logger;
    private readonly Channel<PendingSlice>[] lanes;
    private readonly Task[] loops;

    public JournalWriter(IJournalStore store, StoreGate gate, JournalMetrics metrics, int laneCount, ILogger<JournalWriter> logger)
    {
        (this.store, this.gate, this.metrics, this.logger) = (store, gate, metrics, logger);
        lanes = [.. Enumerable.Range(0, laneCount).Select(_ => Channel.CreateBounded<PendingSlice>(
            new BoundedChannelOptions(JournalLimits.SlicesQueuedAtMost) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }))];
        loops = [.. lanes.Select(lane => Task.Run(() => RunAsync(lane.Reader)))];
    }

    public Task<AppendOutcome> AppendAsync(Slice slice)
    {
        if (gate.IsClosed) return Task.FromException<AppendOutcome>(new JournalUnavailableException("The journal's database is away.", notApplied: true));
        var pending = new PendingSlice(slice);
        return lanes[(int)((ulong)slice.EventId % (ulong)lanes.Length)].Writer.TryWrite(pending)
            ? pending.Outcome
            : Task.FromException<AppendOutcome>(new JournalUnavailableException("Too many slices wait for the journal.", notApplied: true));
    }

    /// <summary>Writes what waits, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var lane in lanes) lane.Writer.TryComplete();
        await Task.WhenAll(loops);
    }

    private async Task RunAsync(ChannelReader<PendingSlice> lane)
    {
        var batch = new List<PendingSlice>();
        while (await lane.WaitToReadAsync())
        {
            Gather(lane, batch);
            try
            {
                await WriteAsync(batch);
            }
            catch (Exception unexpected)
            {
                // The lane goes on for those behind, and nobody of this batch is left waiting.
                Fail(batch, new JournalUnavailableException("The journal's writer failed.", notApplied: false, unexpected));
            }
            batch.Clear();
        }
    }

    private static void Gather(ChannelReader<PendingSlice> lane, List<PendingSlice> batch)
    {
        var entries = 0;
        while (batch.Count < JournalLimits.SlicesInBatchAtMost && lane.TryPeek(out var next))
        {
            entries += next.Slice.Entries.Count;
            if (batch.Count > 0 && entries > JournalLimits.EntriesInBatchAtMost) return;
            lane.TryRead(out next);
            batch.Add(next!);
        }
    }

    private async Task WriteAsync(List<PendingSlice> batch)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var landed = await store.WriteAsync(batch);
            foreach (var pending in batch) pending.Complete(landed.Contains(pending.Slice.EventId));
            gate.Succeeded();
            metrics.Written(batch, landed, Stopwatch.GetElapsedTime(started));
        }
        catch (StoreRejectedException rejected) when (batch.Count > 1)
        {
            // One slice that the database will never take must not take the others with it.
            logger.LogWarning(rejected, "A batch of {Slices} slices was refused; writing them one by one", batch.Count);
            foreach (var pending in batch) await WriteAsync([pending]);
        }
        catch (Exception failure)
        {
            await FailAsync(batch, failure);
        }
    }

    private async Task FailAsync(List<PendingSlice> batch, Exception failure)
    {
        metrics.Failed(batch.Count);
        switch (failure)
        {
            case StoreRejectedException:
                logger.LogError(failure, "The database refused a slice of event {EventId}", batch[0].Slice.EventId);
                Fail(batch, new JournalUnavailableException("The database refused the slice.", notApplied: true, failure));
                return;
            case StoreUnreachableException:
                gate.Failed(failure);
                Fail(batch, new JournalUnavailableException("The journal's database cannot be reached.", notApplied: true, failure));
                return;
            default:
                gate.Failed(failure);
                await ResolveAsync(batch, failure);
                return;
        }
    }

    /// <summary>Asks the heads what became of a batch: a head that carries the slice's id has it. Otherwise it may still land, so nothing is claimed.</summary>
    private async Task ResolveAsync(List<PendingSlice> batch, Exception failure)
    {
        Dictionary<long, Guid> ids = [];
        try
        {
            using var patience = new CancellationTokenSource(JournalLimits.ResolveMilliseconds);
            ids = await store.ReadSliceIdsAsync([.. batch.Select(pending => pending.Slice.EventId)], patience.Token);
        }
        catch (Exception unreadable)
        {
            logger.LogWarning(unreadable, "What became of {Slices} slices cannot be told now", batch.Count);
        }
        foreach (var pending in batch)
        {
            if (!pending.IsConfirmOnly && ids.TryGetValue(pending.Slice.EventId, out var id) && id == pending.Id) pending.Complete(landed: true);
            else pending.Fail(new JournalUnavailableException("The answer of the database was lost.", notApplied: pending.IsConfirmOnly, failure));
        }
    }

    private static void Fail(List<PendingSlice> batch, JournalUnavailableException reason)
    {
        foreach (var pending in batch) pending.Fail(reason);
    }
}
