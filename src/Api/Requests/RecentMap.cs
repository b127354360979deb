using System.Diagnostics.CodeAnalysis;

namespace Seats.Api.Requests;

/// <summary>
/// Remembers what was added or found lately: never more than <paramref name="atMost"/>, and at least the latest half of that.
/// </summary>
internal sealed class RecentMap<TKey, TValue>(int atMost)
    where TKey : notnull
{
    private readonly Lock gate = new();
    private Dictionary<TKey, TValue> young = [];
    private Dictionary<TKey, TValue> old = [];

    public int Count
    {
        get
        {
            lock (gate) return young.Count + old.Count;
        }
    }

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (gate)
        {
            if (young.TryGetValue(key, out value)) return true;
            if (!old.TryGetValue(key, out value)) return false;
            Put(key, value);
            return true;
        }
    }

    /// <summary>Adds the pair unless the key is there; true when it was not.</summary>
    public bool TryAdd(TKey key, TValue value)
    {
        lock (gate)
        {
            if (young.ContainsKey(key)) return false;
            var isNew = !old.TryGetValue(key, out var known);
            Put(key, isNew ? value : known!);
            return isNew;
        }
    }

    private void Put(TKey key, TValue value)
    {
        if (young.Count >= atMost / 2) (old, young) = (young, []);
        old.Remove(key);
        young.Add(key, value);
    }
}
