using Seats.Grains.Abstractions;
using Seats.Grains.Seating;

namespace Seats.Grains.Tests.Seating;

public sealed class BestAvailableTests
{
    [Theory]
    [InlineData(1, "main/1/5")]
    [InlineData(2, "main/1/5 main/1/6")]
    [InlineData(3, "main/1/4 main/1/5 main/1/6")]
    public void BestAvailable_TakesTheFrontRowNearestTheMiddle(int places, string seats) =>
        Assert.Equal(seats.Split(' '), Scene.WithEvent().HoldAny(Scene.John, places)!.Seats);

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
