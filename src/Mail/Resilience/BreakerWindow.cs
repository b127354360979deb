namespace Seats.Mail.Resilience;

/// <summary>The last calls and how they ended: what the breaker judges by.</summary>
internal sealed class BreakerWindow(int size)
{
    private readonly Queue<bool> last = new();

    public void Add(bool failed)
    {
        lock (last)
        {
            last.Enqueue(failed);
            if (last.Count > size) last.Dequeue();
        }
    }

    /// <summary>Whether that many calls were seen, and that share of them failed.</summary>
    public bool Failed(double ratio)
    {
        lock (last) return last.Count == size && last.Count(failed => failed) >= ratio * size;
    }

    public void Clear()
    {
        lock (last) last.Clear();
    }

    public (double FailureRate, int Calls) Read()
    {
        lock (last) return last.Count == 0 ? (0, 0) : (last.Count(failed => failed) / (double)last.Count, last.Count);
    }
}
