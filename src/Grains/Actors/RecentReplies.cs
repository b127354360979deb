namespace Seats.Grains.Actors;

/// <summary>The latest answers as they were given, so that a repeated command costs nothing.</summary>
internal sealed class RecentReplies
{
    private const int KeptAtMost = 4_096;
    private readonly Dictionary<Guid, RecentReply> replies = [];
    private readonly Queue<Guid> order = new();

    public RecentReply? Find(Guid id) => replies.GetValueOrDefault(id);

    public void Add(Guid id, RecentReply reply)
    {
        if (replies.TryAdd(id, reply)) order.Enqueue(id);
        else replies[id] = reply;
        while (order.Count > KeptAtMost) replies.Remove(order.Dequeue());
    }
}

/// <summary>An answer, the body it answered, and the slice it rests on.</summary>
internal sealed record RecentReply(object Reply, long BodyHash, OpenSlice Slice);
