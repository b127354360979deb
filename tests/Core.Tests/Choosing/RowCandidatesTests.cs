using CsCheck;

namespace Seats.Core.Tests;

/// <summary>What a search remembers of rows it searched in vain changes nothing about what it finds.</summary>
public sealed class RowCandidatesTests
{
    [Fact]
    public void BestAvailable_OnAMapThatWasSearchedBefore_IsThatOfAFreshMap() =>
        Gen.Select(Gen.Int[1, 9].Array[1, 70], Gen.Select(Gen.Int[0, 300], Gen.Int[1, 20], Gen.Bool).Array[1, 60]).Sample((rows, steps) =>
        {
            var places = Hall(rows);
            foreach (var (position, count, together) in steps)
            {
                var at = position % places.Positions;
                if (places[at] == PlaceState.Free) places.Move(at, PlaceState.Free, PlaceState.Confirmed, 0, 1);
                else places.Move(at, PlaceState.Confirmed, PlaceState.Free, 1, 0);
                var chosen = Choose(places, count, together);
                Assert.Equal(Choose(Copy(places, rows), count, together), chosen);
                foreach (var taken in (chosen ?? []).Take(count / 2)) places.Move(taken, PlaceState.Free, PlaceState.Confirmed, 0, 1);
            }
        }, iter: 3_000);

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public void Row_SearchedInVain_IsLeftOutUntilItChanges(int rows)
    {
        var candidates = new RowCandidates(rows);
        var last = rows - 1;
        Assert.Equal(0, candidates.Next(2, avoidOrphans: true, 0));
        for (var row = 0; row < rows; row++) candidates.Exclude(2, avoidOrphans: true, row);
        for (var row = 0; row < rows; row++) candidates.Exclude(2, avoidOrphans: false, row);
        Assert.Equal((-1, -1), (candidates.Next(2, avoidOrphans: true, 0), candidates.Next(2, avoidOrphans: false, 0)));
        Assert.Equal((0, 0), (candidates.Next(3, avoidOrphans: true, 0), candidates.Next(17, avoidOrphans: true, 0)));
        candidates.Changed(last, cameFree: false);
        Assert.Equal((last, -1), (candidates.Next(2, avoidOrphans: true, 0), candidates.Next(2, avoidOrphans: false, 0)));
        Assert.False(candidates.MayFit(2, last));
        candidates.Changed(last, cameFree: true);
        Assert.Equal((last, last), (candidates.Next(2, avoidOrphans: true, last), candidates.Next(2, avoidOrphans: false, 0)));
        Assert.Equal(-1, candidates.Next(2, avoidOrphans: true, rows));
    }

    private static int[]? Choose(PlaceMap places, int count, bool together) => BestAvailable.Choose(places, count, _ => true, together);

    private static PlaceMap Copy(PlaceMap places, int[] rows)
    {
        var copy = Hall(rows);
        for (var position = 0; position < places.Positions; position++)
            if (places[position] != PlaceState.Free) copy.Move(position, PlaceState.Free, places[position], 0, 1);
        return copy;
    }

    private static PlaceMap Hall(int[] rows)
    {
        var (places, position) = (new PlaceMap(), 0);
        places.Rearrange(new Layout([new PlacedSection("main", "", "gold", false, [.. rows.Select(Place)])]));
        return places;

        PlacedRow Place(int seats, int row)
        {
            position += seats;
            return new PlacedRow($"{row + 1}", 1, seats, position - seats, null);
        }
    }
}
