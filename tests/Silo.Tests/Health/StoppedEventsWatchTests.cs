using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Seats.Core;
using Seats.Grains.Abstractions;
using Seats.Grains.Actors;
using Seats.Grains.Journal;
using Seats.Silo.Health;
using Seats.Silo.Tests.Journal;

namespace Seats.Silo.Tests.Health;

/// <summary>What a silo lists as stopped, once the event was mended.</summary>
public sealed class StoppedEventsWatchTests
{
    public static TheoryData<string> Stores() => JournalUnderTest.Stores();

    [Theory, MemberData(nameof(Stores))]
    public async Task EventThatAnotherActivationTookOver_IsNotListedHereAnyMore(string store)
    {
        await using var opened = await JournalUnderTest.OpenAsync(store);
        var (mended, broken) = (await opened.NewEventAsync(), await opened.NewEventAsync());
        var stopped = new StoppedEvents();
        await StopAsync(opened.Journal, stopped, mended);
        await StopAsync(opened.Journal, stopped, broken);
        var watch = new StoppedEventsWatch(
            stopped, opened.Database, Calls.To(_ => { }), new FakeTimeProvider(), NullLogger<StoppedEventsWatch>.Instance);
        await watch.LookAsync();
        Assert.Equal([mended, broken], stopped.All.Keys.Order());
        // Another silo serves it now.
        await opened.Journal.TakeOverAsync(mended, CancellationToken.None);
        await watch.LookAsync();
        Assert.Equal([broken], stopped.All.Keys);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task EventThatNobodyCalls_IsTriedAtGrowingDistance_AndLeavesTheListOnceItServes(string store)
    {
        await using var opened = await JournalUnderTest.OpenAsync(store);
        var id = await opened.NewEventAsync();
        var (stopped, time, asked) = (new StoppedEvents(), new FakeTimeProvider(), new List<long>());
        await StopAsync(opened.Journal, stopped, id);
        var watch = new StoppedEventsWatch(stopped, opened.Database, Calls.To(asked.Add), time, NullLogger<StoppedEventsWatch>.Instance);
        await AfterAsync(9);
        Assert.Empty(asked);
        await AfterAsync(2);
        Assert.Equal([id], asked);
        await AfterAsync(11);
        Assert.Single(asked);
        await AfterAsync(11);
        Assert.Equal([id, id], asked);
        // As an activation does that can read the journal again.
        await opened.Journal.TakeOverAsync(id, CancellationToken.None);
        await AfterAsync(5);
        Assert.Empty(stopped.All);

        async Task AfterAsync(int seconds)
        {
            await watch.LookAsync();
            time.Advance(TimeSpan.FromSeconds(seconds));
            await watch.LookAsync();
        }
    }

    /// <summary>An activation that finds an entry it does not believe.</summary>
    private static async Task StopAsync(IJournal journal, StoppedEvents stopped, long eventId)
    {
        var head = await journal.TakeOverAsync(eventId, CancellationToken.None);
        stopped.Add(eventId, head!.Epoch, "stopped at version 1");
    }

    /// <summary>Notes which events are called, and fails each call as a stopped event does.</summary>
    internal class Calls : DispatchProxy
    {
        private Action<long> note = null!;
        private long? eventId;

        public static IGrainFactory To(Action<long> note)
        {
            var factory = Create<IGrainFactory, Calls>();
            ((Calls)(object)factory).note = note;
            return factory;
        }

        protected override object? Invoke(MethodInfo? method, object?[]? arguments)
        {
            if (eventId is { } called)
            {
                note(called);
                return Task.FromException<Reply<EventView>>(new EventUnavailableException("stopped", notApplied: true, stopped: true));
            }
            var grain = Create<IEventGrain, Calls>();
            (((Calls)(object)grain).note, ((Calls)(object)grain).eventId) = (note, (long)arguments![0]!);
            return grain;
        }
    }
}
