using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Seats.Core;
using Seats.Core.Notifications;
using Seats.Core.Tests;
using Seats.Grains.Abstractions;
using Seats.Grains.Actors;
using Seats.Grains.Journal;
using Seats.Grains.Notifications;
using Seats.Grains.Tests.Actors;

namespace Seats.Grains.Tests.Grain;

/// <summary>The grains that only pass questions on: a question that waits holds up no other.</summary>
public sealed class StatelessGrainTests : IAsyncLifetime
{
    // More than there are activations on one silo: one a processor.
    private static readonly int Calls = Environment.ProcessorCount + 3;
    private InProcessTestCluster cluster = null!;

    public async Task InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            var meeting = new MeetingPlace(Calls);
            silo.Services.AddSingleton(TimeProvider.System);
            silo.Services.AddSingleton<IJournal>(new MemoryJournal());
            silo.Services.AddSingleton<IEventDirectory>(meeting);
            silo.Services.AddSingleton<INotificationDesk>(meeting);
            silo.Services.AddSingleton<IStoppedEvents>(meeting);
            silo.Services.AddSingleton<IClusterClocks>(meeting);
            silo.Services.AddSingleton(new ReadLimit(2 * Calls, 0));
        });
        cluster = builder.Build();
        await cluster.DeployAsync();
    }

    public async Task DisposeAsync() => await cluster.DisposeAsync();

    [Fact]
    public async Task Directory_ServesCallsSideBySide()
    {
        var directory = cluster.Client.GetGrain<IDirectoryGrain>(0);
        var query = new EventQuery(null, null, null, null, null, 10);
        Assert.All(await ManyAsync(() => directory.ListEvents(Scene.John, query)), page => Assert.Empty(page.Ids));
        Assert.All(await ManyAsync(() => directory.FindExisting([7])), found => Assert.Equal(7, Assert.Single(found)));
    }

    [Fact]
    public async Task Notifications_ServesCallsSideBySide()
    {
        var notifications = cluster.Client.GetGrain<INotificationsGrain>(0);
        var query = new NotificationQuery(null, null, null, null);
        Assert.All(await ManyAsync(() => notifications.List(query, 10)), Assert.Empty);
    }

    [Fact]
    public async Task Health_ServesCallsSideBySide()
    {
        var health = cluster.Client.GetGrain<IHealthGrain>(0);
        Assert.All(await ManyAsync(health.Check), Assert.Empty);
    }

    private static Task<T[]> ManyAsync<T>(Func<Task<T>> call) => Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => call()));

    /// <summary>Answers nobody before so many have asked.</summary>
    private sealed class MeetingPlace(int expected) : IEventDirectory, INotificationDesk, IStoppedEvents, IClusterClocks
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
        private readonly Lock gate = new();
        private TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int arrived;

        public async Task<IReadOnlyList<EventListing>> ListEventsAsync(EventFilter filter, CancellationToken cancellationToken)
        {
            await MeetAsync();
            return Array.Empty<EventListing>();
        }

        public async Task<IReadOnlyList<long>> FindExistingAsync(IReadOnlyList<long> eventIds, CancellationToken cancellationToken)
        {
            await MeetAsync();
            return eventIds;
        }

        public async Task<IReadOnlyList<NotificationView>> ListAsync(NotificationQuery query, int limit)
        {
            await MeetAsync();
            return Array.Empty<NotificationView>();
        }

        public async Task<IReadOnlyList<StoppedEvent>> OnAllSilosAsync()
        {
            await MeetAsync();
            return Array.Empty<StoppedEvent>();
        }

        public Task<string?> TroubleAsync() => Task.FromResult<string?>(null);

        public Task<IReadOnlyList<InvitationListing>> ListInvitationsAsync(InvitationFilter filter, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<PlannedEvents> CountPlannedAsync(string owner, DateTimeOffset now, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<DeadLetterView>> ListDeadLettersAsync(NotificationQuery query, int limit) =>
            throw new NotSupportedException();

        public Task<ReplayOutcome> ReplayAsync(long id) => throw new NotSupportedException();

        public Task<int> ReplayAllAsync(NotificationQuery query) => throw new NotSupportedException();

        public Task<bool> DiscardAsync(long id) => throw new NotSupportedException();

        public Task SetLanguageAsync(string personId, string locale, string? email) => throw new NotSupportedException();

        public Task<string?> UnsubscribeAsync(string token, bool confirm) => throw new NotSupportedException();

        public Task AskToVerifyAsync(IReadOnlyList<VerificationMail> mails) => throw new NotSupportedException();

        public bool IsVerificationToken(string token, string email) => throw new NotSupportedException();

        public Task<MailReport> ReportAsync() => throw new NotSupportedException();

        private Task MeetAsync()
        {
            lock (gate)
            {
                var meeting = all.Task.WaitAsync(Patience);
                if (++arrived < expected) return meeting;
                all.SetResult();
                (all, arrived) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), 0);
                return Task.CompletedTask;
            }
        }
    }
}
