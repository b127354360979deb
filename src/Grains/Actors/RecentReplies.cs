using Seats.Core;

namespace Seats.Grains.Actors;

/// <summary>The latest replies as they were given, so that a repeated command costs nothing.</summary>
internal sealed class RecentReplies
{
    private readonly Dictionary<Guid, RecentReply> replies = [];
    private readonly Queue<Guid> order = new();

    public RecentReply? Find(Guid id) => replies.GetValueOrDefault(id);

    public void Add(Guid id, RecentReply reply)
    {
        if (replies.TryAdd(id, reply)) order.Enqueue(id);
        else replies[id] = reply;
        while (order.Count > Limits.RecentRepliesAtMost) replies.Remove(order.Dequeue());
    }
}

/// <summary>A reply, the hash of the body it replied to, and the slice it rests on.</summary>
internal sealed record RecentReply(object Reply, long BodyHash, OpenSlice Slice);
