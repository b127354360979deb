using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Seats.Core;
using Seats.Grains.Abstractions;
using Seats.Grains.Actors;
using Seats.Grains.Journal;
using Seats.Grains.Notifications;
using Seats.Grains.Tickets;
using Seats.Grains.Watching;

namespace Seats.Grains;

/// <summary>The Orleans side of an event: routes calls to its actor, keeps its one timer and its reminder, and tells watchers what is durable.</summary>
[CollectionAgeLimit(Minutes = 15)]
public sealed partial class EventGrain(
    [FromKeyedServices("snapshots")] IGrainStorage storage,
    IJournal journal,
    ITicketOffice tickets,
    IInvitationLinks links,
    StoppedEvents stopped,
    IRelay relay,
    TimeProvider time,
    ITimeCheck check,
    ISiloStatusOracle silos,
    ILogger<EventGrain> logger) : Grain, IEventGrain, IActorHost, ISnapshots
{
    private const string SnapshotName = "event-snapshot";
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private readonly GrainState<StoredSnapshot> snapshot = new(new StoredSnapshot());
    private EventActor actor = null!;
    private Watchers watchers = null!;
    private bool serves;

    private long EventId => this.GetPrimaryKeyLong();

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        watchers = new Watchers(time, logger);
        actor = new EventActor(EventId, new ActorPorts(journal, tickets, this, time, check, stopped, logger), this);
        try
        {
            await actor.ActivateAsync(cancellationToken);
        }
        catch (EventUnavailableException failure)
        {
            MakeWay(failure.Reason);
            return;
        }
        tried = [];
        serves = true;
        KeepTime();
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => actor.StopAsync();

    void IActorHost.Committed(MapDelta delta, Audience notifies)
    {
        watchers.Tell(delta);
        if (notifies != Audience.Nobody) relay.Committed(EventId, notifies);
    }

    void IActorHost.Dropped()
    {
        if (serves) DeactivateOnIdle();
    }

    async Task<byte[]?> ISnapshots.ReadAsync()
    {
        await storage.ReadStateAsync(SnapshotName, this.GetGrainId(), snapshot);
        return snapshot.State?.Bytes is { Length: > 0 } bytes ? bytes : null;
    }

    Task ISnapshots.WriteAsync(byte[] bytes)
    {
        snapshot.State = new StoredSnapshot { Bytes = bytes };
        return storage.WriteStateAsync(SnapshotName, this.GetGrainId(), snapshot);
    }

    private async Task<Reply<T>> Submit<TCommand, T>(CommandStamp stamp, TCommand command, Decide<TCommand, T> decide)
        where T : class
    {
        var reply = actor.SubmitAsync(stamp, command, decide);
        KeepTime();
        return await AnsweredAsync(reply);
    }

    private async Task<Reply<T>> Ask<T>(Func<EventState, DateTimeOffset, Decision<T>> question)
        where T : class
    {
        var reply = actor.AskAsync(question);
        KeepTime();
        return await AnsweredAsync(reply);
    }
}
