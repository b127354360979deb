using Seats.Core;

namespace Seats.Grains.Actors;

/// <summary>
/// Whether the journal may hold a reply to a keyed command, so that a command that is certainly new costs no question. Knows the commands of
/// this activation; of those before it only whether there were any.
/// </summary>
internal sealed class StoredKeys
{
    private readonly HashSet<Guid> decidedHere = [];
    private DateTimeOffset askUntil = DateTimeOffset.MinValue;

    /// <summary>Replies were stored before this activation: each command has to be looked up until the last of them is forgotten.</summary>
    public void Earlier(DateTimeOffset now) => askUntil = now.AddHours(Limits.CommandMemoryHours);

    /// <summary>A reply to this command is stored with the open slice.</summary>
    public void Add(Guid id, DateTimeOffset now)
    {
        decidedHere.Add(id);
        if (decidedHere.Count < Limits.KeyedCommandsKnownAtMost) return;
        // Too many to know each: from now on all are looked up.
        decidedHere.Clear();
        Earlier(now);
    }

    public bool MayBeStored(Guid id, DateTimeOffset now) => now < askUntil || decidedHere.Contains(id);
}
