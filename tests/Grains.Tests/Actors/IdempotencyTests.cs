using Seats.Grains.Abstractions;
using Seats.Grains.Actors;
using Seats.Grains.Journal;
using Seats.Grains.Seating;
using Seats.Grains.Tests.Seating;

namespace Seats.Grains.Tests.Actors;

/// <summary>At most one effect a command id, whatever happens in between.</summary>
public sealed class IdempotencyTests
{
    private static readonly Guid Id = new("0f8fad5b-d9cb-469f-a165-70867728950e");

    [Fact]
    public async Task SameCommand_Again_IsTheSameAnswerAndNoFact()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        var first = await Stage.HoldAsync(actor, Stage.Stamp(Scene.John, Id, 7), "1/5");
        var second = await Stage.HoldAsync(actor, Stage.Stamp(Scene.John, Id, 7), "1/5");
        Assert.Equal(Stage.Json(first with { Replayed = true }), Stage.Json(second));
        Assert.Equal(2, stage.Journal.Of(1).Count);
    }

    [Fact]
    public async Task SameId_WithAnotherBody_IsRefused()
    {
        var (_, actor) = await Stage.WithEventAsync();
        await Stage.HoldAsync(actor, Stage.Stamp(Scene.John, Id, 7), "1/5");
        Assert.Equal(RefusalStatus.CommandOtherBody, (await Stage.HoldAsync(actor, Stage.Stamp(Scene.John, Id, 8), "1/6")).Refusal?.Status);
    }

    [Fact]
    public async Task SameCommand_WhileTheFirstIsDecided_IsInFlight()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        stage.Journal.Hold();
        var first = Stage.HoldAsync(actor, Stage.Stamp(Scene.John, Id, 7), "1/5");
        Assert.Equal(RefusalStatus.CommandInFlight, (await Stage.HoldAsync(actor, Stage.Stamp(Scene.John, Id, 7), "1/5")).Refusal?.Status);
        stage.Journal.LetGo();
        Assert.Null((await first).Refusal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SameCommand_AfterARestart_IsTheSameAnswer(bool fromSnapshot)
    {
        var (stage, actor) = await Stage.WithEventAsync();
        stage.Time.Advance(TimeSpan.FromSeconds(3));
        var hold = await Stage.HoldAsync(actor, Stage.Stamp(Scene.John, Id, 7), "1/5", "1/6");
        var registered = await actor.SubmitAsync(Stage.Stamp(Scene.John, Other(1), 1), new Register(new Registration(1, null, true, true)), Decider.Decide);
        await actor.SubmitAsync(Stage.Stamp(Scene.John), new CancelInvitation(1, null), Decider.Decide);
        if (fromSnapshot) await stage.SnapshotAsync(actor);
        var entries = stage.Journal.Of(1).Count;
        stage.Time.Advance(TimeSpan.FromHours(1));
        var restarted = await stage.ActivateAsync();
        Assert.Equal(Stage.Json(hold with { Replayed = true }), Stage.Json(await Stage.HoldAsync(restarted, Stage.Stamp(Scene.John, Id, 7), "1/5", "1/6")));
        Assert.Equal(
            Stage.Json(registered with { Replayed = true }),
            Stage.Json(await restarted.SubmitAsync(Stage.Stamp(Scene.John, Other(1), 1), new Register(new Registration(1, null, true, true)), Decider.Decide)));
        Assert.Equal(RefusalStatus.CommandOtherBody, (await Stage.HoldAsync(restarted, Stage.Stamp(Scene.John, Id, 8), "1/5")).Refusal?.Status);
        Assert.Equal(entries, stage.Journal.Of(1).Count);
    }

    [Fact]
    public async Task KeyedRefusal_IsRememberedAcrossARestart_AndAnUnkeyedOneIsNot()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        await Stage.HoldAsync(actor, Stage.Stamp(Scene.John), "1/5");
        var refused = await Stage.HoldAsync(actor, Stage.Stamp(Scene.Jane, Id, 7, keyed: true), "1/5");
        await Stage.HoldAsync(actor, Stage.Stamp(Scene.Jane, Other(1), 7), "1/5");
        await actor.SubmitAsync(Stage.Stamp(Scene.John), new ReleaseSeats(null, null), Decider.Decide);
        var restarted = await stage.ActivateAsync();
        Assert.Equal(Stage.Json(refused with { Replayed = true }), Stage.Json(await Stage.HoldAsync(restarted, Stage.Stamp(Scene.Jane, Id, 7, keyed: true), "1/5")));
        Assert.Null((await Stage.HoldAsync(restarted, Stage.Stamp(Scene.Jane, Other(1), 7), "1/5")).Refusal);
    }

    [Fact]
    public async Task RefusedCreation_IsRememberedAcrossARestart()
    {
        var stage = new Stage();
        var actor = await stage.ActivateAsync();
        var stamp = Stage.Stamp(Scene.Owner, Id, 7, keyed: true);
        var refused = await actor.SubmitAsync(stamp, new CreateEvent(Scene.Settings with { Capacity = 0 }), Decider.Decide);
        var restarted = await stage.ActivateAsync();
        Assert.Equal(Stage.Json(refused with { Replayed = true }), Stage.Json(await restarted.SubmitAsync(stamp, new CreateEvent(Scene.Settings with { Capacity = 0 }), Decider.Decide)));
    }

    [Fact]
    public async Task Command_WhoseAnswerWasLost_IsObeyedOnce()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        stage.Journal.Failing = _ => new JournalUnavailableException("lost", notApplied: false);
        stage.Journal.WritesWhatItFails = true;
        await Assert.ThrowsAsync<EventUnavailableException>(() => Stage.HoldAsync(actor, Stage.Stamp(Scene.John, Id, 7), "1/5"));
        stage.Journal.Failing = null;
        var restarted = await stage.ActivateAsync();
        var retried = await Stage.HoldAsync(restarted, Stage.Stamp(Scene.John, Id, 7), "1/5");
        Assert.Equal((true, true, 2L), (retried.Replayed, retried.Made, retried.Version));
        Assert.Equal(2, stage.Journal.Of(1).Count);
    }

    [Fact]
    public void Refusals_AreRememberedForADay_AndOnlySoMany()
    {
        var refusals = new RememberedRefusals();
        for (var number = 1; number <= Limits.RefusalsRememberedAtMost + 1; number++) refusals.Add(new RememberedRefusal(Other(number), 0, 1, Scene.Start));
        Assert.Null(refusals.Find(Other(1)));
        Assert.NotNull(refusals.Find(Other(2)));
        refusals.Add(new RememberedRefusal(Other(0), 0, 1, Scene.Start.AddHours(Limits.CommandMemoryHours + 1)));
        Assert.Null(refusals.Find(Other(2)));
        Assert.NotNull(refusals.Find(Other(0)));
    }

    [Fact]
    public async Task ManyCommands_AreAllRemembered()
    {
        var memory = new CommandMemory();
        for (var number = 1; number <= 10_000; number++) memory.Add(Other(number), number, Scene.Start);
        var restored = CommandMemory.Decode(memory.Encode(Scene.Start));
        for (var number = 1; number <= 10_000; number++) Assert.Equal(number, restored.Find(Other(number)));
        Assert.Equal(0, restored.Find(Other(10_001)));
        Assert.Empty(CommandMemory.Decode(memory.Encode(Scene.Start.AddHours(26))).Encode(Scene.Start.AddHours(26)));
        await Task.CompletedTask;
    }

    private static Guid Other(int number) => new(number, 1, 2, [3, 4, 5, 6, 7, 8, 9, (byte)number]);
}
