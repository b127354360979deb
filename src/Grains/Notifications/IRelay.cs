using Seats.Core;

namespace Seats.Grains.Notifications;

/// <summary>Takes what events decided to whoever must be notified.</summary>
public interface IRelay
{
    /// <summary>
    /// An event has facts that may notify somebody, on stable storage. Returns at once; what is missed here is found by a sweep.
    /// </summary>
    void Committed(long eventId, Audience audience);
}
