namespace Seats.Silo.Membership;

/// <summary>
/// Declares earlier runs of this silo dead before it joins. Orleans tries once and lets go when another silo writes membership at the same moment, as it does
/// when a whole cluster comes back at once: then everybody would go on calling the dead for a minute.
/// </summary>
internal sealed class PreviousIncarnations(IMembershipTable table, ILocalSiloDetails self, ILogger<PreviousIncarnations> logger) : ILifecycleParticipant<ISiloLifecycle>
{
    private const int TriesAtMost = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>After Orleans opened the table, before this silo joins.</summary>
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(PreviousIncarnations), ServiceLifecycleStage.AfterRuntimeGrainServices, DeclareDeadAsync);

    internal async Task DeclareDeadAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; await NextAsync(cancellationToken) is { } previous; attempt++)
        {
            if (attempt > TriesAtMost)
            {
                // Others find out by themselves, in their own time.
                logger.LogWarning("An earlier run of this silo still counts as {Status}", previous.Entry.Status);
                return;
            }
            var (entry, etag, version) = previous;
            entry.Status = SiloStatus.Dead;
            if (!await table.UpdateRowAsync(entry, etag, version.Next(), cancellationToken)) await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task<(MembershipEntry Entry, string ETag, TableVersion Version)?> NextAsync(CancellationToken cancellationToken)
    {
        var known = await table.ReadAllAsync(cancellationToken);
        foreach (var (entry, etag) in known.Members)
            if (entry.Status != SiloStatus.Dead && IsPrevious(entry.SiloAddress)) return (entry, etag, known.Version);
        return null;
    }

    private bool IsPrevious(SiloAddress other) => other.Endpoint.Equals(self.SiloAddress.Endpoint) && other.Generation < self.SiloAddress.Generation;
}
