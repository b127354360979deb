using Seats.Grains.Abstractions;

namespace Seats.Grains.Seating;

/// <summary>
/// Whose turn it is. First come, first served: freed places go to the first entry they satisfy. An entry too large for what is free keeps its
/// place and may be overtaken up to the event's bound; then it blocks: the categories it waits for are kept for it and those before it.
/// </summary>
internal static class Promotion
{
    /// <summary>The next offer that is due, or null when the line stands still.</summary>
    /// <param name="atOnce">The entry that joined in this turn and needs not be asked; null for none.</param>
    public static Fact? Next(EventState state, DateTimeOffset now, int? atOnce)
    {
        if (state.NextServed is not { } next || !MayServe(state, now)) return null;
        if (state.Rules.AutoPromote || next.Entry == atOnce) return new WaitlistPromoted(next.Entry, next.Places, next.Overtaken, null);
        var until = state.Clock.At(now) + state.Rules.OfferTime;
        return new PlacesOffered(next.Entry, next.Places, until, next.Overtaken, state.Rules.OffersAwaitMail ? true : null);
    }

    /// <summary>
    /// When the line moves on by itself: at once, which is the time of the last entry, while somebody can be served; null while it stands
    /// still. Who is next does not depend on time. A rule that lets them wait until a moment names that moment here, and asks for it in
    /// <see cref="MayServe"/>.
    /// </summary>
    public static DateTimeOffset? DueAt(EventState state) => state.NextServed is null ? null : state.LastAt;

    /// <summary>Searches who is served next: once for each kind of wish, in the order of their first entries. Null for nobody.</summary>
    public static NextServed? Search(EventState state)
    {
        var free = state.Places.Count(PlaceState.Free);
        if (state.Waitlist.Count == 0 || free == 0) return null;
        var kept = new HashSet<string>(StringComparer.Ordinal);
        var passed = new List<WaitlistKind>();
        foreach (var kind in state.Waitlist.Kinds)
        {
            var wish = kind.Wish;
            bool Open(Section section) => wish.Wants(section.Category) && !kept.Contains(section.Category);
            var chosen = kind.Places > free ? null : BestAvailable.Choose(state.Places, kind.Places, Open, wish.Together);
            if (chosen is not null) return new NextServed(kind.First, chosen, OvertakenBy(state, chosen, passed));
            if (kind.Overtakes < state.Rules.OvertakesAtMost) passed.Add(kind);
            else Keep(state, wish, kept);
            if (kept.Count > 0 && !AnyLeft(state, kept)) return null;
        }
        return null;
    }

    /// <summary>What lapses at the same moment ends first, in however many versions: the line is served from all that came free.</summary>
    private static bool MayServe(EventState state, DateTimeOffset now) =>
        state.StateAt(now) is Abstractions.EventState.OnSale or Abstractions.EventState.Paused && !state.IsLapseDue(now);

    /// <summary>Keeps the categories of an entry that may not be overtaken any more.</summary>
    private static void Keep(EventState state, Wish wish, HashSet<string> kept)
    {
        foreach (var section in state.Places.Layout.Sections)
            if (wish.Wants(section.Category)) kept.Add(section.Category);
    }

    private static bool AnyLeft(EventState state, HashSet<string> kept) =>
        BestAvailable.FreeIn(state.Places, section => !kept.Contains(section.Category)) > 0;

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
