using Seats.Core;

namespace Seats.Grains.Actors;

/// <summary>
/// Bounds the replies without facts that are stored for one person: refusals change nothing, so nothing else bounds how many one person causes.
/// Beyond the budget a refusal is given and not stored; the same key may then be decided anew.
/// </summary>
internal sealed class ReplyBudget
{
    // What a row costs besides its reply.
    private const int RowBytes = 100;
    private readonly Dictionary<string, int> spent = new(StringComparer.Ordinal);
    private long hour;

    /// <summary>Whether a reply of so many bytes is stored; takes it off the person's budget of this hour.</summary>
    public bool Spend(string personId, int bytes, DateTimeOffset now)
    {
        var current = now.ToUnixTimeSeconds() / 3600;
        if (current != hour)
        {
            spent.Clear();
            hour = current;
        }
        var sum = spent.GetValueOrDefault(personId) + RowBytes + bytes;
        if (sum > Limits.RefusalBytesInAnHourAtMost || spent.Count >= Limits.PeopleBudgetedAtMost && !spent.ContainsKey(personId)) return false;
        spent[personId] = sum;
        return true;
    }
}
