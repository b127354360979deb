using Seats.Grains.Abstractions;

namespace Seats.Grains.Seating;

/// <summary>Everything one event is, rebuilt from its facts. Changed by <see cref="Turn"/> alone.</summary>
public sealed partial class EventState(long id)
{
    /// <summary>The event's id.</summary>
    public long Id { get; } = id;

    /// <summary>Version of the last entry; 0 before the event is created.</summary>
    public long Version { get; internal set; }

    /// <summary>Time of the last entry; the event's time never runs backwards.</summary>
    public DateTimeOffset LastAt { get; internal set; }

    /// <summary>When time alone will change the event next, on the wall clock; null when nothing is pending or sales are paused.</summary>
    public DateTimeOffset? NextDeadline => throw new NotImplementedException();

    /// <summary>Positions whose letter changed since the last call, and whether the layout changed; the caller takes them over.</summary>
    public (int[] Positions, bool Layout) TakeChanges() => throw new NotImplementedException();

    /// <summary>Index rows that changed since the last call: the event's own, and invitations made or bound.</summary>
    public (Journal.EventIndexRow? Event, IReadOnlyList<Journal.InvitationIndexRow> Invitations) TakeIndexChanges() => throw new NotImplementedException();

    /// <summary>The letter of a position: F, H, O, I, T, B or -.</summary>
    public byte Letter(int position) => throw new NotImplementedException();

    /// <summary>The map as it stands.</summary>
    public SeatMap ToMap(Guid epoch) => throw new NotImplementedException();
}
