using Seats.Grains.Journal;

namespace Seats.Silo.Journal;

/// <summary>Reads of Postgres: they fail at once while the gate is closed, and let it find out whether a failure is an outage.</summary>
internal static class PostgresReading
{
    /// <param name="trouble">What to tell the caller when the read fails.</param>
    /// <exception cref="JournalUnavailableException">The database is unavailable, or the read failed.</exception>
    public static async Task<T> TryAsync<T>(StoreGate gate, string trouble, Func<Task<T>> read)
    {
        if (gate.IsClosed) throw new JournalUnavailableException("The journal's database is unavailable.", notApplied: true);
        try
        {
            return await read();
        }
        catch (Exception failure) when (PostgresFailure.IsOne(failure))
        {
            if (PostgresFailure.MayBeAnOutage(failure)) gate.Suspect(failure);
            throw new JournalUnavailableException(trouble, notApplied: true, failure);
        }
    }
}
