using Seats.Grains.Abstractions;
using Seats.Grains.Journal;

namespace Seats.Grains.Actors;

/// <summary>Keyed commands that left no facts, so that the same key gets the same answer for a day. The oldest go first when there are too many.</summary>
internal sealed class RememberedRefusals
{
    private readonly Dictionary<Guid, RememberedRefusal> byCommand = [];
    private readonly Queue<RememberedRefusal> inOrder = new();

    public RememberedRefusal? Find(Guid commandId) => byCommand.GetValueOrDefault(commandId);

    /// <summary>Refusals come in the order of their time.</summary>
    public void Add(RememberedRefusal refusal)
    {
        if (!byCommand.TryAdd(refusal.CommandId, refusal)) return;
        inOrder.Enqueue(refusal);
        var oldest = refusal.At - TimeSpan.FromHours(Limits.CommandMemoryHours);
        while (inOrder.Count > Limits.RefusalsRememberedAtMost || inOrder.Peek().At < oldest) byCommand.Remove(inOrder.Dequeue().CommandId);
    }
}
