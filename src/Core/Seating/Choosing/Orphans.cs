namespace Seats.Core;

/// <summary>Single free places that a choice would leave between taken ones or at the end of a row.</summary>
internal static class Orphans
{
    /// <summary>Whether taking <paramref name="chosen"/>, and giving <paramref name="own"/> back, leaves a place alone that was not alone before.</summary>
    public static bool LeftBy(PlaceMap places, IReadOnlyCollection<int> chosen, IReadOnlySet<int>? own)
    {
        var taken = chosen as IReadOnlySet<int> ?? chosen.ToHashSet();
        foreach (var position in chosen)
        {
            var row = places.Layout.RowOf(position)!;
            if (row.Section.IsArea) continue;
            if (IsAlone(places, row, position - 1, taken, own) || IsAlone(places, row, position + 1, taken, own)) return true;
        }
        return false;
    }

    private static bool IsAlone(PlaceMap places, Row row, int position, IReadOnlySet<int> taken, IReadOnlySet<int>? own) =>
        IsFree(places, row, position, taken, own)
        && !IsFree(places, row, position - 1, taken, own)
        && !IsFree(places, row, position + 1, taken, own);

    private static bool IsFree(PlaceMap places, Row row, int position, IReadOnlySet<int> taken, IReadOnlySet<int>? own) =>
        position >= row.Base && position < row.Base + row.Count && FreeRuns.IsFree(places, position, own, taken);
}
