using Microsoft.Extensions.Logging;
using Seats.Core;
using Seats.Grains.Journal;
using Seats.Grains.Tickets;

namespace Seats.Grains.Actors;

/// <summary>What an actor needs of the world.</summary>
/// <param name="Stopped">Where an event that cannot go on is reported.</param>
/// <param name="Check">Whether <paramref name="Time"/> may be believed.</param>
public sealed record ActorPorts(
    IJournal Journal, ITicketOffice Tickets, ISnapshots Snapshots, TimeProvider Time, ITimeCheck Check, StoppedEvents Stopped,
    ILogger Logger);

/// <summary>What an actor tells whoever hosts it.</summary>
public interface IActorHost
{
    /// <summary>A slice is durable: the map moved on.</summary>
    /// <param name="notifies">Who may have to be notified.</param>
    void Committed(MapDelta delta, Audience notifies);

    /// <summary>The actor believes nothing of its memory any more and must be dropped.</summary>
    void Dropped();
}
