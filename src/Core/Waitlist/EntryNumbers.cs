using System.Numerics;

namespace Seats.Core;

/// <summary>
/// A set of invitation numbers that knows how many are smaller than any of them: one bit a number, and a Fenwick tree over the words of
/// bits. Adding, removing and counting cost the logarithm of the largest number.
/// </summary>
internal sealed class EntryNumbers
{
    private const int WordBits = 64;
    private const int WordsAtLeast = 16;
    private ulong[] words = new ulong[WordsAtLeast];

    // tree[i] counts the numbers in the words that end with word i - 1, as many as the lowest set bit of i says.
    private int[] tree = new int[WordsAtLeast + 1];

    public int Count { get; private set; }

    public bool Contains(int number) => number / WordBits < words.Length && (words[number / WordBits] & BitOf(number)) != 0;

    /// <returns>False when it was there already.</returns>
    public bool Add(int number)
    {
        if (Contains(number)) return false;
        if (number / WordBits >= words.Length) Grow(number / WordBits + 1);
        words[number / WordBits] |= BitOf(number);
        Change(number / WordBits, +1);
        return true;
    }

    /// <returns>False when it was not there.</returns>
    public bool Remove(int number)
    {
        if (!Contains(number)) return false;
        words[number / WordBits] &= ~BitOf(number);
        Change(number / WordBits, -1);
        return true;
    }

    /// <summary>How many numbers of the set are not larger than <paramref name="number"/>.</summary>
    public int CountUpTo(int number)
    {
        var word = Math.Min(number / WordBits, words.Length);
        var count = word == words.Length ? 0 : BitOperations.PopCount(words[word] & ((BitOf(number) << 1) - 1));
        for (var node = word; node > 0; node &= node - 1) count += tree[node];
        return count;
    }

    /// <summary>The numbers above <paramref name="number"/>, ascending.</summary>
    public IEnumerable<int> After(int number)
    {
        var from = Math.Max(0, number + 1);
        for (var word = from / WordBits; word < words.Length; word++)
        {
            var bits = words[word];
            if (word == from / WordBits) bits &= ~(BitOf(from) - 1);
            for (; bits != 0; bits &= bits - 1) yield return word * WordBits + BitOperations.TrailingZeroCount(bits);
        }
    }

    private static ulong BitOf(int number) => 1UL << (number % WordBits);

    private void Change(int word, int by)
    {
        Count += by;
        for (var node = word + 1; node < tree.Length; node += node & -node) tree[node] += by;
    }

    private void Grow(int wordsAtLeast)
    {
        Array.Resize(ref words, Math.Max(wordsAtLeast, words.Length * 2));
        tree = new int[words.Length + 1];
        for (var node = 1; node < tree.Length; node++)
        {
            tree[node] += BitOperations.PopCount(words[node - 1]);
            var parent = node + (node & -node);
            if (parent < tree.Length) tree[parent] += tree[node];
        }
    }
}
