using Seats.Core;
using Seats.Core.Tests;
using Seats.Grains.Abstractions;

namespace Seats.Grains.Tests.Actors;

/// <summary>A clock that cannot be believed decides nothing.</summary>
public sealed class ClockTests
{
    private const string Trouble = "The clock is six hours ahead.";

    [Fact]
    public async Task Activation_WithAWrongClock_TakesNothingFromTheOneThatServes()
    {
        var (stage, serving) = await Stage.WithEventAsync();
        stage.TroubleFound = Trouble;
        var refused = await Assert.ThrowsAsync<EventUnavailableException>(stage.ActivateAsync);
        Assert.Equal((true, false, UnavailableReason.Clock), (refused.NotApplied, refused.Stopped, refused.Reason));
        (stage.TroubleFound, stage.Trouble) = (null, null);
        Assert.Null((await Stage.HoldAsync(serving, Stage.Stamp(Scene.John), "1/5")).Refusal);
    }

    [Fact]
    public async Task ClockThatIsSetWrong_EndsTheActivation_AndWritesNothing()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        await Stage.HoldAsync(actor, Stage.Stamp(Scene.John), "1/5");
        stage.Time.Advance(TimeSpan.FromDays(1));
        stage.Trouble = Trouble;
        await actor.OnDeadlineAsync();
        var command = await Assert.ThrowsAsync<EventUnavailableException>(() => Stage.HoldAsync(actor, Stage.Stamp(Scene.Jane), "1/6"));
        Assert.Equal((true, UnavailableReason.Clock, Trouble), (command.NotApplied, command.Reason, command.Message));
        var question = await Assert.ThrowsAsync<EventUnavailableException>(
            () => actor.AskAsync((state, now) => Questions.Get(state, Scene.John, now)));
        Assert.Equal(UnavailableReason.Clock, question.Reason);
        Assert.Equal(2, stage.Journal.Of(1).Count);
        Assert.Equal(1, stage.Drops);
    }

    [Fact]
    public async Task KeyedCommand_ThatMeetsAWrongClock_ClaimsNothingOfItsOutcome()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        stage.Trouble = Trouble;
        var stamp = Stage.Stamp(Scene.John, keyed: true);
        Assert.False((await Assert.ThrowsAsync<EventUnavailableException>(() => Stage.HoldAsync(actor, stamp, "1/5"))).NotApplied);
    }

    [Fact]
    public async Task EventThatAWrongClockWrote_StandsStill_UntilTheClockHasCaughtUp()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        // A program that did not look at the clock wrote this one, six hours ahead.
        stage.Time.AdjustTime(Scene.Start.AddHours(6));
        await Stage.HoldAsync(actor, Stage.Stamp(Scene.John), "1/5");
        stage.Time.AdjustTime(Scene.Start);
        var mended = await stage.ActivateAsync();
        var next = await Stage.HoldAsync(mended, Stage.Stamp(Scene.Jane), "1/6");
        // No version is older than the one before it, and no hold is shorter than it should be.
        Assert.Equal(Scene.Start.AddHours(6).AddMinutes(10), next.Value!.Until);
        stage.Time.AdjustTime(Scene.Start.AddHours(6).AddMinutes(10));
        await mended.OnDeadlineAsync();
        Assert.Equal("HoldsExpired", stage.Journal.Of(1)[^1].Kinds);
        Assert.Equal(stage.Journal.Of(1).Select(entry => entry.At).Order(), stage.Journal.Of(1).Select(entry => entry.At));
    }
}
