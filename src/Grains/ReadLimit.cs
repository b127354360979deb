using Seats.Grains.Abstractions;

namespace Seats.Grains;

/// <summary>
/// How many calls read the database at the same time, and how many may wait for that: those of the stateless grains on one silo, or the
/// histories of one event. What many people ask for must not take the connections that events need.
/// </summary>
public sealed class ReadLimit(int atOnce, int waitingAtMost) : IDisposable
{
    private readonly SemaphoreSlim room = new(atOnce);
    private int calls;

    /// <summary>Reads when there is room.</summary>
    /// <exception cref="EventUnavailableException">Too many calls wait already.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> read)
    {
        try
        {
            if (Interlocked.Increment(ref calls) > atOnce + waitingAtMost)
                throw new EventUnavailableException("Too many questions wait.", notApplied: true);
            await room.WaitAsync();
            try
            {
                return await read();
            }
            finally
            {
                room.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref calls);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => room.Dispose();
}
