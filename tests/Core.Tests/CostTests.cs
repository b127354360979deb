namespace Seats.Core.Tests;

/// <summary>
/// A long line and a large hall cost no more than short and small ones. Bytes stand for the work: they are the same on every machine, and
/// whatever walks a line or orders the rows of a hall takes some for each.
/// </summary>
public sealed class CostTests
{
    private const int Calls = 20;

    [Fact]
    public void Join_WithAFreePlaceThatNobodyCanUse_CostsTheSameHoweverManyWait()
    {
        var (few, many) = (Waiting(100), Waiting(5_000));
        Assert.InRange(BytesOf(call => Join(many, call)), 1, 2 * BytesOf(call => Join(few, call)));

        static void Join(Scene scene, int call) => scene.Join(Person(10_000 + call), 2, together: true);
    }

    [Fact]
    public void Release_ThatNobodyCanUse_CostsTheSameHoweverManyWait()
    {
        var (few, many) = (Waiting(100, Calls), Waiting(5_000, Calls));
        Assert.InRange(BytesOf(call => Release(many, call)), 1, 2 * BytesOf(call => Release(few, call)));

        static void Release(Scene scene, int call) => scene.When(Person(20_000 + call), new ReleaseSeats(null, null), Decider.Decide);
    }

    [Fact]
    public void TakenSeat_OfASoldOutHall_CostsNoMoreThanOneOfAFreeHall()
    {
        var (free, sold) = (Hall(), Hall());
        for (var number = 0; number < 20; number++) sold.HoldAny(Person(number), 1_000, together: false);
        Assert.Equal(0, sold.Counts.Free);
        Assert.InRange(BytesOf(call => Take(sold, call)), 1, 2 * BytesOf(call => Take(free, call)));
        sold.ThenRefused(RefusalStatus.SeatsTaken);

        static void Take(Scene scene, int call) => scene.Hold(Person(30_000), $"50/{call + 1}");

        static Scene Hall() => Scene.WithEvent(settings => settings with { Capacity = 20_000, PlacesPerPerson = 1_000 });
    }

    [Fact]
    public void PartyThatMustSitApart_CostsOneSearchOfTheHall_AndThenWhatItTakes()
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 10_000, PlacesPerPerson = 1_000 });
        var rows = Enumerable.Range(1, 100).SelectMany(row => Enumerable.Range(1, 50).Select(number => $"{row}/{2 * number}"));
        scene.When(Scene.Owner, new BlockSeats([.. rows], null), Decider.Decide);
        Assert.Equal(5_000, scene.Counts.Free);
        var (small, large) = (BytesOf(_ => scene.HoldAny(Scene.Jim, 10)), BytesOf(_ => scene.HoldAny(Scene.Jim, 1_000)));
        scene.ThenRefused(RefusalStatus.SeatsNotTogether);
        // A hundred times the places, and less than as many times the work.
        Assert.InRange(large, 1, 20 * small);
    }

    /// <summary>A line of people who each wait for two seats side by side; those that are free or held have no neighbour.</summary>
    private static Scene Waiting(int people, int held = 0)
    {
        var seats = 2 * held + 2;
        var scene = Scene.WithPlan(Scene.Rows("rows", "gold", seats, 2));
        var everySecond = Enumerable.Range(1, seats / 2).Select(number => $"rows/1/{2 * number}");
        scene.When(Scene.Owner, new BlockSeats([.. everySecond], null), Decider.Decide);
        for (var number = 0; number < held; number++) scene.Hold(Person(20_000 + number), $"rows/1/{2 * number + 1}");
        scene.Hold(Scene.Jim, "rows/2/1", "rows/2/2");
        for (var number = 0; number < people; number++) scene.Join(Person(number), 2, together: true);
        Assert.Equal((1, people), (scene.Counts.Free, scene.State.Waitlist.Count));
        return scene;
    }

    /// <summary>Bytes that one call takes, without what tables need to grow now and then.</summary>
    private static long BytesOf(Action<int> call) => Enumerable.Range(0, Calls).Select(number =>
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        call(number);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }).Order().ElementAt(Calls / 2);

    private static Requester Person(int number) => new($"person-{number}", $"person-{number}@example.com", false);
}
