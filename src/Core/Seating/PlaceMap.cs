namespace Seats.Core;

/// <summary>Where a place is. Its letter on the map is what people see.</summary>
public enum PlaceState : byte
{
    /// <summary>No seat at this position.</summary>
    None,
    Free,
    Held,
    Offered,
    Invited,
    Confirmed,
    Blocked,
}

internal static class PlaceStates
{
    /// <summary>Whether a place is free, or may come free by itself because somebody has not confirmed it yet.</summary>
    public static bool IsOpen(this PlaceState state) =>
        state is PlaceState.Free or PlaceState.Held or PlaceState.Offered or PlaceState.Invited;
}

/// <summary>Every place of an event in flat arrays by position: its state, and the number of the hold or invitation that has it.</summary>
internal sealed class PlaceMap
{
    private const string Letters = "-FHOITB";
    private readonly int[] counts = new int[Letters.Length];
    private PlaceState[] states = [];
    private int[] claims = [];
    private List<int>? changed;

    /// <summary>Sections and rows on the positions.</summary>
    public Layout Layout { get; private set; } = Layout.Empty;

    /// <summary>Positions ever used; the next new row begins here.</summary>
    public int Positions => states.Length;

    /// <summary>Places that exist.</summary>
    public int Total => states.Length - counts[(int)PlaceState.None];

    public ReadOnlySpan<PlaceState> States => states;

    public ReadOnlySpan<int> Claims => claims;

    public int Count(PlaceState state) => counts[(int)state];

    public PlaceState this[int position] => states[position];

    /// <summary>Number of the hold or invitation that has the place; 0 for none.</summary>
    public int ClaimOf(int position) => claims[position];

    /// <summary>Open places side by side around one of them, itself included; 0 where it is not open.</summary>
    public int OpenRunAt(Row row, int offset)
    {
        var places = States.Slice(row.Base, row.Count);
        if (!places[offset].IsOpen()) return 0;
        var (from, to) = (offset, offset + 1);
        while (from > 0 && places[from - 1].IsOpen()) from--;
        while (to < places.Length && places[to].IsOpen()) to++;
        return to - from;
    }

    public byte Letter(int position) => LetterOf(states[position]);

    public static byte LetterOf(PlaceState state) => (byte)Letters[(int)state];

    /// <summary>Moves a place from one state to another; the only way a place changes hands.</summary>
    public void Move(int position, PlaceState from, PlaceState to, int fromClaim, int toClaim)
    {
        if ((uint)position >= (uint)states.Length) throw new InvariantViolatedException($"Position {position} does not exist.");
        if (states[position] != from || claims[position] != fromClaim)
            throw new InvariantViolatedException(
                $"Position {position} is {states[position]} of {claims[position]}, not {from} of {fromClaim}: it would be taken twice.");
        Set(position, to);
        claims[position] = toClaim;
    }

    /// <summary>Puts another layout on the positions; places that are in both keep their state.</summary>
    public void Rearrange(Layout layout)
    {
        Grow(layout.PositionsAtLeast);
        var exists = new bool[states.Length];
        foreach (var row in layout.Rows)
        {
            Array.Fill(exists, true, row.Base, row.Count);
            foreach (var gap in row.Placed.Gaps ?? []) exists[row.Base + gap] = false;
        }
        for (var position = 0; position < states.Length; position++)
        {
            if (exists[position] && states[position] == PlaceState.None) Count(position, PlaceState.Free);
            else if (!exists[position] && states[position] is not PlaceState.None) Remove(position);
        }
        Layout = layout;
        layout.CountFree(states);
    }

    /// <summary>Restores arrays as a snapshot kept them.</summary>
    public void Restore(Layout layout, PlaceState[] savedStates, int[] savedClaims)
    {
        (states, claims, Layout) = (savedStates, savedClaims, layout);
        foreach (var state in states) counts[(int)state]++;
        layout.CountFree(states);
    }

    /// <summary>Begins or goes on to note changed positions, and hands over those noted.</summary>
    public int[] TakeChanges()
    {
        if (changed is null)
        {
            changed = [];
            return [];
        }
        int[] taken = [.. changed];
        changed.Clear();
        return taken;
    }

    private void Set(int position, PlaceState to)
    {
        var from = states[position];
        Count(position, to);
        if (from == PlaceState.Free) Layout.FreeChanged(position, -1);
        else if (to == PlaceState.Free) Layout.FreeChanged(position, +1);
        if (from.IsOpen() != to.IsOpen()) Layout.OpenChanged(position, to.IsOpen() ? +1 : -1);
    }

    private void Count(int position, PlaceState to)
    {
        counts[(int)states[position]]--;
        counts[(int)to]++;
        states[position] = to;
        changed?.Add(position);
    }

    private void Remove(int position)
    {
        if (states[position] is not (PlaceState.Free or PlaceState.Blocked))
            throw new InvariantViolatedException($"Position {position} is {states[position]} and cannot leave the plan.");
        Count(position, PlaceState.None);
    }

    private void Grow(int positions)
    {
        if (positions <= states.Length) return;
        counts[(int)PlaceState.None] += positions - states.Length;
        Array.Resize(ref states, positions);
        Array.Resize(ref claims, positions);
    }
}
