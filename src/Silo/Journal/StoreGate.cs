namespace Seats.Silo.Journal;

/// <summary>Fails calls at once for a moment after the database could not be reached, then lets one try again. Its last successes and failures are the journal's health.</summary>
public sealed class StoreGate(TimeProvider time)
{
    private long closedUntil;

    /// <summary>Whether calls fail at once.</summary>
    public bool IsClosed => time.GetTimestamp() < Volatile.Read(ref closedUntil);

    /// <summary>When the database last answered; null before the first time.</summary>
    public DateTimeOffset? LastSuccess { get; private set; }

    /// <summary>Why it failed last, as long as it has not answered since.</summary>
    public string? Trouble { get; private set; }

    internal void Succeeded()
    {
        LastSuccess = time.GetUtcNow();
        Trouble = null;
    }

    internal void Failed(Exception failure)
    {
        Trouble = failure.Message;
        Volatile.Write(ref closedUntil, time.GetTimestamp() + time.TimestampFrequency * JournalLimits.GateClosedMilliseconds / 1000);
    }
}
