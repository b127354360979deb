namespace Seats.Api.Requests;

/// <summary>
/// The memory that large bodies may take together on this node: a body may be as large as the largest plan, and many people may send one at
/// the same time.
/// </summary>
internal sealed class BodyRoom(long bytesAtMost)
{
    private long taken;

    public BodyRoom()
        : this(ApiLimits.BodyBytesAtMost)
    {
    }

    /// <summary>Room for one body, until it is given back.</summary>
    public Share Begin() => new(this);

    private bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref taken, bytes) <= bytesAtMost) return true;
        Interlocked.Add(ref taken, -bytes);
        return false;
    }

    /// <summary>What one body takes.</summary>
    internal sealed class Share(BodyRoom room) : IDisposable
    {
        private long counted;

        /// <summary>False when a body of so many bytes does not fit beside the others.</summary>
        public bool TryGrow(long bytes)
        {
            var more = bytes - ApiLimits.BodyBytesUncounted - counted;
            if (more <= 0) return true;
            if (!room.TryTake(more)) return false;
            counted += more;
            return true;
        }

        public void Dispose() => Interlocked.Add(ref room.taken, -Interlocked.Exchange(ref counted, 0));
    }
}
