namespace Seats.Core;

/// <summary>
/// Whose turn it is. First come, first served: freed places go to the first entry they satisfy. An entry too large for what is free keeps
/// its turn and may be overtaken up to the event's bound; then it blocks: the places that it could still get are kept for it. Places are
/// kept from others for a bounded time, which begins when the line stands still.
/// </summary>
internal static class Promotion
{
    /// <summary>The next fact of the line that is due, or null when it stands still.</summary>
    /// <param name="atOnce">The entry that joined in this turn and needs not be asked; null for none.</param>
    public static Fact? Next(EventState state, DateTimeOffset now, int? atOnce) => state.NextMove switch
    {
        EntriesEnd end when now < state.Rules.EndsAt => new WaitlistEntriesEnded(end.Entries),
        KeepingBegins keeping when MayServe(state, now) => new PlacesKept(keeping.Entries, state.Clock.At(now) + state.Rules.KeepTime),
        EntryIsServed served when MayServe(state, now) => Serve(state, now, served, atOnce),
        _ => null,
    };

    /// <summary>
    /// When the line moves on by itself: at once, which is the time of the last entry of the journal, or not before something else happens
    /// (null). When offers end, and when places are kept no longer, facts say so: what the line does never depends on time alone.
    /// </summary>
    public static DateTimeOffset? DueAt(EventState state) => state.NextMove switch
    {
        LineStandsStill => null,
        EntriesEnd => state.LastAt,
        _ => state.Clock.PausedAt is null ? state.LastAt : null,
    };

    /// <summary>Searches the next move: once for each kind of wish, in the order of their first entries.</summary>
    public static LineMove Search(EventState state)
    {
        if (state.Waitlist.Count == 0) return LineStandsStill.ForNobody;
        if (state.Waitlist.NeverServed(state.Portions.Lapses) is { Length: > 0 } never) return new EntriesEnd(never);
        var free = state.Places.Count(PlaceState.Free);
        if (free == 0 || state.Waitlist.IsClosed) return LineStandsStill.ForNobody;
        var blocked = new KeptPlaces();
        var passed = new List<WaitlistKind>();
        foreach (var kind in state.Waitlist.Kinds)
        {
            var chosen = kind.Places > free
                ? null
                : BestAvailable.Choose(state.Places, kind.Places, kind.Wish.Wants, kind.Wish.Together, blocked);
            if (chosen is not null) return new EntryIsServed(kind.First, chosen, OvertakenBy(state, chosen, passed));
            if (kind.Blocks(state.Rules.OvertakesAtMost)) blocked.Add(kind.Wish, kind.Places);
            else passed.Add(kind);
            if (!blocked.IsEmpty && BestAvailable.FreeIn(state.Places, section => !blocked.KeepsAllOf(section)) == 0) break;
        }
        return Keep(state) is { Length: > 0 } keeping ? new KeepingBegins(keeping) : new LineStandsStill(!blocked.IsEmpty);
    }

    private static Fact Serve(EventState state, DateTimeOffset now, EntryIsServed next, int? atOnce)
    {
        if (state.Rules.AutoPromote || next.Entry == atOnce) return new WaitlistPromoted(next.Entry, next.Places, next.Overtaken, null);
        var until = state.Clock.At(now) + state.Rules.OfferTime;
        return new PlacesOffered(next.Entry, next.Places, until, next.Overtaken, state.Rules.OffersAwaitMail ? true : null);
    }

    /// <summary>
    /// Nothing is offered while sales are paused, nor once the time of offers is over. What lapses at the same moment ends first, in
    /// however many versions: the line is served from all that came free.
    /// </summary>
    private static bool MayServe(EventState state, DateTimeOffset now) =>
        state.StateAt(now) is EventStatus.OnSale or EventStatus.NotOnSale or EventStatus.SalesOver
        && now < state.Rules.OffersUntil && !state.IsLapseDue(now);

    /// <summary>Kinds of wish that nothing was kept for yet, though free places are there that they could still get.</summary>
    private static int[] Keep(EventState state) =>
        [.. state.Waitlist.Kinds
            .Where(kind => kind.MayBeginToKeep(state.Rules.OvertakesAtMost) && CouldGetAny(state.Places, kind))
            .Select(kind => kind.First)
            .Take(state.Portions.Promotions)];

    private static bool CouldGetAny(PlaceMap places, WaitlistKind kind)
    {
        var run = kind.Wish.RunOf(kind.Places);
        foreach (var section in places.Layout.Sections)
        {
            if (section.Free == 0 || !kind.Wish.Wants(section)) continue;
            if (run == 1 || (section.IsArea ? section.Open >= run : HasFreeInRun(places, section, run))) return true;
        }
        return false;
    }

    /// <summary>Whether a free place stands among so many open ones side by side.</summary>
    private static bool HasFreeInRun(PlaceMap places, Section section, int run)
    {
        for (var index = -1; (index = section.OpenCandidates.Next(run, avoidOrphans: false, index + 1)) >= 0;)
        {
            var row = section.Rows[index];
            if (row.Free > 0 && FreeRuns.Of(places, row).Any(free => places.OpenRunAt(row, free.From) >= run)) return true;
            section.OpenCandidates.Exclude(run, avoidOrphans: false, index);
        }
        return false;
    }

    /// <summary>The first entries of the kinds passed over that would take such places; some, where there are many.</summary>
    private static int[]? OvertakenBy(EventState state, int[] chosen, List<WaitlistKind> passed)
    {
        if (passed.Count == 0) return null;
        var categories = state.Places.Layout.CategoriesOf(chosen);
        var overtaken = passed.Where(kind => kind.Wish.WantsAny(categories)).Select(kind => kind.First);
        int[] named = [.. overtaken.Take(Limits.OvertakenListedAtMost)];
        return named.Length == 0 ? null : named;
    }
}
