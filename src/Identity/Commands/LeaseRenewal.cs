namespace Seats.Identity.Commands;

/// <summary>Renews a lease in the background until it is disposed.</summary>
internal sealed class LeaseRenewal : IAsyncDisposable
{
    private readonly PeriodicTimer timer;
    private readonly Task renewing;

    public LeaseRenewal(TimeProvider time, Func<Task> renew)
    {
        timer = new PeriodicTimer(TimeSpan.FromSeconds(IdentityLimits.CommandRenewalSeconds), time);
        renewing = RunAsync(renew);
    }

    public async ValueTask DisposeAsync()
    {
        timer.Dispose();
        await renewing;
    }

    private async Task RunAsync(Func<Task> renew)
    {
        while (await timer.WaitForNextTickAsync()) await renew();
    }
}
