using Seats.Core;
using Seats.Core.Tests;

namespace Seats.Grains.Tests.Actors;

/// <summary>The actor works off what follows in portions without being told of them.</summary>
public sealed class PortionsTests
{
    private const int Waiting = 250;

    [Fact]
    public async Task Line_LeftHalfServedByAnActivationThatEnded_IsServedToItsEndByTheNext()
    {
        var (stage, first) = await Stage.WithEventAsync(capacity: 1);
        await first.SubmitAsync(Stage.Stamp(Scene.John), new HoldSeats(PlaceWish.Any(1)), Decider.Decide);
        for (var number = 0; number < Waiting; number++)
            await first.SubmitAsync(Stage.Stamp(Person(number)), new JoinWaitlist(new WaitlistWish(1, false, [])), Decider.Decide);
        var larger = new ChangeEvent(new EventSettings { Capacity = 1 + Waiting }, null);
        await first.SubmitAsync(Stage.Stamp(Scene.Owner), larger, Decider.Decide);
        Assert.True(first.NextDeadline <= stage.Time.GetUtcNow());
        var next = await stage.ActivateAsync();
        Assert.Equal(first.NextDeadline, next.NextDeadline);
        while (next.NextDeadline <= stage.Time.GetUtcNow()) await next.OnDeadlineAsync();
        var counts = (await next.AskAsync((state, now) => Questions.Get(state, Scene.Owner, now))).Value!.Places;
        Assert.Equal((Waiting, 0), (counts.Offered, counts.Waiting));
    }

    private static Requester Person(int number) => new($"person-{number}", $"person-{number}@example.com", false);
}
