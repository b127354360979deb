namespace Seats.Core;

/// <summary>Facts that end what time has ended, in portions: those whose time was up first come first.</summary>
internal static class Lapses
{
    /// <summary>The next portion at <paramref name="now"/>; none when nothing waits for it.</summary>
    public static List<Fact> At(EventState state, DateTimeOffset now) => now >= state.Rules.EndsAt ? Ended(state) : Lapsed(state, now);

    private static List<Fact> Lapsed(EventState state, DateTimeOffset now)
    {
        var due = state.Deadlines.DueAt(state, state.Clock.At(now), state.Portions.Lapses);
        int[] holds = [.. due.Where(claim => claim.IsHold).Select(claim => claim.Number)];
        List<Fact> facts = holds.Length > 0 ? [new HoldsExpired(holds)] : [];
        facts.AddRange(due.Where(claim => !claim.IsHold).Select(claim => new InvitationExpired(claim.Number, null)));
        var ended = state.Waitlist.KeptUntil(state.Clock.At(now), state.Portions.Lapses - due.Count);
        if (ended.Length > 0) facts.Add(new KeepingEnded(ended));
        return facts;
    }

    /// <summary>The event is over: whatever has a deadline ends first, then the line.</summary>
    private static List<Fact> Ended(EventState state)
    {
        var due = state.Deadlines.DueAt(state, DateTimeOffset.MaxValue, state.Portions.Lapses);
        var waiting = state.Waitlist.After(0).Take(state.Portions.Lapses - due.Count);
        int[] holds = [.. due.Where(claim => claim.IsHold).Select(claim => claim.Number).Order()];
        int[] open = [.. due.Where(claim => !claim.IsHold).Select(claim => claim.Number).Concat(waiting).Order()];
        return holds.Length + open.Length > 0 ? [new EventEnded(holds, open)] : [];
    }
}
