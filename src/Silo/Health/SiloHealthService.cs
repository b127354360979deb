using Orleans.Concurrency;
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

    /// <summary>What is wrong with its clock; null when nothing is.</summary>
    [Alias("clock"), AlwaysInterleave] Task<string?> ClockTrouble();
}

/// <summary>One on each silo.</summary>
[Reentrant]
internal sealed class SiloHealthService(
    GrainId id, Orleans.Runtime.Silo silo, ILoggerFactory loggers, StoppedEvents stopped, ITimeCheck check)
    : GrainService(id, silo, loggers), ISiloHealthService
{
    public Task<string?> ClockTrouble() => Task.FromResult(check.Trouble);

    public Task<IReadOnlyList<StoppedEvent>> StoppedEvents() =>
        Task.FromResult<IReadOnlyList<StoppedEvent>>([.. stopped.All.Select(pair => new StoppedEvent(pair.Key, pair.Value))]);
}

/// <summary>Asks the silos that are believed to be alive.</summary>
internal sealed class ClusterHealth(IServiceProvider services, ISiloStatusOracle silos, ILogger<ClusterHealth> logger)
    : GrainServiceClient<ISiloHealthService>(services), IStoppedEvents, IClusterClocks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task<IReadOnlyList<StoppedEvent>> OnAllSilosAsync()
    {
        var answers = await Task.WhenAll(silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Select(TryAskAsync));
        return [.. answers.SelectMany(events => events).DistinctBy(stopped => stopped.EventId).OrderBy(stopped => stopped.EventId)];
    }

    public async Task<string?> TroubleAsync()
    {
        var answers = await Task.WhenAll(silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Select(silo =>
            TryAskAsync(silo, async service => (Heard: true, Trouble: await service.ClockTrouble()), (Heard: false, Trouble: null))));
        // Events move on from a silo whose clock is wrong: as long as one is right, somebody serves.
        var heard = answers.Where(answer => answer.Heard).Select(answer => answer.Trouble).ToArray();
        return heard.Length > 0 && heard.All(trouble => trouble is not null) ? heard[0] : null;
    }

    private Task<IReadOnlyList<StoppedEvent>> TryAskAsync(SiloAddress silo) => TryAskAsync(silo, service => service.StoppedEvents(), []);

    private async Task<T> TryAskAsync<T>(SiloAddress silo, Func<ISiloHealthService, Task<T>> question, T unheard)
    {
        try
        {
            return await question(GetGrainService(silo)).WaitAsync(Patience);
        }
        catch (Exception away)
        {
            // It is away, or its program does not know the question.
            logger.LogInformation("{Silo} did not say how it is: {Reason}", silo, away.Message);
            return unheard;
        }
    }
}
