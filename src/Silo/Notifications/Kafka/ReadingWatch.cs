namespace Seats.Silo.Notifications;

/// <summary>How far a partition is read.</summary>
/// <param name="Begin">Offset of the oldest record it still has.</param>
/// <param name="End">Offset after its newest.</param>
/// <param name="Next">Offset that is read next.</param>
internal readonly record struct ReadingProgress(string Topic, int Partition, long Begin, long End, long Next)
{
    public long Unread => Math.Max(0, End - Math.Max(Begin, Next));

    /// <summary>There is something to read, or the reader is past the end: of a topic that was deleted and made anew.</summary>
    public bool HasWork => Unread > 0 || Next > End;
}

/// <summary>
/// Finds out that a reader stands still. A consumer whose topic was deleted and made anew may wait for ever, and believe that it has read
/// everything: only a look at the partitions themselves tells.
/// </summary>
internal sealed class ReadingWatch
{
    private const int LooksAtMost = 2;
    private readonly Dictionary<(string Topic, int Partition), (long Next, int Looks)> still = [];

    /// <summary>Takes note of a look at all partitions; true when one of them did not move between looks although there is work.</summary>
    public bool IsStuck(IReadOnlyCollection<ReadingProgress> partitions)
    {
        var before = new Dictionary<(string, int), (long Next, int Looks)>(still);
        still.Clear();
        foreach (var partition in partitions.Where(partition => partition.HasWork))
        {
            var key = (partition.Topic, partition.Partition);
            still[key] = before.TryGetValue(key, out var last) && last.Next == partition.Next ? (partition.Next, last.Looks + 1) : (partition.Next, 0);
        }
        return still.Values.Any(partition => partition.Looks >= LooksAtMost);
    }

    /// <summary>Reading was paused on purpose, or begins anew.</summary>
    public void Forget() => still.Clear();
}
