using Seats.Core;
using Seats.Grains.Abstractions;

namespace Seats.Api.Requests;

/// <summary>
/// Answers calls for events that do not exist, in place of the event. A command with a client's key is remembered for a while, so that it
/// is answered as an event answers one that comes again.
/// </summary>
internal sealed class MissedCommands
{
    private readonly RecentMap<(long EventId, Guid CommandId), long> bodies = new(ApiLimits.MissedCommandsAtMost);

    /// <param name="stamp">Of a command with a client's key; null for all others.</param>
    public Reply<T> Reply<T>(long eventId, CommandStamp? stamp)
        where T : class
    {
        if (stamp is null || bodies.TryAdd((eventId, stamp.Id), stamp.BodyHash)) return Refused<T>(RefusalStatus.NotFound, replayed: false);
        return bodies.TryGet((eventId, stamp.Id), out var body) && body != stamp.BodyHash
            ? Refused<T>(RefusalStatus.CommandOtherBody, replayed: false)
            : Refused<T>(RefusalStatus.NotFound, replayed: true);
    }

    private static Reply<T> Refused<T>(RefusalStatus status, bool replayed)
        where T : class => new(0, null, new Refusal(status), replayed, false);
}
