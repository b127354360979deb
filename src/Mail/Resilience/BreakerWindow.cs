namespace Seats.Mail.Resilience;

/// <summary>
/// The last calls and how they ended: what the breaker judges by. A recipient whom the server refuses for now says little about the server: as long as
/// it takes other mail, tries of one message count once.
/// </summary>
internal sealed class BreakerWindow(int size)
{
    private readonly Queue<(bool Failed, string? Refused)> last = new();

    /// <param name="refused">The message whose recipient was refused; null where the server itself failed, or took it.</param>
    public void Add(bool failed, string? refused = null)
    {
        lock (last)
        {
            last.Enqueue((failed, refused));
            if (last.Count > size) last.Dequeue();
        }
    }

    /// <summary>Whether that many calls were seen, and that share of them failed.</summary>
    public bool Failed(double ratio)
    {
        lock (last) return last.Count == size && Count() is var (failed, all) && failed >= ratio * all;
    }

    public void Clear()
    {
        lock (last) last.Clear();
    }

    public (double FailureRate, int Calls) Read()
    {
        lock (last) return last.Count == 0 ? (0, 0) : Count() is var (failed, all) ? (failed / (double)all, last.Count) : default;
    }

    private (int Failed, int All) Count()
    {
        var taken = last.Count(call => !call.Failed);
        var failed = last.Count(call => call.Failed);
        if (taken > 0) failed = last.Count(call => call is { Failed: true, Refused: null }) + last.Where(call => call is { Failed: true, Refused: not null }).Select(call => call.Refused).Distinct().Count();
        return (failed, taken + failed);
    }
}
