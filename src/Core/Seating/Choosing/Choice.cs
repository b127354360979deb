namespace Seats.Core;

/// <summary>Places chosen for somebody by the rules that bind everybody: what exists, what is free, who waits, and etiquette.</summary>
internal readonly record struct Choice(int[] Places, Refusal? Refusal)
{
    public static implicit operator Choice(Refusal refusal) => new([], refusal);

    /// <summary>Chooses places for a wish. What is being given back (<paramref name="own"/>) counts as free.</summary>
    public static Choice Of(EventState state, PlaceWish wish, IReadOnlySet<int>? own = null) =>
        wish.Seats is { } seats ? Named(state, seats, own) : Best(state, wish);

    /// <summary>Why the wish makes no sense for this event, or null.</summary>
    public static Refusal? Malformed(EventState state, PlaceWish wish)
    {
        var count = wish.Seats?.Count ?? wish.Places;
        var atMost = Math.Min(Limits.PlacesInOneCommandAtMost, Math.Max(1, state.Places.Total));
        if (count < 1 || count > atMost) return Refuse(wish.Seats is null ? "places" : "seats", Rules.Range, 1, atMost);
        foreach (var id in wish.Sections)
            if (state.Places.Layout.Find(id) is null) return Refuse("sections", Rules.Unknown);
        return UnknownCategory(state, wish.Categories);
    }

    public static Refusal? UnknownCategory(EventState state, IReadOnlyList<string> categories)
    {
        foreach (var category in categories)
            if (!state.Places.Layout.Sections.Any(section => section.Category == category))
                return Refuse("categories", Rules.Unknown);
        return null;
    }

    private static Refusal Refuse(string member, string rule, long? atLeast = null, long? atMost = null) =>
        new(RefusalStatus.Invalid) { Violations = [new Violation(member, rule, atLeast, atMost)] };

    private static Choice Named(EventState state, IReadOnlyList<string> seats, IReadOnlySet<int>? own)
    {
        if (NamedPlaces.Find(state.Places, seats, own, out var positions) is { } unknown) return unknown;
        var refuseOrphans = state.Rules.RefusesOrphans;
        if (NamedPlaces.MustBeFree(state.Places, positions, own, refuseOrphans) is { } taken) return taken;
        foreach (var position in positions)
            if (own?.Contains(position) != true && IsKept(state, position)) return new Refusal(RefusalStatus.EventHasLine);
        if (refuseOrphans && Orphans.LeftBy(state.Places, positions, own)
            && Alternatives.Near(state.Places, positions, own, legalOnly: true) is { Count: > 0 } legal)
            return new Refusal(RefusalStatus.SeatsOrphan) { Alternatives = legal };
        return new Choice(positions, null);
    }

    private static bool IsKept(EventState state, int position)
    {
        if (state.KeptPlaces.IsEmpty) return false;
        var row = state.Places.Layout.RowOf(position)!;
        return state.KeptPlaces.Keeps(state.Places, row, position - row.Base);
    }

    private static Choice Best(EventState state, PlaceWish wish)
    {
        var (places, kept) = (state.Places, state.KeptPlaces);
        if (BestAvailable.Choose(places, wish.Places, wish.Wants, wish.Together, kept) is { } chosen) return new Choice(chosen, null);
        if (BestAvailable.FreeIn(places, wish.Wants) < wish.Places) return new Refusal(RefusalStatus.EventFull);
        if (!kept.IsEmpty && BestAvailable.Choose(places, wish.Places, wish.Wants, wish.Together) is not null)
            return new Refusal(RefusalStatus.EventHasLine);
        var apart = BestAvailable.Choose(places, wish.Places, wish.Wants, together: false, kept);
        if (apart is null && !kept.IsEmpty) return new Refusal(RefusalStatus.EventHasLine);
        return new Refusal(RefusalStatus.SeatsNotTogether)
        {
            Alternatives = apart is null ? [] : [state.Places.Layout.NamesOf(apart)],
        };
    }
}
