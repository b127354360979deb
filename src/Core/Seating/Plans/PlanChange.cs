namespace Seats.Core;

/// <summary>A change of the plan or of the capacity: rows that stay keep their places, rows that go must have nothing taken.</summary>
internal readonly record struct PlanChange(SeatingChanged? Fact, Refusal? Refusal)
{
    public static PlanChange Of(EventState state, EventSettings given, Requester by)
    {
        var kind = given.Plan is not null ? SeatingKind.Plan : given.Seating ?? state.Rules.Settings.Seating!.Value;
        var sameKind = kind == state.Rules.Settings.Seating;
        if (given.Plan is { } plan) return ShrunkTooFar(state, plan) ?? Replace(state, Matched(state, plan), by);
        if (sameKind && given.Capacity is null) return default;
        if (sameKind && kind != SeatingKind.Plan) return Resize(state, given.Capacity!.Value, by);
        if (kind == SeatingKind.Plan)
            return given.Capacity == state.Places.Total ? default
                : new PlanChange(null, Refuse(new Violation("maxCapacity", Rules.Conflict, state.Places.Total, state.Places.Total)));
        var capacity = given.Capacity ?? state.Places.Total;
        var section = kind == SeatingKind.General ? Plans.Area(capacity, state.Places.Positions) : Plans.Rows(capacity, state.Places.Positions);
        return Replace(state, [section], by);
    }

    private static Refusal Refuse(Violation violation) => new(RefusalStatus.Invalid) { Violations = [violation] };

    /// <summary>An area with more places taken than the plan leaves it.</summary>
    private static PlanChange? ShrunkTooFar(EventState state, SeatingPlan plan)
    {
        foreach (var section in plan.Sections)
            if (section.Capacity is { } capacity && state.Places.Layout.Find(section.Id) is { IsArea: true } area && capacity < area.Total - area.Free)
                return new PlanChange(null, new Refusal(RefusalStatus.CapacityTaken) { Limit = area.Total - area.Free, Mine = capacity, Subject = area.Id });
        return null;
    }

    private static PlanChange Resize(EventState state, int capacity, Requester by)
    {
        if (capacity == state.Places.Total) return default;
        if (capacity > state.Places.Total) return Changed(state, Growth.Add(state, capacity - state.Places.Total), by);
        var kept = state.Places.Total - state.Places.Count(PlaceState.Free);
        if (capacity < kept) return new PlanChange(null, new Refusal(RefusalStatus.CapacityTaken) { Limit = kept, Mine = capacity });
        return Changed(state, Growth.Remove(state, state.Places.Total - capacity), by);
    }

    /// <summary>The new plan on positions: rows that are the same keep theirs, others get fresh ones; areas grow and shrink in place.</summary>
    private static List<PlacedSection> Matched(EventState state, SeatingPlan plan)
    {
        var next = state.Places.Positions;
        var sections = new List<PlacedSection>();
        foreach (var placed in Plans.Place(plan, 0))
        {
            var old = state.Places.Layout.Find(placed.Id);
            if (placed.Area && old is { IsArea: true })
                sections.Add(placed with { Rows = Growth.ResizedArea(state, old, placed.Rows[0].Count, ref next) });
            else
                sections.Add(placed with { Rows = [.. placed.Rows.Select(row => Keep(old, placed, row) ?? Fresh(row, ref next))] });
        }
        return sections;
    }

    private static PlacedRow? Keep(Section? old, PlacedSection placed, PlacedRow row)
    {
        if (old is null || old.IsArea || placed.Area || old.FindRow(row.Row)?.Placed is not { } before) return null;
        return before.First == row.First && Plans.SeatOffsets(before).SequenceEqual(Plans.SeatOffsets(row)) ? before : null;
    }

    private static PlacedRow Fresh(PlacedRow row, ref int next)
    {
        var placed = row with { Base = next };
        next += row.Count;
        return placed;
    }

    private static PlanChange Replace(EventState state, IReadOnlyList<PlacedSection> sections, Requester by)
    {
        var kept = sections.SelectMany(section => section.Rows.SelectMany(row => Enumerable.Range(row.Base, row.Count))).ToHashSet();
        var lost = Enumerable.Range(0, state.Places.Positions)
            .Where(position => !kept.Contains(position)
                && state.Places[position] is not (PlaceState.None or PlaceState.Free or PlaceState.Blocked))
            .Take(Limits.PageAtMost).ToArray();
        if (lost.Length > 0)
            return new PlanChange(null, new Refusal(RefusalStatus.SeatingTaken)
            {
                Conflicts = [.. lost.Select(position => new SeatConflict(state.Places.Layout.NameOf(position), (char)state.Places.Letter(position)))],
            });
        return Changed(state, sections, by);
    }

    private static PlanChange Changed(EventState state, IReadOnlyList<PlacedSection> sections, Requester by)
    {
        if (sections.SelectMany(section => section.Rows).Max(row => row.Base + row.Count) > Limits.PositionsAtMost)
            return new PlanChange(null, new Refusal(RefusalStatus.LimitEvent) { Limit = Limits.PositionsAtMost });
        if (Same(state.Places.Layout, sections)) return default;
        return new PlanChange(new SeatingChanged(sections, Plans.Total(sections), by.Id), null);
    }

    private static bool Same(Layout layout, IReadOnlyList<PlacedSection> sections) =>
        layout.Sections.Count == sections.Count && layout.Sections.Zip(sections).All(pair =>
            (pair.First.Id, pair.First.Placed.Name, pair.First.Category, pair.First.IsArea)
                == (pair.Second.Id, pair.Second.Name, pair.Second.Category, pair.Second.Area)
            && pair.First.Placed.Rows.Count == pair.Second.Rows.Count
            && pair.First.Placed.Rows.Zip(pair.Second.Rows).All(rows =>
                (rows.First.Row, rows.First.First, rows.First.Count, rows.First.Base) == (rows.Second.Row, rows.Second.First, rows.Second.Count, rows.Second.Base)
                && (rows.First.Gaps ?? []).SequenceEqual(rows.Second.Gaps ?? [])));
}
