using Orleans.Concurrency;
using Seats.Grains.Abstractions;
using Seats.Grains.Actors;
using Seats.Grains.Journal;

namespace Seats.Grains;

/// <summary>Asks the journal on whichever silo is asked, and the other silos through it.</summary>
/// <remarks>
/// Reentrant, because it has no state: one probe that waits for a database that is away must not make the others wait behind it.
/// </remarks>
[StatelessWorker, Reentrant]
public sealed class HealthGrain(IJournal journal, IStoppedEvents stopped, IClusterClocks clocks) : Grain, IHealthGrain
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoppedEvent>> Check()
    {
        try
        {
            await journal.ProbeAsync();
        }
        catch (JournalUnavailableException away)
        {
            throw new EventUnavailableException(away.Message, away.NotApplied);
        }
        if (await clocks.TroubleAsync() is { } trouble)
            throw new EventUnavailableException(trouble, notApplied: true, reason: UnavailableReason.Clock);
        return await stopped.OnAllSilosAsync();
    }
}
