using Seats.Grains.Abstractions;

namespace Seats.Api.Requests;

/// <summary>
/// Asks the directory. Every silo can answer for it, and calls to one grain go to one silo: where that does not answer, another grain is
/// asked, and stays the one to ask.
/// </summary>
internal sealed class DirectoryCalls(IGrainFactory grains, TimeProvider time)
{
    // Grains that know the same: more of them than there are silos, so that another one is often on another silo.
    private const int Grains = 8;
    private int current;

    /// <param name="question">May be asked twice.</param>
    /// <exception cref="TimeoutException">Nobody answered in time.</exception>
    public async Task<T> AskAsync<T>(Func<IDirectoryGrain, Task<T>> question)
    {
        for (var isLast = false; ; isLast = true)
        {
            var asked = Volatile.Read(ref current);
            try
            {
                return await question(grains.GetGrain<IDirectoryGrain>(asked)).WaitAsync(ApiLimits.DirectoryPatience, time);
            }
            catch (TimeoutException)
            {
                // Others who wait for the same one move on once.
                Interlocked.CompareExchange(ref current, (asked + 1) % Grains, asked);
                if (isLast) throw;
            }
        }
    }
}
