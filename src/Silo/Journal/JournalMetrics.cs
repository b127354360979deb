using System.Diagnostics.Metrics;

namespace Seats.Silo.Journal;

/// <summary>What the journal does, as metrics of the meter <c>Seats.Journal</c>.</summary>
internal sealed class JournalMetrics(IMeterFactory meters)
{
    private readonly Counter<long> slices = Meter(meters).CreateCounter<long>("seats.journal.slices");
    private readonly Counter<long> entries = Meter(meters).CreateCounter<long>("seats.journal.entries");
    private readonly Counter<long> conflicts = Meter(meters).CreateCounter<long>("seats.journal.conflicts");
    private readonly Counter<long> failures = Meter(meters).CreateCounter<long>("seats.journal.failures");
    private readonly Histogram<double> commit = Meter(meters).CreateHistogram<double>("seats.journal.commit", "s");
    private readonly Histogram<int> batchSize = Meter(meters).CreateHistogram<int>("seats.journal.batch", "{entry}");

    private readonly Counter<long> replays = Meter(meters).CreateCounter<long>("seats.journal.replays", description: "Reads of an event's journal.");
    private readonly Counter<long> replayed = Meter(meters).CreateCounter<long>("seats.journal.replayed", description: "Entries read by replays.");
    private long entriesWritten;

    /// <summary>Entries written since the start.</summary>
    public long EntriesWritten => Interlocked.Read(ref entriesWritten);

    public void Written(List<PendingSlice> batch, HashSet<long> landed, TimeSpan took)
    {
        var count = 0;
        foreach (var pending in batch)
        {
            if (landed.Contains(pending.Slice.EventId)) count += pending.Slice.Entries.Count;
            else conflicts.Add(1);
        }
        slices.Add(batch.Count);
        entries.Add(count);
        Interlocked.Add(ref entriesWritten, count);
        batchSize.Record(count);
        commit.Record(took.TotalSeconds);
    }

    public void Failed(int count) => failures.Add(count);

    public void ReplayStarted() => replays.Add(1);

    public void Replayed(int count) => replayed.Add(count);

    private static Meter Meter(IMeterFactory meters) => meters.Create("Seats.Journal");
}
