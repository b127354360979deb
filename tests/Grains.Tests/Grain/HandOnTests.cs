using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Seats.Core;
using Seats.Core.Tests;
using Seats.Grains.Abstractions;
using Seats.Grains.Actors;
using Seats.Grains.Journal;
using Seats.Grains.Notifications;
using Seats.Grains.Tests.Actors;
using Seats.Grains.Tickets;
using Seats.Testing;

namespace Seats.Grains.Tests.Grain;

/// <summary>Silos of which one cannot serve events: they go to the others.</summary>
public sealed class HandOnTests : IAsyncLifetime
{
    private readonly MemoryJournal journal = new();
    private readonly ConcurrentDictionary<SiloAddress, bool> wrong = [];
    private readonly ConcurrentDictionary<long, SiloAddress> servedBy = [];
    private InProcessTestCluster cluster = null!;

    public async Task InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(3);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorage("snapshots").UseInMemoryReminderService();
            silo.Services.AddSingleton(TimeProvider.System);
            silo.Services.AddSingleton<IJournal>(journal);
            silo.Services.AddSingleton<ITicketOffice>(new Stage());
            silo.Services.AddSingleton<IInvitationLinks>(new Stage());
            silo.Services.AddSingleton<IRelay>(
                provider => new Noted(servedBy, () => provider.GetRequiredService<ILocalSiloDetails>().SiloAddress));
            silo.Services.AddSingleton<StoppedEvents>();
            silo.Services.AddSingleton<ITimeCheck>(
                provider => new Check(() => wrong.ContainsKey(provider.GetRequiredService<ILocalSiloDetails>().SiloAddress)));
        });
        cluster = builder.Build();
        await cluster.DeployAsync();
    }

    public async Task DisposeAsync() => await cluster.DisposeAsync();

    [Fact]
    public async Task EventsOnSilosWhoseClockIsWrong_GoToTheOneWhoseClockIsRight()
    {
        var right = cluster.Silos[2];
        Assert.Equal(3, cluster.Silos.Select(silo => silo.SiloAddress).Distinct().Count());
        foreach (var silo in cluster.Silos.Take(2)) wrong[silo.SiloAddress] = true;
        foreach (var eventId in Enumerable.Range(1, 6))
        {
            var grain = cluster.Client.GetGrain<IEventGrain>(eventId);
            await ServedAsync(() => grain.Create(Stage.Stamp(Scene.Owner), Scene.Settings));
            await ServedAsync(() => grain.Register(Stage.Stamp(Scene.John), new Registration(null, PlaceWish.Any(1), true, false)));
            Assert.Equal(right.SiloAddress, servedBy[eventId]);
        }
    }

    [Fact]
    public async Task EventThatNoSiloCanServe_SaysSo_AndIsServedAsSoonAsOneCan()
    {
        foreach (var silo in cluster.Silos) wrong[silo.SiloAddress] = true;
        var grain = cluster.Client.GetGrain<IEventGrain>(77);
        var refused = await Assert.ThrowsAsync<EventUnavailableException>(() => grain.Create(Stage.Stamp(Scene.Owner), Scene.Settings));
        Assert.Equal(UnavailableReason.Clock, refused.Reason);
        wrong.Clear();
        await ServedAsync(() => grain.Create(Stage.Stamp(Scene.Owner), Scene.Settings));
    }

    private static Task ServedAsync(Func<Task> call) => Eventually.TrueAsync(async () =>
    {
        try
        {
            await call();
            return true;
        }
        catch (EventUnavailableException)
        {
            return false;
        }
    }, TimeSpan.FromSeconds(20));

    /// <summary>Notes which silo an event was served by last.</summary>
    private sealed class Noted(ConcurrentDictionary<long, SiloAddress> servedBy, Func<SiloAddress> here) : IRelay
    {
        public void Committed(long eventId, Audience audience) => servedBy[eventId] = here();
    }

    private sealed class Check(Func<bool> isWrong) : ITimeCheck
    {
        public string? Trouble => isWrong() ? "The clock is wrong." : null;

        public Task CompareAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
