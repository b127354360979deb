using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;
using Seats.Core;
using Seats.Core.Tests;
using Seats.Grains.Abstractions;
using Seats.Grains.Actors;
using Seats.Grains.Journal;
using Seats.Grains.Notifications;
using Seats.Grains.Tests.Actors;
using Seats.Grains.Tickets;

namespace Seats.Grains.Tests.Grain;

/// <summary>One silo for all tests of the grain: it takes longer to stop than they take.</summary>
public sealed class GrainCluster : IAsyncLifetime
{
    internal FakeTimeProvider Time { get; } = new(Scene.Start);

    internal MemoryJournal Journal { get; } = new();

    internal InProcessTestCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorage("snapshots").UseInMemoryReminderService();
            silo.Services.AddSingleton<TimeProvider>(Time);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.Services.AddSingleton<IJournal>(Journal);
            silo.Services.AddSingleton<ITicketOffice>(new Stage());
            silo.Services.AddSingleton<IInvitationLinks>(new Stage());
            silo.Services.AddSingleton<IRelay>(new Untold());
            silo.Services.AddSingleton<StoppedEvents>();
            silo.Services.AddSingleton<ITimeCheck, OwnTime>();
        });
        Cluster = builder.Build();
        await Cluster.DeployAsync();
    }

    public async Task DisposeAsync() => await Cluster.DisposeAsync();
}

/// <summary>The grain around the actor: its timer, its reminder, and coming back.</summary>
public sealed class EventGrainTests(GrainCluster shared) : IClassFixture<GrainCluster>, IAsyncLifetime
{
    private static long lastEvent;
    private readonly FakeTimeProvider time = shared.Time;
    private readonly MemoryJournal journal = shared.Journal;
    private readonly InProcessTestCluster cluster = shared.Cluster;
    private readonly long eventId = Interlocked.Increment(ref lastEvent);

    private IEventGrain Grain => cluster.Client.GetGrain<IEventGrain>(eventId);

    public async Task InitializeAsync() => Assert.Null((await Grain.Create(Stage.Stamp(Scene.Owner), Scene.Settings)).Refusal);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Hold_Lapses_ByTheGrainsOwnTimer()
    {
        await Grain.Hold(Stage.Stamp(Scene.John), PlaceWish.Named("1/5"));
        time.Advance(TimeSpan.FromMinutes(10));
        await EventuallyAsync(() => journal.Of(eventId)[^1].Kinds == "HoldsExpired");
    }

    [Fact]
    public async Task Event_Deactivated_ComesBackAsItWas()
    {
        var hold = await Grain.Hold(Stage.Stamp(Scene.John), PlaceWish.Named("1/5"));
        await cluster.DeactivateAsync(Grain);
        var holds = await Grain.ListHolds(Scene.John, 0, 10);
        Assert.Equal(Stage.Json(hold.Value), Stage.Json(Assert.Single(holds.Value!.Holds)));
        Assert.Equal(1, (await Grain.Get(Scene.John)).Value!.Places.Held);
    }

    [Fact]
    public async Task Reminder_WakesAnIdleEvent_AndEndsWhatIsDue()
    {
        await Grain.Hold(Stage.Stamp(Scene.John), PlaceWish.Named("1/5"));
        await cluster.DeactivateAsync(Grain);
        time.Advance(TimeSpan.FromMinutes(10));
        await Grain.AsReference<IRemindable>().ReceiveReminder("deadline", new TickStatus());
        Assert.Equal("HoldsExpired", journal.Of(eventId)[^1].Kinds);
    }

    [Fact]
    public async Task AnotherWriter_MakesTheActivationGiveUp_AndTheNextCallReplays()
    {
        await Grain.Get(Scene.John);
        var other = new Stage();
        var entry = new JournalEntry(2, time.GetUtcNow(), Guid.NewGuid(), 0, "EventPaused", FactCodec.Encode([new EventPaused("owner")]));
        journal.Of(eventId).Add(entry);
        await Assert.ThrowsAsync<EventUnavailableException>(() => Grain.Hold(Stage.Stamp(Scene.John), PlaceWish.Named("1/5")));
        await EventuallyAsync(async () => (await Grain.Hold(Stage.Stamp(Scene.John), PlaceWish.Named("1/5"))).Refusal?.Status == RefusalStatus.EventPaused);
        Assert.Empty(other.Deltas);
    }

    [Fact]
    public async Task Watcher_IsToldWhatIsDurable()
    {
        var watcher = new Watcher();
        var reference = cluster.Client.CreateObjectReference<IEventObserver>(watcher);
        var map = await Grain.Watch(reference);
        Assert.Equal(1, map!.Version);
        await Grain.Hold(Stage.Stamp(Scene.John), PlaceWish.Named("1/5"));
        await EventuallyAsync(() => watcher.Deltas.Count == 1);
        Assert.Equal((1L, 2L), (watcher.Deltas[0].FromVersion, watcher.Deltas[0].ToVersion));
        Assert.Equal(2, (await Grain.Renew(reference))!.ToVersion);
        await Grain.Unwatch(reference);
        Assert.Null(await Grain.Renew(reference));
    }

    [Fact]
    public async Task NeverCreated_Answered_LeavesNoActivation()
    {
        var nobody = cluster.Client.GetGrain<IEventGrain>(1_000_000 + eventId);
        var management = cluster.Client.GetGrain<IManagementGrain>(0);
        Assert.Equal(RefusalStatus.NotFound, (await nobody.Get(Scene.John)).Refusal!.Status);
        await EventuallyAsync(async () => await management.GetActivationAddress(nobody) is null);
        Assert.Equal(RefusalStatus.NotFound, (await nobody.Hold(Stage.Stamp(Scene.John), PlaceWish.Named("1/5"))).Refusal!.Status);
        await EventuallyAsync(async () => await management.GetActivationAddress(nobody) is null);
        Assert.Null(await nobody.Watch(cluster.Client.CreateObjectReference<IEventObserver>(new Watcher())));
        await EventuallyAsync(async () => await management.GetActivationAddress(nobody) is null);
        Assert.NotNull(await management.GetActivationAddress(Grain));
    }

    private static Task EventuallyAsync(Func<bool> condition) => EventuallyAsync(() => Task.FromResult(condition()));

    private static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            try
            {
                if (await condition()) return;
            }
            catch (EventUnavailableException) when (!patience.IsCancellationRequested)
            {
                // The activation is on its way out.
            }
            await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
        }
    }

    private sealed class Watcher : IEventObserver
    {
        public List<MapDelta> Deltas { get; } = [];

        public Task OnChanged(MapDelta delta)
        {
            Deltas.Add(delta);
            return Task.CompletedTask;
        }
    }
}

/// <summary>A relay that tells nobody.</summary>
internal sealed class Untold : IRelay
{
    public void Committed(long eventId, Audience audience)
    {
    }
}
