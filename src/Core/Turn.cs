namespace Seats.Core;

/// <summary>Runs one decision to its end: applies its facts, lets freed places go to the line, and checks the invariants.</summary>
public static class Turn
{
    /// <summary>
    /// Applies decided facts and what follows from them as one new version; returns all of them for the journal. What is too much for one
    /// version is due at once afterwards (<see cref="Due"/>).
    /// </summary>
    /// <param name="issueTicket">Gives the ticket code of an invitation number.</param>
    /// <exception cref="InvariantViolatedException">The state may not be believed any more: drop it and replay.</exception>
    public static IReadOnlyList<Fact> Run(EventState state, IReadOnlyList<Fact> decided, DateTimeOffset now, Func<int, string> issueTicket)
    {
        if (decided is [SeatsHeld held] && state.NextMove is LineStandsStill)
        {
            // The rush: one hold, nothing freed, nothing that follows.
            state.Evolve(held, now);
            Close(state, state.Version + 1, now);
            return decided;
        }
        var facts = new List<Fact>(decided.Count + 1);
        foreach (var fact in decided) Apply(state, facts, WithTicket(fact, issueTicket), now);
        Promote(state, facts, now, issueTicket);
        Close(state, state.Version + 1, now);
        return facts;
    }

    /// <summary>
    /// Facts that time alone brings at <paramref name="now"/>: what lapsed, what ended with the event, reminders, and whoever in line is
    /// served after them. Empty when nothing is due; else a portion, and the next one is due as soon as it is applied.
    /// </summary>
    public static IReadOnlyList<Fact> Due(EventState state, DateTimeOffset now)
    {
        if (!state.IsDue(now)) return [];
        var facts = Lapses.At(state, now);
        if (state.DoOffersEnd(now)) facts.Add(new OffersEnded());
        if (state.ChangeNotices.DueAt(now, state.Rules.EndsAt) is { } announced) facts.Add(announced);
        facts.AddRange(state.Reminders.DueAt(now));
        if (facts.Count == 0 && Promotion.Next(state, now, null) is { } next) facts.Add(next);
        return facts;
    }

    /// <summary>Applies a journaled entry: its facts, version and time.</summary>
    /// <exception cref="InvariantViolatedException">The journal contradicts itself.</exception>
    public static void Replay(EventState state, long version, DateTimeOffset at, IReadOnlyList<Fact> facts)
    {
        if (version != state.Version + 1)
            throw new InvariantViolatedException($"Version {version} follows version {state.Version}: the journal has a gap.");
        foreach (var fact in facts) state.Evolve(fact, at);
        Close(state, version, at);
    }

    /// <summary>Serves the line as far as one version goes.</summary>
    private static void Promote(EventState state, List<Fact> facts, DateTimeOffset now, Func<int, string> issueTicket)
    {
        var atOnce = facts.OfType<WaitlistJoined>().FirstOrDefault(joined => joined.Confirm == true)?.Invitation;
        var (promotions, places) = (0, 0);
        foreach (var fact in facts) Count(fact);
        while (promotions < state.Portions.Promotions && places < state.Portions.Places && Promotion.Next(state, now, atOnce) is { } next)
        {
            // A fact names as many as one version takes in.
            if (next is WaitlistEntriesEnded && facts.Exists(fact => fact is WaitlistEntriesEnded)) return;
            Apply(state, facts, WithTicket(next, issueTicket), now);
            Count(next);
        }

        void Count(Fact fact)
        {
            var (entries, given) = fact switch
            {
                PlacesOffered offered => (1, offered.Places.Count),
                WaitlistPromoted promoted => (1, promoted.Places.Count),
                PlacesKept kept => (kept.Invitations.Count, 0),
                _ => (0, 0),
            };
            (promotions, places) = (promotions + entries, places + given);
        }
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
        state.Close(version, at);
        Invariants.Check(state);
    }
}

/// <summary>A state that must never be: a place twice, more taken than there is, an unknown fact.</summary>
public sealed class InvariantViolatedException(string message) : Exception(message);
