namespace Seats.Silo.Membership;

/// <summary>
/// Looks every second at what the cluster believes of this silo. A process that stood still (frozen, swapped out, starved) learns from Orleans
/// only seconds later that it was declared dead, and would go on saying that it is ready.
/// </summary>
internal sealed class MembershipWatch(
    IMembershipTable table, ILocalSiloDetails self, SiloEnd end, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<MembershipWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>How long a look at the table counts.</summary>
    private static readonly TimeSpan TrustedFor = TimeSpan.FromSeconds(5);

    private long confirmedAt = -1;

    /// <summary>Whether the cluster was seen to count on this silo a moment ago. Time that the process stood still counts too.</summary>
    public bool IsCountedOn =>
        !end.IsEnding && Interlocked.Read(ref confirmedAt) is >= 0 and var at && time.GetElapsedTime(at) < TrustedFor;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A silo that is told to stop declares itself dead at the end.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        while (!stop.IsCancellationRequested)
        {
            await LookAsync(stop.Token);
            await Task.Delay(Period, time, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var startedAt = time.GetTimestamp();
            var row = (await table.ReadRowAsync(self.SiloAddress, cancellationToken)).Members.FirstOrDefault()?.Item1;
            if (row?.Status == SiloStatus.Active) Interlocked.Exchange(ref confirmedAt, startedAt);
            // A row that is gone was that of a dead silo; before it joins, there is none yet.
            if (row?.Status == SiloStatus.Dead || row is null && Interlocked.Read(ref confirmedAt) >= 0) end.DeclareDead();
        }
        catch (Exception unknown) when (unknown is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // The database is away: the journal is too, and nobody needs this silo more than it can give.
            logger.LogDebug("The membership table did not answer: {Reason}", unknown.Message);
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }
}
