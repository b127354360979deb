using CsCheck;

namespace Seats.Core.Tests;

/// <summary>Best available leaves what can still be sold: how full a house gets, sold to one party after the other.</summary>
public sealed class FullHouseTests
{
    private const int LongestRow = 200;
    private const int Refusals = 12;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void PartiesOfOneSize_SellOut_EveryRowWhoseLengthDividesByIt(int size)
    {
        for (var seats = size; seats <= LongestRow; seats += size)
        {
            var house = House(Enumerable.Repeat<int[]>([seats], 3));
            Assert.Equal(3 * seats / size, SellAll(house, size).Count);
            Assert.Equal(0, house.Count(PlaceState.Free));
        }
    }

    [Fact]
    public void PartiesOfOneSize_SomeOfThemGivenBack_SellOutEveryRowWhoseRunsDivideByIt() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 8].Array[1, 4].Array[1, 6], Gen.Bool.Array[1, 60]).Sample((size, runs, givenBack) =>
        {
            var house = House(runs.Select(row => row.Select(parties => parties * size).ToArray()));
            var sold = SellAll(house, size);
            Assert.Equal(0, house.Count(PlaceState.Free));
            foreach (var party in sold.Where((_, number) => givenBack[number % givenBack.Length])) GiveBack(house, party);
            SellAll(house, size);
            Assert.Equal(0, house.Count(PlaceState.Free));
        }, iter: 1_000);

    [Theory]
    [InlineData(20, 20)]
    [InlineData(25, 40)]
    public void Mix_OfOneToSix_FillsTheHouse(int rows, int seats)
    {
        for (var seed = 0; seed < 100; seed++) Assert.InRange(SellMix(rows, seats, seed), 0.985, 1);
    }

    /// <summary>Few seats, or rows that seat only two or three parties, are a matter of luck: here only the mean is certain.</summary>
    [Theory]
    [InlineData(5, 10)]
    [InlineData(10, 10)]
    [InlineData(50, 10)]
    [InlineData(50, 12)]
    [InlineData(14, 15)]
    [InlineData(10, 20)]
    [InlineData(9, 23)]
    [InlineData(3, 100)]
    public void Mix_OfOneToSix_FillsSmallHousesOnAverage(int rows, int seats) =>
        Assert.InRange(Enumerable.Range(0, 200).Average(seed => SellMix(rows, seats, seed)), 0.985, 1);

    /// <summary>What part of the house is sold when so many parties were refused.</summary>
    private static double SellMix(int rows, int seats, int seed)
    {
        var (house, random) = (House(Enumerable.Repeat<int[]>([seats], rows)), new Random(seed));
        for (var refused = 0; refused < Refusals && house.Count(PlaceState.Free) > 0;)
            if (Sell(house, random.Next(1, 7)) is null) refused++;
        return 1 - (double)house.Count(PlaceState.Free) / house.Total;
    }

    private static List<int[]> SellAll(PlaceMap house, int size)
    {
        var sold = new List<int[]>();
        while (Sell(house, size) is { } party) sold.Add(party);
        return sold;
    }

    private static int[]? Sell(PlaceMap house, int size)
    {
        var chosen = BestAvailable.Choose(house, size, _ => true, together: true);
        foreach (var place in chosen ?? []) house.Move(place, PlaceState.Free, PlaceState.Confirmed, 0, 1);
        return chosen;
    }

    private static void GiveBack(PlaceMap house, int[] party)
    {
        foreach (var place in party) house.Move(place, PlaceState.Confirmed, PlaceState.Free, 1, 0);
    }

    /// <summary>Rows of so many seats side by side, with a gap between two runs.</summary>
    private static PlaceMap House(IEnumerable<int[]> rows)
    {
        var (places, position) = (new PlaceMap(), 0);
        places.Rearrange(new Layout([new PlacedSection("main", "", "gold", false, [.. rows.Select(Place)])]));
        return places;

        PlacedRow Place(int[] runs, int row)
        {
            var (first, gaps) = (position, new List<int>());
            foreach (var run in runs) gaps.Add((position += run + 1) - 1 - first);
            gaps.RemoveAt(gaps.Count - 1);
            return new PlacedRow($"{row + 1}", 1, --position - first, first, [.. gaps]);
        }
    }
}
