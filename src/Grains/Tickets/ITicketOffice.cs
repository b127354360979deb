using Seats.Grains.Abstractions;

namespace Seats.Grains.Tickets;

/// <summary>Issues ticket codes and tells its own from others: a code is short, signed, and can be verified offline.</summary>
public interface ITicketOffice
{
    /// <summary>The code of an invitation's ticket.</summary>
    string Issue(long eventId, int invitation);

    /// <summary>Whether the code was issued here, and for what.</summary>
    bool TryRead(string code, out long eventId, out int invitation);

    /// <summary>What whoever verifies codes offline needs.</summary>
    TicketKey PublicKey { get; }
}
