using Orleans.Concurrency;
using Seats.Grains.Abstractions;

namespace Seats.Grains;

/// <summary>Counts by the minute: an hour of any traffic takes the same few bytes.</summary>
/// <remarks>Kept for longer than it counts.</remarks>
[Reentrant, CollectionAgeLimit(Minutes = Minutes + 5)]
public sealed class InvitationQuotaGrain(TimeProvider time) : Grain, IInvitationQuotaGrain
{
    private const int Minutes = 60;
    private readonly int[] counts = new int[Minutes];
    private long last = MinuteOf(time);

    /// <inheritdoc/>
    public Task<int> SecondsToWait(int atMost)
    {
        Forget();
        var (total, minute) = (counts.Sum(), last - Minutes + 1);
        if (total < atMost) return Task.FromResult(0);
        // The oldest go first; how long until enough of them are an hour old.
        while (total >= atMost) total -= counts[minute++ % Minutes];
        var until = (minute + Minutes - 1) * 60;
        return Task.FromResult((int)Math.Max(1, until - time.GetUtcNow().ToUnixTimeSeconds()));
    }

    /// <inheritdoc/>
    public Task Count()
    {
        Forget();
        counts[last % Minutes]++;
        return Task.CompletedTask;
    }

    /// <summary>Clears the minutes that passed since the last call.</summary>
    private void Forget()
    {
        var now = MinuteOf(time);
        for (var minute = Math.Max(last + 1, now - Minutes + 1); minute <= now; minute++) counts[minute % Minutes] = 0;
        last = Math.Max(last, now);
    }

    private static long MinuteOf(TimeProvider time) => time.GetUtcNow().ToUnixTimeSeconds() / 60;
}
