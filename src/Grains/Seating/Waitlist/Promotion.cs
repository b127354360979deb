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
        if (!state.LineMayMove) return null;
        var next = MayServe(state, now) ? Find(state, now, atOnce) : null;
        state.LineMayMove = next is not null;
        return next;
    }

    private static bool MayServe(EventState state, DateTimeOffset now) =>
        state.Line.Numbers.Count > 0
        && state.Places.Count(PlaceState.Free) > 0
        && state.StateAt(now) is Abstractions.EventState.OnSale or Abstractions.EventState.Paused;

    private static Fact? Find(EventState state, DateTimeOffset now, int? atOnce)
    {
        var passed = new List<Invitation>();
        var kept = new HashSet<string>(StringComparer.Ordinal);
        var hopeless = new HashSet<(int, string)>();
        foreach (var number in state.Line.Numbers)
        {
            var entry = state.FindInvitation(number)!;
            var wish = entry.Wish!;
            // Entries that ask for the same thing fail the same way: a long line costs one search a kind of wish.
            var kind = (entry.Count, wish.Kind);
            if (!hopeless.Contains(kind))
            {
                var chosen = BestAvailable.Choose(
                    state.Places, entry.Count, section => wish.Wants(section.Category) && !kept.Contains(section.Category), wish.Together);
                if (chosen is not null) return Offer(state, entry, chosen, passed, now, atOnce);
                hopeless.Add(kind);
            }
            if (entry.Overtaken < state.Rules.OvertakesAtMost) passed.Add(entry);
            else Keep(state, wish, kept);
            if (kept.Count > 0 && !AnyLeft(state, kept)) return null;
        }
        return null;
    }

    /// <summary>Keeps the categories of an entry that may not be overtaken any more.</summary>
    private static void Keep(EventState state, Wish wish, HashSet<string> kept)
    {
        foreach (var section in state.Places.Layout.Sections)
            if (wish.Wants(section.Category)) kept.Add(section.Category);
    }

    private static bool AnyLeft(EventState state, HashSet<string> kept) =>
        BestAvailable.FreeIn(state.Places, section => !kept.Contains(section.Category)) > 0;

    private static Fact Offer(EventState state, Invitation entry, int[] chosen, List<Invitation> passed, DateTimeOffset now, int? atOnce)
    {
        var categories = chosen.Select(place => state.Places.Layout.RowOf(place)!.Section.Category).ToHashSet();
        int[] overtaken = [.. passed.Where(other => categories.Any(other.Wish!.Wants)).Select(other => other.Number)];
        var overtakenOrNull = overtaken.Length == 0 ? null : overtaken;
        return state.Rules.AutoPromote || entry.Number == atOnce
            ? new WaitlistPromoted(entry.Number, chosen, overtakenOrNull, null)
            : new PlacesOffered(entry.Number, chosen, state.Clock.At(now) + state.Rules.OfferTime, overtakenOrNull, state.Rules.OffersAwaitMail ? true : null);
    }
}
