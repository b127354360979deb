namespace Seats.Identity.Accounts;

/// <summary>
/// Wrong passwords of one account from one address, on this node. Whoever guesses from an address locks the account out for that address
/// alone: its owner signs in from theirs. Guesses from many addresses meet the lock of the account itself.
/// </summary>
internal sealed class Guesses(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly Lock gate = new();
    private readonly Dictionary<(string Account, string From), Count> counts = [];

    /// <summary>Whether no password is right any more, for a while.</summary>
    /// <param name="account">Its id.</param>
    /// <param name="from">The caller's address.</param>
    public bool AreTooMany(string account, string from)
    {
        lock (gate)
        {
            return counts.TryGetValue((account, from), out var count) && !IsOver(count)
                && count.Failures >= IdentityLimits.GuessesFromOneAddress;
        }
    }

    public void Failed(string account, string from)
    {
        lock (gate)
        {
            if (counts.Count >= IdentityLimits.GuessersKnownAtMost) Forget();
            var known = counts.TryGetValue((account, from), out var count) && !IsOver(count);
            counts[(account, from)] = known ? count with { Failures = count.Failures + 1 } : new Count(1, time.GetTimestamp());
        }
    }

    public void Succeeded(string account, string from)
    {
        lock (gate) counts.Remove((account, from));
    }

    private bool IsOver(Count count) => time.GetElapsedTime(count.Since) >= Window;

    /// <summary>Those whose time is over; all where that frees nothing: the lock of the account is left.</summary>
    private void Forget()
    {
        foreach (var key in counts.Where(pair => IsOver(pair.Value)).Select(pair => pair.Key).ToList()) counts.Remove(key);
        if (counts.Count >= IdentityLimits.GuessersKnownAtMost) counts.Clear();
    }

    private readonly record struct Count(int Failures, long Since);
}
