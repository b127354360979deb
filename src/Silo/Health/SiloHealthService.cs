using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Runtime.Services;
using Orleans.Services;
using Seats.Grains.Abstractions;
using Seats.Grains.Actors;

namespace Seats.Silo.Health;

/// <summary>What one silo says of its health to the others.</summary>
[Alias("seats.silo-health")]
public interface ISiloHealthService : IGrainService
{
    /// <summary>Events that stopped on this silo.</summary>
    [Alias("stopped"), AlwaysInterleave] Task<IReadOnlyList<StoppedEvent>> StoppedEvents();
}

/// <summary>One on each silo.</summary>
[Reentrant]
internal sealed class SiloHealthService(GrainId id, Orleans.Runtime.Silo silo, ILoggerFactory loggers, StoppedEvents stopped)
    : GrainService(id, silo, loggers), ISiloHealthService
{
    public Task<IReadOnlyList<StoppedEvent>> StoppedEvents() =>
        Task.FromResult<IReadOnlyList<StoppedEvent>>([.. stopped.All.Select(pair => new StoppedEvent(pair.Key, pair.Value))]);
}

/// <summary>Asks the silos that are believed to be alive.</summary>
internal sealed class ClusterHealth(IServiceProvider services, ISiloStatusOracle silos, ILogger<ClusterHealth> logger)
    : GrainServiceClient<ISiloHealthService>(services), IStoppedEvents
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task<IReadOnlyList<StoppedEvent>> OnAllSilosAsync()
    {
        var answers = await Task.WhenAll(silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Select(TryAskAsync));
        return [.. answers.SelectMany(events => events).DistinctBy(stopped => stopped.EventId).OrderBy(stopped => stopped.EventId)];
    }

    private async Task<IReadOnlyList<StoppedEvent>> TryAskAsync(SiloAddress silo)
    {
        try
        {
            return await GetGrainService(silo).StoppedEvents().WaitAsync(Patience);
        }
        catch (Exception away) when (away is TimeoutException or OrleansException)
        {
            logger.LogInformation("{Silo} did not say which events stopped: {Reason}", silo, away.Message);
            return [];
        }
    }
}
