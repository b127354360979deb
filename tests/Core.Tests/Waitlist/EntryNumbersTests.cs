using CsCheck;

namespace Seats.Core.Tests;

public sealed class EntryNumbersTests
{
    [Fact]
    public void Numbers_AreCountedAndListed_LikeThoseOfASortedSet() =>
        Gen.Select(Gen.Int[0, 5_000], Gen.Bool).Array[0, 300].Sample(steps =>
        {
            var (numbers, sorted) = (new EntryNumbers(), new SortedSet<int>());
            foreach (var (number, add) in steps)
                if (add) Assert.Equal(sorted.Add(number), numbers.Add(number));
                else Assert.Equal(sorted.Remove(number), numbers.Remove(number));
            Assert.Equal(sorted.Count, numbers.Count);
            foreach (var (number, _) in steps.Append((63, true)).Append((64, true)).Append((1_000_000, true)))
            {
                Assert.Equal(sorted.Contains(number), numbers.Contains(number));
                Assert.Equal(sorted.Count(other => other <= number), numbers.CountUpTo(number));
                Assert.Equal(sorted.Where(other => other > number), numbers.After(number));
            }
        }, iter: 2_000);

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(63)]
    [InlineData(1_024)]
    public void Number_FarBeyondTheOthers_IsCounted(int number)
    {
        var numbers = new EntryNumbers();
        numbers.Add(1);
        numbers.Add(number);
        Assert.Equal(2, numbers.CountUpTo(number));
        Assert.Equal([number], numbers.After(1));
    }
}
