using Seats.Silo.Journal;

namespace Seats.Silo.Notifications;

/// <summary>
/// Lets a rush go first. Composing and sending a mail costs a hundred times what a decision costs, on the same processors: while this silo decides
/// a lot, or work queues up in it, mails pass one by one and slowly, and at full speed as soon as it does not.
/// </summary>
internal sealed class MailBackpressure(JournalMetrics journal, TimeProvider time)
{
    /// <summary>The slowest pace: fifty mails a second.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(200);

    /// <summary>Decisions a second above which there is a rush.</summary>
    private static readonly int RushAbove = 1_000 * Environment.ProcessorCount;

    /// <summary>Work items waiting for a thread above which the process is busy.</summary>
    private static readonly int WaitingAbove = 4 * Environment.ProcessorCount;

    private readonly SemaphoreSlim gate = new(1);
    private readonly Lock sampling = new();
    private long sampledAt = time.GetTimestamp();
    private long sampled;
    private bool rush;

    /// <summary>Returns when the next mail may go.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (!IsBusy() && gate.CurrentCount > 0) return;
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (IsBusy()) await Task.Delay(Pause, cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    private bool IsBusy() => IsRush() || ThreadPool.PendingWorkItemCount > WaitingAbove;

    private bool IsRush()
    {
        lock (sampling)
        {
            var elapsed = time.GetElapsedTime(sampledAt);
            if (elapsed < Window) return rush;
            var written = journal.EntriesWritten;
            rush = (written - sampled) / elapsed.TotalSeconds > RushAbove;
            (sampled, sampledAt) = (written, time.GetTimestamp());
            return rush;
        }
    }
}
