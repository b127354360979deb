namespace Seats.Silo.Journal;

/// <summary>
/// After the database could not be reached, or took too long, calls fail at once until it answers a question of the gate's own: nobody else waits to find
/// out. What it says of itself is the journal's health.
/// </summary>
internal sealed class StoreGate(IJournalStore store, TimeProvider time)
{
    private int closed;
    private int suspected;

    /// <summary>Whether calls fail at once.</summary>
    public bool IsClosed => Volatile.Read(ref closed) != 0;

    /// <summary>Why it failed last, as long as it has not answered since.</summary>
    public string? Trouble { get; private set; }

    public void Succeeded() => Trouble = null;

    /// <summary>A slice could not be written: the gate closes until the database answers.</summary>
    public void Failed(Exception failure)
    {
        Trouble = failure.Message;
        if (Interlocked.Exchange(ref closed, 1) == 0) _ = ReopenAsync();
    }

    /// <summary>A reader failed: a slow read is no outage, so the gate asks the database itself, and closes only where that does not answer.</summary>
    public void Suspect(Exception failure)
    {
        if (IsClosed || Interlocked.Exchange(ref suspected, 1) != 0) return;
        _ = AskAsync(failure);
    }

    private async Task AskAsync(Exception failure)
    {
        if (!await AnswersAsync()) Failed(failure);
        else Succeeded();
        Volatile.Write(ref suspected, 0);
    }

    private async Task ReopenAsync()
    {
        do await Task.Delay(TimeSpan.FromMilliseconds(JournalLimits.GatePauseMilliseconds), time);
        while (!await AnswersAsync());
        Succeeded();
        Volatile.Write(ref closed, 0);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(JournalLimits.GatePatienceMilliseconds), time);
            await store.PingAsync(patience.Token);
            return true;
        }
        catch (Exception failure)
        {
            Trouble = failure.Message;
            return false;
        }
    }
}
