using Orleans.Runtime.Placement;
using Seats.Grains.Abstractions;

namespace Seats.Grains;

/// <summary>
/// An event that cannot be served on this silo, though perhaps on another: one of a newer program, or whose clock is right. It moves on, to
/// each silo once; where none can serve it, it waits for the next call.
/// </summary>
public sealed partial class EventGrain : IGrainMigrationParticipant
{
    private const string TriedKey = "seats.tried";
    private string[] tried = [];

    void IGrainMigrationParticipant.OnDehydrate(IDehydrationContext dehydrationContext)
    {
        if (tried.Length > 0) dehydrationContext.TryAddValue(TriedKey, tried);
    }

    void IGrainMigrationParticipant.OnRehydrate(IRehydrationContext rehydrationContext)
    {
        if (rehydrationContext.TryGetValue<string[]>(TriedKey, out var before) && before is not null) tried = before;
    }

    /// <summary>Says why it cannot serve, and makes way in a moment: an activation that failed would keep its callers waiting.</summary>
    private void MakeWay(UnavailableReason reason)
    {
        this.RegisterGrainTimer(LeaveAsync, Once(RetryAfter));
        if (reason == UnavailableReason.Passing) return;
        tried = [.. tried, silos.SiloAddress.ToParsableString()];
        if (NextSilo() is not { } next) return;
        this.RegisterGrainTimer(_ => HandOnAsync(next), Once(TimeSpan.Zero));
    }

    private static GrainTimerCreationOptions Once(TimeSpan after) => new(after, Timeout.InfiniteTimeSpan) { Interleave = true };

    /// <summary>One that was not tried yet; events spread over them.</summary>
    private SiloAddress? NextSilo()
    {
        var others = silos.GetApproximateSiloStatuses(onlyActive: true).Keys
            .Where(silo => !tried.Contains(silo.ToParsableString())).Order().ToArray();
        return others.Length == 0 ? null : others[(int)((ulong)EventId % (ulong)others.Length)];
    }

    private Task HandOnAsync(SiloAddress next)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, next);
        try
        {
            this.MigrateOnIdle();
        }
        finally
        {
            RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        }
        return Task.CompletedTask;
    }

    private Task LeaveAsync(CancellationToken cancellationToken)
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
