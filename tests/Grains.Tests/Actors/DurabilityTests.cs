using Seats.Core;
using Seats.Core.Tests;
using Seats.Grains.Abstractions;
using Seats.Grains.Journal;

namespace Seats.Grains.Tests.Actors;

/// <summary>Nothing leaves before the facts it rests on are durable.</summary>
public sealed class DurabilityTests
{
    [Fact]
    public async Task Acceptance_WaitsForItsSlice()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        stage.Journal.Hold();
        var hold = Stage.HoldAsync(actor, Stage.Stamp(Scene.John), "1/5");
        Assert.False(hold.IsCompleted);
        stage.Journal.LetGo();
        Assert.Equal(2, (await hold).Version);
    }

    [Fact]
    public async Task Refusal_WaitsForTheStateItRestsOn_AndFailsWithIt()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        stage.Journal.Hold();
        stage.Journal.Failing = _ => new JournalUnavailableException("away", notApplied: false);
        var hold = Stage.HoldAsync(actor, Stage.Stamp(Scene.John), "1/5");
        var refused = Stage.HoldAsync(actor, Stage.Stamp(Scene.Jane), "1/5");
        Assert.False(refused.IsCompleted);
        stage.Journal.LetGo();
        Assert.False((await Assert.ThrowsAsync<EventUnavailableException>(() => hold)).NotApplied);
        Assert.True((await Assert.ThrowsAsync<EventUnavailableException>(() => refused)).NotApplied);
    }

    [Fact]
    public async Task Calls_MadeWhileASliceIsInFlight_ShareTheNext()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        stage.Journal.Hold();
        var holds = Enumerable.Range(1, 9).Select(seat => Stage.HoldAsync(actor, Stage.Stamp(Scene.John), $"1/{seat}")).ToArray();
        stage.Journal.LetGo();
        await Task.WhenAll(holds);
        Assert.Equal([1, 1, 8], stage.Journal.Appended.Select(slice => slice.Entries.Count));
    }

    [Fact]
    public async Task StaleActivation_AnswersNothing()
    {
        var (stage, stale) = await Stage.WithEventAsync();
        var current = await stage.ActivateAsync();
        await Stage.HoldAsync(current, Stage.Stamp(Scene.John), "1/5");
        await Assert.ThrowsAsync<EventUnavailableException>(() => stale.AskAsync((state, now) => Questions.Get(state, Scene.Owner, now)));
        await Assert.ThrowsAsync<EventUnavailableException>(() => Stage.HoldAsync(stale, Stage.Stamp(Scene.Jane), "1/5"));
        Assert.Equal(1, stage.Drops);
        Assert.Equal(RefusalStatus.SeatsTaken, (await Stage.HoldAsync(current, Stage.Stamp(Scene.Jane), "1/5")).Refusal?.Status);
    }

    [Fact]
    public async Task Conflict_FailsEveryWaiter_AndNothingOfItIsWritten()
    {
        var (stage, stale) = await Stage.WithEventAsync();
        var current = await stage.ActivateAsync();
        await Stage.HoldAsync(current, Stage.Stamp(Scene.John), "1/5");
        stage.Journal.Hold();
        var calls = Enumerable.Range(6, 4).Select(seat => Stage.HoldAsync(stale, Stage.Stamp(Scene.Jane), $"1/{seat}")).ToArray();
        stage.Journal.LetGo();
        foreach (var call in calls) await Assert.ThrowsAsync<EventUnavailableException>(() => call);
        Assert.Equal(2, stage.Journal.Of(1).Count);
    }

    [Fact]
    public async Task Deltas_FollowCommits_WithoutGaps()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        var map = (await actor.MapAsync())!;
        await Stage.HoldAsync(actor, Stage.Stamp(Scene.John), "1/5");
        await actor.SubmitAsync(Stage.Stamp(Scene.John), new ReleaseSeats(null, null), Decider.Decide);
        var later = stage.Deltas.Where(delta => delta.ToVersion > map.Version).ToArray();
        Assert.Equal([(1L, 2L), (2L, 3L)], later.Select(delta => (delta.FromVersion, delta.ToVersion)));
        Assert.Equal(["H", "F"], later.Select(delta => System.Text.Encoding.ASCII.GetString(delta.States)));
    }

    [Fact]
    public async Task Deadline_EndsHoldsByAFact_WithoutAnyCall()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        await Stage.HoldAsync(actor, Stage.Stamp(Scene.John), "1/5");
        Assert.Equal(Scene.Start.AddMinutes(10), actor.NextDeadline);
        stage.Time.Advance(TimeSpan.FromMinutes(10));
        await actor.OnDeadlineAsync();
        Assert.Equal("HoldsExpired", stage.Journal.Of(1)[^1].Kinds);
        Assert.Equal(Scene.Settings.StartsAt!.Value.AddHours(-1), actor.NextDeadline);
    }

    [Fact]
    public async Task DamagedFact_StopsThisEventAlone_AndSaysWhere()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        await Stage.HoldAsync(actor, Stage.Stamp(Scene.John), "1/5");
        var last = stage.Journal.Of(1)[^1];
        stage.Journal.Of(1)[^1] = last with { Facts = """[{"hold":7}]"""u8.ToArray() };
        var stopped = await Assert.ThrowsAsync<EventUnavailableException>(stage.ActivateAsync);
        Assert.Equal((true, UnavailableReason.Passing), (stopped.Stopped, stopped.Reason));
        Assert.Contains("stopped at version 2:", stage.Stopped.All[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gap_InTheJournal_StopsTheEvent()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        for (var seat = 1; seat <= 3; seat++) await Stage.HoldAsync(actor, Stage.Stamp(Scene.John), $"1/{seat}");
        stage.Journal.Of(1).RemoveAt(2);
        await Assert.ThrowsAsync<EventUnavailableException>(stage.ActivateAsync);
        Assert.Contains("gap", stage.Stopped.All[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingEnd_OfTheJournal_StopsTheEvent()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        await Stage.HoldAsync(actor, Stage.Stamp(Scene.John), "1/5");
        stage.Journal.Head = 3;
        await Assert.ThrowsAsync<EventUnavailableException>(stage.ActivateAsync);
        Assert.Contains("stopped at version 3:", stage.Stopped.All[1], StringComparison.Ordinal);
        stage.Journal.Head = null;
        await stage.ActivateAsync();
        Assert.Empty(stage.Stopped.All);
    }

    [Fact]
    public async Task SmallJournal_IsReadWhole_SoThatADamagedEntryIsFound()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        await Stage.HoldAsync(actor, Stage.Stamp(Scene.John), "1/5");
        await Stage.HoldAsync(actor, Stage.Stamp(Scene.John), "1/6");
        await actor.StopAsync();
        stage.Journal.Of(1)[1] = stage.Journal.Of(1)[1] with { Facts = "[{"u8.ToArray() };
        await Assert.ThrowsAsync<EventUnavailableException>(stage.ActivateAsync);
        Assert.Contains("stopped at version 2:", stage.Stopped.All[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommitThatFailsUnexpectedly_LeavesNobodyWaiting_AndTheNextActivationServes()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        stage.FailingHost = new InvalidOperationException("A defect.");
        stage.Journal.Hold();
        var calls = Enumerable.Range(1, 3).Select(seat => Stage.HoldAsync(actor, Stage.Stamp(Scene.John), $"1/{seat}")).ToArray();
        stage.Journal.LetGo();
        Assert.False((await Assert.ThrowsAsync<EventUnavailableException>(() => calls[0])).NotApplied);
        foreach (var call in calls[1..]) await Assert.ThrowsAsync<EventUnavailableException>(() => call);
        Assert.Equal(1, stage.Drops);
        await actor.StopAsync();
        stage.FailingHost = null;
        var next = await stage.ActivateAsync();
        Assert.Equal(1, (await next.AskAsync((state, now) => Questions.Get(state, Scene.Owner, now))).Value!.Places.Held);
    }

    [Fact]
    public async Task HostThatFailsWhenTheActorGivesUp_LeavesNobodyWaiting()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        stage.FailingDrop = new InvalidOperationException("A defect.");
        stage.Journal.Hold();
        stage.Journal.Failing = _ => new JournalUnavailableException("away", notApplied: true);
        var calls = Enumerable.Range(1, 3).Select(seat => Stage.HoldAsync(actor, Stage.Stamp(Scene.John), $"1/{seat}")).ToArray();
        stage.Journal.LetGo();
        foreach (var call in calls)
            Assert.True((await Assert.ThrowsAsync<EventUnavailableException>(() => call.WaitAsync(TimeSpan.FromSeconds(20)))).NotApplied);
        await actor.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task SnapshotOfAnotherJournal_IsNotBelieved()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        await stage.SnapshotAsync(actor);
        stage.Journal.Of(1).RemoveRange(1, stage.Journal.Of(1).Count - 1);
        var restored = await stage.ActivateAsync();
        Assert.Equal(1, restored.CommittedVersion);
        Assert.Null((await Stage.HoldAsync(restored, Stage.Stamp(Scene.John), "1/5")).Refusal);
    }

    [Fact]
    public async Task EventThatWasNeverCreated_IsNotFound_UntilItIs()
    {
        var stage = new Stage();
        var actor = await stage.ActivateAsync();
        Assert.Equal(RefusalStatus.NotFound, (await actor.AskAsync((state, now) => Questions.Get(state, Scene.John, now))).Refusal?.Status);
        Assert.Equal(RefusalStatus.NotFound, (await Stage.HoldAsync(actor, Stage.Stamp(Scene.John, keyed: true), "1/5")).Refusal?.Status);
        Assert.Empty(stage.Journal.Of(1));
        var other = await stage.ActivateAsync();
        await other.SubmitAsync(Stage.Stamp(Scene.Owner), new CreateEvent(Scene.Settings), Decider.Decide);
        await Assert.ThrowsAsync<EventUnavailableException>(() => actor.AskAsync((state, now) => Questions.Get(state, Scene.John, now)));
    }
}
