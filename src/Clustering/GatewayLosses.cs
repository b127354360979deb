namespace Seats.Clustering;

/// <summary>
/// Tells calls that wait for an answer that a connection to a silo has ended. Orleans lets them wait for their whole time, since an answer
/// might come by another way; from a silo that died, none will.
/// </summary>
public sealed class GatewayLosses
{
    private CancellationTokenSource next = new();

    /// <summary>Cancelled when the next connection ends.</summary>
    public CancellationToken Next => Volatile.Read(ref next).Token;

    /// <summary>A connection has ended.</summary>
    public void Note() => Interlocked.Exchange(ref next, new CancellationTokenSource()).Cancel();
}
