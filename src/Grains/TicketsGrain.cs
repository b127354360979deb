using Orleans.Concurrency;
using Seats.Grains.Abstractions;
using Seats.Grains.Tickets;

namespace Seats.Grains;

/// <summary>Asks the ticket office of whichever silo is asked: all have the same key.</summary>
[StatelessWorker]
public sealed class TicketsGrain(ITicketOffice office) : Grain, ITicketsGrain
{
    /// <inheritdoc/>
    public Task<TicketKey> PublicKey() => Task.FromResult(office.PublicKey);
}
