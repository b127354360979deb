using Seats.Core;
using Seats.Core.Tests;
using Seats.Grains.Abstractions;
using Seats.Grains.Actors;
using Seats.Grains.Journal;

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
    public async Task KeyedCommand_AfterARestart_IsTheSameReply_WithoutReadingTheJournalAgain(bool fromSnapshot)
    {
        var (stage, actor) = await Stage.WithEventAsync();
        stage.Time.Advance(TimeSpan.FromSeconds(3));
        var (stamp, register) = (Stage.Stamp(Scene.John, Id, 7, keyed: true), Stage.Stamp(Scene.John, Other(1), 1, keyed: true));
        var hold = await Stage.HoldAsync(actor, stamp, "1/5", "1/6");
        var registered = await actor.SubmitAsync(register, Registration, Decider.Decide);
        await actor.SubmitAsync(Stage.Stamp(Scene.John), new CancelInvitation(1, null), Decider.Decide);
        if (fromSnapshot) await stage.SnapshotAsync(actor);
        var entries = stage.Journal.Of(1).Count;
        stage.Time.Advance(TimeSpan.FromHours(1));
        var restarted = await stage.ActivateAsync();
        var read = stage.Journal.EntriesRead;
        Assert.Equal(Stage.Json(hold with { Replayed = true }), Stage.Json(await Stage.HoldAsync(restarted, stamp, "1/5", "1/6")));
        Assert.Equal(Stage.Json(registered with { Replayed = true }), Stage.Json(await restarted.SubmitAsync(register, Registration, Decider.Decide)));
        Assert.Equal(RefusalStatus.CommandOtherBody, (await Stage.HoldAsync(restarted, stamp with { BodyHash = 8 }, "1/5")).Refusal?.Status);
        Assert.Equal((entries, read), (stage.Journal.Of(1).Count, stage.Journal.EntriesRead));
    }

    [Fact]
    public async Task UnkeyedCommand_WhoseReplyWasLostWithItsSilo_GetsItFromTheNextActivation()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        var stamp = Stage.Stamp(Scene.John, Id, 7);
        var hold = await Stage.HoldAsync(actor, stamp, "1/5", "1/6");
        var restarted = await stage.ActivateAsync();
        Assert.Equal(Stage.Json(hold with { Replayed = true }), Stage.Json(await Stage.HoldAsync(restarted, stamp, "1/5", "1/6")));
        Assert.Equal(2, stage.Journal.Of(1).Count);
    }

    [Fact]
    public async Task UnkeyedCommand_WhoseReplyIsInNoMemory_IsNotObeyedAgain_AndItsOutcomeIsCalledUnknown()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        var stamp = Stage.Stamp(Scene.John, Id, 7);
        await Stage.HoldAsync(actor, stamp, "1/5");
        await stage.SnapshotAsync(actor);
        var restarted = await stage.ActivateAsync();
        var entries = stage.Journal.Of(1).Count;
        Assert.False((await Assert.ThrowsAsync<EventUnavailableException>(() => Stage.HoldAsync(restarted, stamp, "1/5"))).NotApplied);
        Assert.Equal(entries, stage.Journal.Of(1).Count);
    }

    [Fact]
    public async Task KeyedCommand_IsKnownForADay_HoweverManyCommandsWithoutAKeyCome()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        var stamp = Stage.Stamp(Scene.John, Id, 7, keyed: true);
        var hold = await Stage.HoldAsync(actor, stamp, "1/5");
        for (var round = 0; round < Limits.RecentRepliesAtMost; round++)
        {
            await Stage.HoldAsync(actor, Stage.Stamp(Scene.Jane), "2/1");
            await actor.SubmitAsync(Stage.Stamp(Scene.Jane), new ReleaseSeats(null, null), Decider.Decide);
        }
        Assert.Equal(Stage.Json(hold with { Replayed = true }), Stage.Json(await Stage.HoldAsync(actor, stamp, "1/5")));
    }

    [Fact]
    public async Task NewKeyedCommand_OfAnEventWithoutStoredReplies_AsksNobody()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        await Stage.HoldAsync(actor, Stage.Stamp(Scene.John, Id, 7, keyed: true), "1/5");
        await Stage.HoldAsync(actor, Stage.Stamp(Scene.Jane, Other(1), 7, keyed: true), "1/6");
        Assert.Equal(0, stage.Journal.Searches);
    }

    [Fact]
    public async Task SameKeyedCommand_SentTwiceWhileItIsLookedUp_IsObeyedOnce()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        await Stage.HoldAsync(actor, Stage.Stamp(Scene.John, Other(1), 7, keyed: true), "1/5");
        var restarted = await stage.ActivateAsync();
        var calls = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Stage.HoldAsync(restarted, Stage.Stamp(Scene.Jane, Id, 7, keyed: true), "1/6")));
        Assert.Equal(3, stage.Journal.Of(1).Count);
        Assert.All(calls, reply => Assert.True(reply.Refusal is null || reply.Refusal.Status == RefusalStatus.CommandInFlight));
        Assert.Contains(calls, reply => reply.Refusal is null);
    }

    [Fact]
    public async Task KeyedCommand_ThatCannotBeLookedUp_ClaimsNothingOfItsOutcome()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        var stamp = Stage.Stamp(Scene.John, Id, 7, keyed: true);
        await Stage.HoldAsync(actor, stamp, "1/5");
        var restarted = await stage.ActivateAsync();
        stage.Time.Advance(TimeSpan.FromMinutes(5));
        var again = await stage.ActivateAsync();
        stage.Journal.FailingSearch = new JournalUnavailableException("unavailable", notApplied: true);
        Assert.False((await Assert.ThrowsAsync<EventUnavailableException>(() => Stage.HoldAsync(again, stamp, "1/5"))).NotApplied);
        Assert.False((await Assert.ThrowsAsync<EventUnavailableException>(
            () => Stage.HoldAsync(restarted, Stage.Stamp(Scene.Jane, Other(1), 7, keyed: true), "1/6"))).NotApplied);
    }

    [Fact]
    public async Task KeyedCommand_ToAnActivationThatGaveUp_ClaimsNothingOfItsOutcome()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        var stamp = Stage.Stamp(Scene.John, Id, 7, keyed: true);
        await Stage.HoldAsync(actor, stamp, "1/5");
        await stage.ActivateAsync();
        await Assert.ThrowsAsync<EventUnavailableException>(() => Stage.HoldAsync(actor, Stage.Stamp(Scene.Jane), "1/6"));
        Assert.False((await Assert.ThrowsAsync<EventUnavailableException>(() => Stage.HoldAsync(actor, stamp, "1/5"))).NotApplied);
        Assert.True((await Assert.ThrowsAsync<EventUnavailableException>(() => Stage.HoldAsync(actor, Stage.Stamp(Scene.Jane), "1/6"))).NotApplied);
    }

    [Fact]
    public async Task NewKeyedCommand_WhoseSliceCertainlyDidNotLand_SaysSo()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        stage.Journal.Failing = _ => new JournalUnavailableException("unavailable", notApplied: true);
        var failure = await Assert.ThrowsAsync<EventUnavailableException>(() => Stage.HoldAsync(actor, Stage.Stamp(Scene.John, Id, 7, keyed: true), "1/5"));
        Assert.True(failure.NotApplied);
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
    public async Task KeyedRefusals_OfOnePerson_AreStoredUpToABudget_AndThoseOfOthersStillAre()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        await Stage.HoldAsync(actor, Stage.Stamp(Scene.Jim), "1/5");
        var rows = Limits.RefusalBytesInAnHourAtMost / 100;
        for (var number = 1; number <= rows; number++) await Stage.HoldAsync(actor, Stage.Stamp(Scene.John, Other(number), 7, keyed: true), "1/5");
        var stored = stage.Journal.Replies.Count;
        Assert.InRange(stored, 1_000, rows - 1);
        await Stage.HoldAsync(actor, Stage.Stamp(Scene.John, Other(rows + 1), 7, keyed: true), "1/5");
        Assert.Equal(stored, stage.Journal.Replies.Count);
        await Stage.HoldAsync(actor, Stage.Stamp(Scene.Jane, Other(rows + 2), 7, keyed: true), "1/5");
        Assert.Equal(stored + 1, stage.Journal.Replies.Count);
        stage.Time.Advance(TimeSpan.FromHours(1));
        await Stage.HoldAsync(actor, Stage.Stamp(Scene.John, Other(rows + 3), 7, keyed: true), "1/7");
        Assert.Equal(stored + 2, stage.Journal.Replies.Count);
    }

    [Fact]
    public async Task StatementOfAnEarlierActivation_ThatArrivesLate_DoesNothing()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        stage.Journal.Failing = _ => new JournalUnavailableException("lost", notApplied: false);
        await Assert.ThrowsAsync<EventUnavailableException>(() => Stage.HoldAsync(actor, Stage.Stamp(Scene.John, Id, 7, keyed: true), "1/5"));
        stage.Journal.Failing = null;
        var successor = await stage.ActivateAsync();
        // The successor answered under that very key, on the state without the hold; then the statement arrives.
        await Stage.HoldAsync(successor, Stage.Stamp(Scene.Owner, Other(1), 1), "1/6");
        Assert.Equal(AppendOutcome.Conflict, stage.Journal.Land(stage.Journal.Failed[0] with { ExpectedVersion = 2 }));
        Assert.Equal(AppendOutcome.Conflict, stage.Journal.Land(stage.Journal.Failed[0]));
        Assert.Null((await Stage.HoldAsync(successor, Stage.Stamp(Scene.John, Id, 7, keyed: true), "1/5")).Refusal);
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
    public void ManyCommands_AreAllRemembered_ForMinutes()
    {
        var memory = new CommandMemory();
        for (var number = 1; number <= 10_000; number++) memory.Add(Other(number), number, Scene.Start);
        var restored = CommandMemory.Decode(memory.Encode(Scene.Start));
        for (var number = 1; number <= 10_000; number++) Assert.Equal(number, restored.Find(Other(number)));
        Assert.Equal(0, restored.Find(Other(10_001)));
        Assert.Empty(memory.Encode(Scene.Start.AddMinutes(Limits.CommandRetryMinutes + 2)));
    }

    private static Register Registration => new(new Registration(1, null, true, true));

    private static Guid Other(int number) => new(number, 1, 2, [3, 4, 5, 6, 7, 8, 9, (byte)number]);
}
