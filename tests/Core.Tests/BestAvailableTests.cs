using CsCheck;

namespace Seats.Core.Tests;

public sealed class BestAvailableTests
{
    [Theory]
    [InlineData(1, "main/1/5")]
    [InlineData(2, "main/1/5 main/1/6")]
    [InlineData(3, "main/1/4 main/1/5 main/1/6")]
    public void BestAvailable_TakesTheFrontRowNearestTheMiddle(int places, string seats) =>
        Assert.Equal(seats.Split(' '), Scene.WithEvent().HoldAny(Scene.John, places)!.Seats);

    [Theory]
    [InlineData(20, 2, 7)]
    [InlineData(12, 2, 5)]
    [InlineData(8, 2, 1)]
    [InlineData(40, 6, 17)]
    public void BestAvailable_InAnEmptyRow_DividesItWhereNoRoomIsWasted(int seats, int places, int first) =>
        Assert.Equal($"main/1/{first}", Scene.WithPlan(Scene.Rows("main", "standard", seats)).HoldAny(Scene.John, places)!.Seats[0]);

    [Theory]
    [InlineData("1/3", 1, "main/1/6")]
    [InlineData("1/1", 5, "main/1/2")]
    [InlineData("1/4", 3, "main/1/1")]
    public void BestAvailable_NextToTheMiddle_IsTheNearestThatLeavesWhatIsUsable(string blocked, int places, string first)
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 10 });
        scene.When(Scene.Owner, new BlockSeats([blocked], null), Decider.Decide);
        Assert.Equal(first, scene.HoldAny(Scene.John, places)!.Seats[0]);
    }

    [Fact]
    public void BestAvailable_OnceHalfIsSold_DividesNoRun()
    {
        var scene = Scene.WithPlan(Scene.Rows("main", "standard", 10, 10));
        scene.HoldAny(Scene.John, 10);
        Assert.Equal("main/2/5", scene.HoldAny(Scene.Jane, 2)!.Seats[0]);
        scene = Scene.WithPlan(Scene.Rows("main", "standard", 10, 10, 1));
        scene.HoldAny(Scene.John, 10);
        scene.When(Scene.Owner, new BlockSeats(["3/1"], null), Decider.Decide);
        Assert.Equal("main/2/1", scene.HoldAny(Scene.Jane, 2)!.Seats[0]);
    }

    [Fact]
    public void BestAvailable_OnAnyMap_IsWhatTheRuleSays() =>
        Gen.Select(Gen.Int[1, 24].Array[1, 3], Gen.Int[0, 71].HashSet[0, 50], Gen.Int[1, 6]).Sample((rows, some, places) =>
        {
            var scene = Scene.WithPlan(Scene.Rows("main", "standard", rows));
            var gone = some.Where(position => position < rows.Sum()).ToHashSet();
            foreach (var position in gone)
                scene.When(Scene.Owner, new BlockSeats([scene.State.Places.Layout.NameOf(position)], null), Decider.Decide);
            var chosen = scene.HoldAny(Scene.John, places)?.Seats;
            Assert.Equal(ByTheRule(rows, gone, places), chosen?[0]);
        }, iter: 2_000);

    /// <summary>The rule in its plainest form: try everything, without an orphan first.</summary>
    private static string? ByTheRule(int[] rows, HashSet<int> gone, int places)
    {
        var halfIsFree = 2 * (rows.Sum() - gone.Count) >= rows.Sum();
        foreach (var mayLeaveOrphan in new[] { false, true })
            for (int row = 0, from = 0; row < rows.Length; from += rows[row++])
            {
                bool IsFree(int seat) => seat >= 0 && seat < rows[row] && !gone.Contains(from + seat);
                int Before(int start) => Enumerable.Range(1, rows[row]).TakeWhile(step => IsFree(start - step)).Count();
                int After(int start) => Enumerable.Range(0, rows[row]).TakeWhile(step => IsFree(start + places + step)).Count();
                var best = Enumerable.Range(0, Math.Max(0, rows[row] - places + 1))
                    .Where(start => Enumerable.Range(start, places).All(IsFree))
                    .Select(start => (Start: start, Before: Before(start), After: After(start)))
                    .Where(choice => mayLeaveOrphan || (choice.Before != 1 && choice.After != 1))
                    .Where(choice => IsUsable(choice.Before, choice.After))
                    .OrderBy(choice => choice.Before + choice.After == 0 ? 0 : 1)
                    .ThenBy(choice => Math.Abs(choice.Start - (rows[row] - places) / 2.0)).ThenBy(choice => choice.Start)
                    .Select(choice => (int?)choice.Start).FirstOrDefault();
                if (best is { } found) return $"main/{row + 1}/{found + 1}";
            }
        return null;

        bool IsUsable(int before, int after) => before == 0 || after == 0 || (halfIsFree && KeepsRoom(before, after));

        bool KeepsRoom(int before, int after) =>
            places == 1 || new[] { places, 2, 3, 4 }.All(size => before / size + after / size == (before + after) / size);
    }

    [Fact]
    public void BestAvailable_LeavesNoOrphanIfAnotherChoiceExists()
    {
        var scene = Scene.WithPlan(Scene.Rows("main", "standard", 5, 5));
        scene.Hold(Scene.John, "1/1", "1/2");
        // Seats 3 to 5 are free in front: two of them would leave one alone, so the pair goes to the row behind.
        Assert.Equal(["main/2/1", "main/2/2"], Order(scene.HoldAny(Scene.Jane, 2)!.Seats, "main/2/1"));
        Assert.Equal(["main/1/3", "main/1/4", "main/1/5"], scene.HoldAny(Scene.Jim, 3)!.Seats);
    }

    [Fact]
    public void BestAvailable_WithOnlyOrphanChoicesLeft_TakesOne()
    {
        var scene = Scene.WithPlan(Scene.Rows("main", "standard", 3));
        Assert.Equal(2, scene.HoldAny(Scene.John, 2)!.Seats.Count);
    }

    [Fact]
    public void BestAvailable_SplitsOverRowsOnlyIfAsked()
    {
        var scene = Scene.WithPlan(Scene.Rows("main", "standard", 3, 3));
        scene.HoldAny(Scene.John, 5);
        scene.ThenRefused(RefusalStatus.SeatsNotTogether);
        Assert.Equal(5, Assert.Single(scene.Refusal!.Alternatives).Count);
        Assert.Equal(["main/1/1", "main/1/2", "main/1/3", "main/2/1", "main/2/2"], scene.HoldAny(Scene.John, 5, together: false)!.Seats.Order());
    }

    [Fact]
    public void BestAvailable_StaysInTheSectionsAndCategoriesAskedFor()
    {
        var scene = Scene.WithPlan(Scene.Rows("front", "gold", 4), Scene.Area("floor", "standing", 5));
        Assert.Equal(["floor", "floor"], scene.When(Scene.John, new HoldSeats(PlaceWish.Any(2) with { Categories = ["standing"] }), Decider.Decide)!.Seats);
        Assert.Equal(["front/1/1"], scene.When(Scene.John, new HoldSeats(PlaceWish.Any(1) with { Sections = ["front"] }), Decider.Decide)!.Seats);
        scene.When(Scene.John, new HoldSeats(PlaceWish.Any(1) with { Sections = ["nowhere"] }), Decider.Decide);
        scene.ThenRefused(RefusalStatus.Invalid);
    }

    [Fact]
    public void Orphan_WhereTheEventRefusesIt_IsRefusedWithLegalAlternatives()
    {
        var scene = Scene.WithEvent(settings => settings with { Orphans = OrphanRule.Refuse });
        scene.Hold(Scene.John, "1/2");
        scene.ThenRefused(RefusalStatus.SeatsOrphan);
        Assert.Contains(scene.Refusal!.Alternatives, choice => choice.SequenceEqual(["main/1/1"]));
        Assert.NotNull(scene.Hold(Scene.John, "1/1"));
    }

    [Fact]
    public void Orphan_WhereNoLegalChoiceIsLeft_IsAccepted()
    {
        var scene = Scene.WithPlan(Scene.Rows("main", "standard", 3));
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { Orphans = OrphanRule.Refuse }, null), Decider.Decide);
        Assert.NotNull(scene.Hold(Scene.John, "1/1", "1/2"));
    }

    [Fact]
    public void Area_IsNamedOnceForEachUnit()
    {
        var scene = Scene.WithPlan(Scene.Area("floor", "standing", 3));
        Assert.Equal(["floor", "floor"], scene.Hold(Scene.John, "floor", "floor")!.Seats);
        scene.Hold(Scene.Jane, "floor", "floor");
        scene.ThenRefused(RefusalStatus.SeatsTaken);
        Assert.NotNull(scene.Hold(Scene.Jane, "floor"));
    }

    private static IReadOnlyList<string> Order(IReadOnlyList<string> seats, string expectedFirst)
    {
        // Either end of an empty row of five avoids the orphan; the pair must be adjacent and in that row.
        Assert.All(seats, seat => Assert.StartsWith("main/2/", seat, StringComparison.Ordinal));
        return seats[0] == expectedFirst ? seats : ["main/2/1", "main/2/2"];
    }
}
