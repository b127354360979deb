using CsCheck;

namespace Seats.Core.Tests;

public sealed class AlternativesTests
{
    private static readonly Gen<int> Positions = Gen.Int[0, 150];
    private static readonly Gen<int[][]> Sections = Gen.Int[1, 9].Array[1, 12].Array[1, 3];

    [Fact]
    public void Alternatives_InAnyHall_AreThoseOfThePlainRule() =>
        Gen.Select(
            Sections, Positions.Array[0, 150], Positions.Array[0, 150], Positions.Array[1, 4].Array[1, 4], Gen.Bool)
            .Sample((sections, gone, mine, asked, legalOnly) =>
            {
                var places = Hall(sections);
                foreach (var position in gone.Where(position => position < places.Positions).Distinct())
                    places.Move(position, PlaceState.Free, PlaceState.Confirmed, 0, 1);
                // What one holds counts as free.
                var own = mine.Where(position => position < places.Positions && places[position] == PlaceState.Free).Take(6).ToHashSet();
                foreach (var position in own) places.Move(position, PlaceState.Free, PlaceState.Held, 0, 2);
                foreach (var wanted in asked.Select(some => some.Select(position => position % places.Positions).Distinct().ToArray()))
                    foreach (var free in new[] { own, null })
                    {
                        var plain = PlainAlternatives.Near(places, wanted, free, legalOnly);
                        Assert.Equal(plain, Alternatives.Near(places, wanted, free, legalOnly));
                    }
            }, iter: 3_000);

    [Fact]
    public void Alternatives_AfterPlacesCameFree_AreFoundAgain()
    {
        var places = Hall([[4, 4]]);
        foreach (var position in new[] { 0, 1, 2, 3, 4, 6, 7 }) places.Move(position, PlaceState.Free, PlaceState.Confirmed, 0, 1);
        Assert.Empty(Alternatives.Near(places, [0, 1], null, false));
        places.Move(6, PlaceState.Confirmed, PlaceState.Free, 1, 0);
        Assert.Equal([["hall-0/2/2", "hall-0/2/3"]], Alternatives.Near(places, [0, 1], null, false));
    }

    [Fact]
    public void Area_SoldOut_SaysWhatItsUnitsAre()
    {
        var scene = Scene.WithPlan(Scene.Rows("rows", "gold", 2), Scene.Area("floor", "standing", 2));
        scene.Register(Scene.John, PlaceWish.Named("floor"));
        scene.When(Scene.Owner, new BlockSeats(["floor"], null), Decider.Decide);
        Assert.Equal([new SeatConflict("floor", 'T')], Conflicts());
        scene.Cancel(Scene.John, 1);
        scene.Hold(Scene.John, "floor");
        Assert.Equal([new SeatConflict("floor", 'H')], Conflicts());
        scene.When(Scene.John, new ReleaseSeats(null, null), Decider.Decide);
        scene.When(Scene.Owner, new BlockSeats(["floor"], null), Decider.Decide);
        Assert.Equal([new SeatConflict("floor", 'B')], Conflicts());

        IReadOnlyList<SeatConflict> Conflicts()
        {
            scene.Hold(Scene.Jane, "floor");
            return scene.ThenRefused(RefusalStatus.SeatsTaken).Refusal!.Conflicts;
        }
    }

    /// <summary>Sections of rows, and every third an area.</summary>
    private static PlaceMap Hall(int[][] sections)
    {
        var (places, position) = (new PlaceMap(), 0);
        places.Rearrange(new Layout([.. sections.Select(Section)]));
        return places;

        PlacedSection Section(int[] rows, int index) => new($"hall-{index}", "", "gold", index % 3 == 2, [.. rows.Select(Place)]);

        PlacedRow Place(int seats, int row)
        {
            position += seats;
            return new PlacedRow($"{row + 1}", 1, seats, position - seats, null);
        }
    }
}
