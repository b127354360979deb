using Microsoft.Extensions.Logging;
using Seats.Grains.Abstractions;
using Seats.Grains.Journal;
using Seats.Grains.Tickets;

namespace Seats.Grains.Actors;

/// <summary>What an actor needs of the world.</summary>
/// <param name="Epoch">Tells this activation from others of the same event.</param>
/// <param name="Stopped">Where an event that cannot go on is reported.</param>
public sealed record ActorPorts(
    IJournal Journal, ITicketOffice Tickets, ISnapshots Snapshots, TimeProvider Time, StoppedEvents Stopped, ILogger Logger, Guid Epoch);

/// <summary>What an actor tells whoever hosts it.</summary>
public interface IActorHost
{
    /// <summary>A slice is durable: the map moved on.</summary>
    /// <param name="telling">Whether somebody may have to be told.</param>
    void Committed(MapDelta delta, bool telling);

    /// <summary>The actor believes nothing of its memory any more and must be dropped.</summary>
    void Dropped();
}
