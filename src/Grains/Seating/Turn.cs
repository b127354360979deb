using Seats.Grains.Abstractions;

namespace Seats.Grains.Seating;

/// <summary>Runs one decision to its end: applies its facts, lets freed places go to the line, and checks the invariants.</summary>
public static class Turn
{
    /// <summary>Applies decided facts and what follows from them as one new version; returns all of them for the journal.</summary>
    /// <param name="issueTicket">Gives the ticket code of an invitation number.</param>
    /// <exception cref="InvariantViolatedException">The state may not be believed any more: drop it and replay.</exception>
    public static IReadOnlyList<Fact> Run(EventState state, IReadOnlyList<Fact> decided, DateTimeOffset now, Func<int, string> issueTicket)
    {
        if (decided.Count == 1 && decided[0] is SeatsHeld && !state.LineMayMove)
        {
            // The rush: one hold, nothing freed, nothing that follows.
            state.Evolve(decided[0], now);
            Close(state, state.Version + 1, now);
            return decided;
        }
        var facts = new List<Fact>(decided.Count + 1);
        foreach (var fact in decided) Apply(state, facts, WithTicket(fact, issueTicket), now);
        var atOnce = decided.OfType<WaitlistJoined>().FirstOrDefault(joined => joined.Confirm == true)?.Invitation;
        while (Promotion.Next(state, now, atOnce) is { } next) Apply(state, facts, WithTicket(next, issueTicket), now);
        Close(state, state.Version + 1, now);
        return facts;
    }

    /// <summary>Facts that time alone brings at <paramref name="now"/>: what lapsed, what ended with the event, and reminders. Empty when nothing is due.</summary>
    public static IReadOnlyList<Fact> Due(EventState state, DateTimeOffset now)
    {
        if (!state.IsDue(now)) return [];
        List<Fact> facts = now >= state.Rules.EndsAt ? [.. Ended(state)] : [.. Lapsed(state, now)];
        facts.AddRange(state.Reminders.DueAt(now));
        return facts;
    }

    private static IEnumerable<Fact> Lapsed(EventState state, DateTimeOffset now)
    {
        var due = state.Deadlines.DueAt(state, state.Clock.At(now));
        int[] holds = [.. due.Where(claim => claim.IsHold).Select(claim => claim.Number).Distinct()];
        if (holds.Length > 0) yield return new HoldsExpired(holds);
        foreach (var number in due.Where(claim => !claim.IsHold).Select(claim => claim.Number).Distinct()) yield return new InvitationExpired(number, null);
    }

    private static IEnumerable<Fact> Ended(EventState state)
    {
        int[] holds = [.. state.Holds.Select(hold => hold.Number).Order()];
        int[] open = [.. state.Invitations.Where(invitation => invitation.IsLive && invitation.Status != Abstractions.InvitationStatus.Confirmed).Select(invitation => invitation.Number)];
        if (holds.Length + open.Length > 0) yield return new EventEnded(holds, open);
    }

    /// <summary>Applies a journaled entry: its facts, version and time.</summary>
    /// <exception cref="InvariantViolatedException">The journal contradicts itself.</exception>
    public static void Replay(EventState state, long version, DateTimeOffset at, IReadOnlyList<Fact> facts)
    {
        if (version != state.Version + 1)
            throw new InvariantViolatedException($"Version {version} follows version {state.Version}: the journal has a gap.");
        foreach (var fact in facts) state.Evolve(fact, at);
        state.LineMayMove = false;
        Close(state, version, at);
    }

    private static void Apply(EventState state, List<Fact> facts, Fact fact, DateTimeOffset now)
    {
        state.Evolve(fact, now);
        facts.Add(fact);
    }

    private static Fact WithTicket(Fact fact, Func<int, string> issueTicket) => fact switch
    {
        InvitationConfirmed { Ticket: null } confirmed => confirmed with { Ticket = issueTicket(confirmed.Invitation) },
        WaitlistPromoted { Ticket: null } promoted => promoted with { Ticket = issueTicket(promoted.Invitation) },
        _ => fact,
    };

    private static void Close(EventState state, long version, DateTimeOffset at)
    {
        state.Version = version;
        state.LastAt = at;
        Invariants.Check(state);
    }
}

/// <summary>A state that must never be: a place twice, more taken than there is, an unknown fact.</summary>
public sealed class InvariantViolatedException(string message) : Exception(message);
