namespace Seats.Grains.Seating;

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
