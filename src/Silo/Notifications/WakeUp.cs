namespace Seats.Silo.Notifications;

/// <summary>A loop sleeps on this until there is work, and looks by itself once a period.</summary>
internal sealed class WakeUp
{
    private readonly SemaphoreSlim signal = new(0, 1);

    /// <summary>There is work. Said twice before the loop looks, it counts once.</summary>
    public void Now()
    {
        try
        {
            if (signal.CurrentCount == 0) signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake.
        }
    }

    /// <summary>Returns when there is work, when the period is over, or at the stop.</summary>
    public async Task SleepAsync(CancellationToken stop) =>
        await ((Task)signal.WaitAsync(NotificationLimits.PollPeriod, stop)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
