namespace Seats.Grains.Seating;

/// <summary>Runs one decision to its end: applies its facts, lets freed places go to the line, and checks the invariants.</summary>
public static class Turn
{
    /// <summary>Applies decided facts and what follows from them as one new version; returns all of them for the journal.</summary>
    /// <param name="issueTicket">Gives the ticket code of an invitation number.</param>
    /// <exception cref="InvariantViolatedException">The state may not be believed any more: drop it and replay.</exception>
    public static IReadOnlyList<Fact> Run(EventState state, IReadOnlyList<Fact> decided, DateTimeOffset now, Func<int, string> issueTicket) =>
        throw new NotImplementedException();

    /// <summary>Facts that time alone brings at <paramref name="now"/>: lapsed holds, offers and invitations. Empty when nothing is due.</summary>
    public static IReadOnlyList<Fact> Due(EventState state, DateTimeOffset now) => throw new NotImplementedException();

    /// <summary>Applies a journaled entry: its facts, version and time.</summary>
    /// <exception cref="InvariantViolatedException">The journal contradicts itself.</exception>
    public static void Replay(EventState state, long version, DateTimeOffset at, IReadOnlyList<Fact> facts) => throw new NotImplementedException();
}

/// <summary>A state that must never be: a place twice, more taken than there is, an unknown fact.</summary>
public sealed class InvariantViolatedException(string message) : Exception(message);
