namespace Seats.Core;

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

    /// <summary>
    /// Live claims whose deadline is at or before <paramref name="time"/>, by deadline: each once, and <paramref name="atMost"/> of them.
    /// The heap stays as it is.
    /// </summary>
    public List<(bool IsHold, int Number)> DueAt(EventState state, DateTimeOffset time, int atMost)
    {
        List<((bool, int) Claim, (DateTimeOffset, bool, int) Priority)> taken = [];
        while (taken.Count < atMost && queue.TryPeek(out var claim, out var priority) && priority.Until <= time)
        {
            queue.Dequeue();
            // A claim that has one deadline twice comes up twice in a row.
            if (IsLive(state, claim, priority.Until) && (taken.Count == 0 || taken[^1].Claim != claim)) taken.Add((claim, priority));
        }
        foreach (var (claim, priority) in taken) queue.Enqueue(claim, priority);
        return [.. taken.Select(entry => entry.Claim)];
    }

    /// <summary>Places of one person's live claims whose deadline is at or before <paramref name="time"/>.</summary>
    public int LapsedPlacesOf(EventState state, PersonEntry person, DateTimeOffset time) => queue.UnorderedItems
        .Where(item => item.Priority.Until <= time && IsLive(state, item.Element, item.Priority.Until))
        .Select(item => item.Element)
        .Distinct()
        .Sum(claim => PlacesOf(state, claim, person));

    private static int PlacesOf(EventState state, (bool IsHold, int Number) claim, PersonEntry person)
    {
        var (who, places) = claim.IsHold
            ? (state.FindHold(claim.Number)!.Who, state.FindHold(claim.Number)!.Places)
            : (state.FindInvitation(claim.Number)!.Who, state.FindInvitation(claim.Number)!.Places);
        return who == person ? places.Length : 0;
    }

    private static bool IsLive(EventState state, (bool IsHold, int Number) claim, DateTimeOffset until) => claim.IsHold
        ? state.FindHold(claim.Number)?.Until == until
        : state.FindInvitation(claim.Number) is { Status: InvitationStatus.Pending } invitation && invitation.Deadline == until;
}
