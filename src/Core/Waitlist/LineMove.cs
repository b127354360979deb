namespace Seats.Core;

/// <summary>What the line does next; it follows from the state alone.</summary>
internal abstract record LineMove;

/// <summary>The line stands still.</summary>
/// <param name="Blocks">Whether a kind of wish that may not be overtaken any more blocks those behind it.</param>
internal sealed record LineStandsStill(bool Blocks) : LineMove
{
    public static LineStandsStill ForNobody { get; } = new(Blocks: false);
}

/// <summary>An entry is served.</summary>
/// <param name="Entry">The entry's number.</param>
/// <param name="Overtaken">First entries of the kinds of wish that are passed over; null for none.</param>
internal sealed record EntryIsServed(int Entry, int[] Places, int[]? Overtaken) : LineMove;

/// <summary>Free places begin to be kept for kinds of wish, named by their first entries.</summary>
internal sealed record KeepingBegins(int[] Entries) : LineMove;

/// <summary>Entries end that the plan can never serve.</summary>
internal sealed record EntriesEnd(int[] Entries) : LineMove;
