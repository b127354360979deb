using System.Numerics;

namespace Seats.Core;

/// <summary>
/// Which rows of a section may have so many free places side by side. A row that was searched in vain is left out until a place of it
/// changes: a search costs what changed since the last one, however large the hall is. Kept for parties of a usual size.
/// </summary>
internal sealed class RowCandidates(int rows)
{
    private const int PlacesAtMost = 16;
    private const int WordBits = 64;

    // One bit a row, for each size of a party; made when somebody first asks for so many places.
    private readonly ulong[]?[] anywhere = new ulong[PlacesAtMost + 1][];
    private readonly ulong[]?[] withoutOrphan = new ulong[PlacesAtMost + 1][];

    /// <summary>The first row at or after <paramref name="from"/> that may have the places; -1 for none.</summary>
    /// <param name="avoidOrphans">Whether they must leave no place alone.</param>
    public int Next(int places, bool avoidOrphans, int from)
    {
        if (from >= rows) return -1;
        if (Find(places, avoidOrphans) is not { } bits) return from;
        for (var word = from / WordBits; word < bits.Length; word++)
        {
            var left = word == from / WordBits ? bits[word] & (ulong.MaxValue << (from % WordBits)) : bits[word];
            if (left != 0) return word * WordBits + BitOperations.TrailingZeroCount(left);
        }
        return -1;
    }

    public bool MayFit(int places, int row) =>
        Find(places, avoidOrphans: false) is not { } bits || (bits[row / WordBits] & (1UL << (row % WordBits))) != 0;

    /// <summary>A row was searched in vain.</summary>
    public void Exclude(int places, bool avoidOrphans, int row)
    {
        if (Find(places, avoidOrphans) is { } bits) bits[row / WordBits] &= ~(1UL << (row % WordBits));
    }

    /// <summary>A place of a row changed. One that is taken makes no room, though what is left may leave no orphan now.</summary>
    public void Changed(int row, bool cameFree)
    {
        Include(withoutOrphan, row);
        if (cameFree) Include(anywhere, row);
    }

    private static void Include(ulong[]?[] sizes, int row)
    {
        foreach (var bits in sizes)
            if (bits is not null) bits[row / WordBits] |= 1UL << (row % WordBits);
    }

    private ulong[]? Find(int places, bool avoidOrphans)
    {
        if (places > PlacesAtMost) return null;
        var sizes = avoidOrphans ? withoutOrphan : anywhere;
        return sizes[places] ??= All();
    }

    private ulong[] All()
    {
        var bits = new ulong[(rows + WordBits - 1) / WordBits];
        Array.Fill(bits, ulong.MaxValue);
        if (rows % WordBits > 0) bits[^1] = (1UL << (rows % WordBits)) - 1;
        return bits;
    }
}
