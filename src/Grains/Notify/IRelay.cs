namespace Seats.Grains.Notify;

/// <summary>Takes what events decided to whoever must be told.</summary>
public interface IRelay
{
    /// <summary>An event has facts that tell somebody something, on stable storage. Returns at once; what is missed here is found by a sweep.</summary>
    void Committed(long eventId);
}
