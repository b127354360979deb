using System.Text;
using Seats.Core;
using Seats.Core.Tests;
using Seats.Grains.Abstractions;

namespace Seats.Grains.Tests.Actors;

/// <summary>An activation that meets what another program wrote.</summary>
public sealed class UpgradeTests
{
    public static TheoryData<string, string> Newer() => new()
    {
        { """[{"fact":"SeatsTeleported","hold":7}]""", "the fact SeatsTeleported" },
        { """[{"fact":"HoldsExpired","holds":[1],"because":"of the tide"}]""", "the member HoldsExpired.because" },
    };

    [Theory, MemberData(nameof(Newer))]
    public async Task FactOfANewerProgram_IsLeftToIt_AndNothingIsThrownAway(string facts, string unknown)
    {
        var (stage, actor) = await Stage.WithEventAsync();
        await stage.SnapshotAsync(actor);
        var serving = await stage.ActivateAsync();
        await Stage.HoldAsync(serving, Stage.Stamp(Scene.John), "1/5");
        var (snapshot, last) = (stage.Kept, stage.Journal.Of(1)[^1]);
        stage.Journal.Of(1)[^1] = last with { Facts = Encoding.UTF8.GetBytes(facts) };

        var left = await Assert.ThrowsAsync<EventUnavailableException>(stage.ActivateAsync);
        Assert.Equal((true, false, UnavailableReason.NewerProgram), (left.NotApplied, left.Stopped, left.Reason));
        Assert.Contains($"version {last.Version}: It has {unknown}", left.Message, StringComparison.Ordinal);
        Assert.Empty(stage.Stopped.All);
        Assert.Same(snapshot, stage.Kept);

        // As the program that knows it reads it.
        stage.Journal.Of(1)[^1] = last;
        var upgraded = await stage.ActivateAsync();
        Assert.Equal(1, (await upgraded.AskAsync((state, now) => Questions.Get(state, Scene.Owner, now))).Value!.Places.Held);
    }

    [Fact]
    public async Task SnapshotOfAnotherProgram_IsPutBack_WhereALongReplayEndsAtAFactOfIt()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        await HoldAndReleaseAsync(actor, 20);
        var theirs = stage.Kept = [7, 0, 0, 0, 1, 2, 3];
        stage.Journal.Of(1)[^1] = stage.Journal.Of(1)[^1] with { Facts = """[{"fact":"SeatsTeleported"}]"""u8.ToArray() };
        stage.Journal.Reading = _ => stage.Time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<EventUnavailableException>(stage.ActivateAsync);
        Assert.True(stage.Snapshots > 1);
        Assert.Same(theirs, stage.Kept);
    }

    [Fact]
    public async Task ReplayThatIsCutShort_IsGoneOnWith_AndNotBegunAgain()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        await HoldAndReleaseAsync(actor, 20);
        // A snapshot of a format that this program does not read: everything has to be replayed, and that takes longer than it may.
        stage.Kept = [7, 0, 0, 0, 1, 2, 3];
        var entries = stage.Journal.Of(1).Count;
        var (read, tries) = (0, 0);
        stage.Journal.Reading = _ =>
        {
            stage.Time.Advance(TimeSpan.FromSeconds(1));
            if (++read % 12 == 0) throw new OperationCanceledException("An activation may not take longer.");
        };
        while (true)
        {
            Assert.InRange(++tries, 1, 10);
            try
            {
                var served = await stage.ActivateAsync();
                Assert.Equal(entries, served.CommittedVersion);
                Assert.Equal(0, (await served.AskAsync((state, now) => Questions.Get(state, Scene.Owner, now))).Value!.Places.Held);
                return;
            }
            catch (OperationCanceledException)
            {
                // The next try goes on.
            }
        }
    }

    [Fact]
    public async Task SnapshotOfAReplayOnTheWay_IsDropped_WhereTheJournalTurnsOutToBeDamaged()
    {
        var (stage, actor) = await Stage.WithEventAsync();
        await HoldAndReleaseAsync(actor, 20);
        stage.Journal.Of(1)[^1] = stage.Journal.Of(1)[^1] with { Facts = """[{"hold":7}]"""u8.ToArray() };
        stage.Journal.Reading = _ => stage.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await Assert.ThrowsAsync<EventUnavailableException>(stage.ActivateAsync)).Stopped);
        Assert.True(stage.Snapshots > 1);
        Assert.Empty(stage.Kept!);
    }

    private static async Task HoldAndReleaseAsync(Seats.Grains.Actors.EventActor actor, int times)
    {
        for (var round = 0; round < times; round++)
        {
            await Stage.HoldAsync(actor, Stage.Stamp(Scene.Jane), "2/1");
            await actor.SubmitAsync(Stage.Stamp(Scene.Jane), new ReleaseSeats(null, null), Decider.Decide);
        }
    }
}
