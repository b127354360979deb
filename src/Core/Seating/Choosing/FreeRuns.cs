namespace Seats.Core;

/// <summary>Free places side by side: offsets <c>[From, To)</c> of a row.</summary>
internal readonly record struct FreeRun(int From, int To)
{
    public int Length => To - From;

    /// <summary>Whether taking <paramref name="count"/> places from <paramref name="start"/> on leaves a single place alone.</summary>
    public bool LeavesOrphan(int start, int count) => start - From == 1 || To - (start + count) == 1;

    /// <summary>
    /// The start nearest to <paramref name="ideal"/> at which <paramref name="count"/> places fit, without leaving an orphan if asked; -1 for none.
    /// </summary>
    public int NearestStart(int count, double ideal, bool avoidOrphans)
    {
        if (Length < count) return -1;
        var start = (int)Math.Clamp(Math.Ceiling(ideal - 0.5), From, To - count);
        if (!avoidOrphans) return start;
        var best = -1;
        // Orphans arise only one place from either end of the run, so a legal start is at most two away.
        for (var other = Math.Max(From, start - 2); other <= Math.Min(To - count, start + 2); other++)
            if (!LeavesOrphan(other, count) && (best < 0 || Math.Abs(other - ideal) < Math.Abs(best - ideal))) best = other;
        return best;
    }

    /// <summary>
    /// The start nearest to <paramref name="ideal"/> (the lower of two) that leaves the rest of the run in one piece, or divides it and
    /// wastes no room; without leaving an orphan if asked; -1 for none.
    /// </summary>
    public int ThriftyStart(int count, double ideal, bool avoidOrphans, bool mayDivide)
    {
        // Of a run that is one place too long, one is left alone in any case; of no other, if the rest stays in one piece.
        if (Length < count || (avoidOrphans && Length == count + 1)) return -1;
        var last = To - count;
        if (!mayDivide) return Math.Abs(From - ideal) <= Math.Abs(last - ideal) ? From : last;
        var low = (int)Math.Clamp(Math.Ceiling(ideal - 0.5), From, last);
        var high = low + 1;
        while (true)
        {
            // From the ideal outwards, so that the first that will do is the nearest; either end of the run will do.
            var start = low >= From && (high > last || ideal - low <= high - ideal) ? low-- : high++;
            if (start == From || start == last || DividesWell(start, count)) return start;
        }
    }

    /// <summary>
    /// Whether both rests together have room for as many parties as in one piece: for those of the same size, and for those of two, three
    /// and four, which suits nearly every mix. One person may sit anywhere where no orphan is left.
    /// </summary>
    private bool DividesWell(int start, int count)
    {
        var (before, after) = (start - From, To - start - count);
        return !LeavesOrphan(start, count) && (count == 1 || (Keeps(count) && Keeps(2) && Keeps(3) && Keeps(4)));

        bool Keeps(int size) => before / size + after / size == (before + after) / size;
    }
}

internal static class FreeRuns
{
    /// <summary>The runs of free places of a row, from its first place on.</summary>
    /// <param name="treatAsFree">Positions that count as free: those a hold would give back.</param>
    public static List<FreeRun> Of(PlaceMap places, Row row, IReadOnlySet<int>? treatAsFree = null, IReadOnlySet<int>? treatAsTaken = null)
    {
        var runs = new List<FreeRun>();
        var from = -1;
        for (var offset = 0; offset <= row.Count; offset++)
        {
            var free = offset < row.Count && IsFree(places, row.Base + offset, treatAsFree, treatAsTaken);
            if (free && from < 0) from = offset;
            if (free || from < 0) continue;
            runs.Add(new FreeRun(from, offset));
            from = -1;
        }
        return runs;
    }

    public static bool IsFree(PlaceMap places, int position, IReadOnlySet<int>? treatAsFree, IReadOnlySet<int>? treatAsTaken) =>
        (places[position] == PlaceState.Free || treatAsFree?.Contains(position) == true) && treatAsTaken?.Contains(position) != true;
}
