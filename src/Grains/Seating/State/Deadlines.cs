namespace Seats.Grains.Seating;

/// <summary>When holds and invitations lapse, on the event's clock: a heap whose stale entries are dropped when they come up.</summary>
internal sealed class Deadlines
{
    private readonly PriorityQueue<(bool IsHold, int Number), (DateTimeOffset Until, bool IsInvitation, int Number)> queue = new();

    public void Add(Hold hold) => queue.Enqueue((true, hold.Number), (hold.Until, false, hold.Number));

    public void Add(Invitation invitation) => queue.Enqueue((false, invitation.Number), (invitation.Deadline, true, invitation.Number));

    /// <summary>The next live deadline on the event's clock.</summary>
    public DateTimeOffset? Next(EventState state)
    {
        while (queue.TryPeek(out var claim, out var due))
        {
            if (IsLive(state, claim, due.Until)) return due.Until;
            queue.Dequeue();
        }
        return null;
    }

    /// <summary>Live claims whose deadline is at or before <paramref name="time"/>, by deadline; the heap stays as it is.</summary>
    public List<(bool IsHold, int Number)> DueAt(EventState state, DateTimeOffset time)
    {
        List<(bool, int)> due = [];
        List<((bool, int) Claim, (DateTimeOffset, bool, int) Priority)> taken = [];
        while (queue.TryPeek(out var claim, out var priority) && priority.Until <= time)
        {
            queue.Dequeue();
            if (!IsLive(state, claim, priority.Until)) continue;
            due.Add(claim);
            taken.Add((claim, priority));
        }
        foreach (var (claim, priority) in taken) queue.Enqueue(claim, priority);
        return due;
    }

    private static bool IsLive(EventState state, (bool IsHold, int Number) claim, DateTimeOffset until) => claim.IsHold
        ? state.FindHold(claim.Number)?.Until == until
        : state.FindInvitation(claim.Number) is { Status: Abstractions.InvitationStatus.Pending } invitation && invitation.Deadline == until;
}
