using System.Security.Cryptography;

namespace Seats.Grains.Journal;

/// <summary>Ids of events: counted from 1, or drawn at random from numbers so large that nobody finds one by counting.</summary>
public static class EventIds
{
    /// <summary>Counted ids stay below it.</summary>
    public const long FirstDrawn = 1L << 40;

    // Programs that read JSON numbers as doubles know whole numbers only up to here.
    private const long EndOfDrawn = 1L << 53;

    /// <summary>An id of which nobody can guess anything, for an event that only those find who were given its link.</summary>
    public static long Draw()
    {
        Span<byte> random = stackalloc byte[sizeof(ulong)];
        while (true)
        {
            RandomNumberGenerator.Fill(random);
            var id = (long)(BitConverter.ToUInt64(random) % EndOfDrawn);
            // What is too small is drawn again, so that every id is as likely as any other.
            if (id >= FirstDrawn) return id;
        }
    }
}
