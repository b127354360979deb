using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Seats.Core;
using Seats.Core.Tests;
using Seats.Grains.Abstractions;
using Seats.Grains.Actors;
using Seats.Grains.Tickets;

namespace Seats.Grains.Tests.Actors;

/// <summary>Actors of one event over one journal, on a clock the test moves.</summary>
internal sealed class Stage : ITicketOffice, IInvitationLinks, ISnapshots, IActorHost, ITimeCheck
{
    private byte[]? snapshot;

    /// <summary>The snapshot as it is kept.</summary>
    public byte[]? Kept
    {
        get => snapshot;
        set => snapshot = value;
    }

    public MemoryJournal Journal { get; } = new();

    public FakeTimeProvider Time { get; } = new(Scene.Start);

    public StoppedEvents Stopped { get; } = new();

    public List<MapDelta> Deltas { get; } = [];

    public int Drops { get; private set; }

    /// <summary>What the host throws when it is told of a commit; null for nothing.</summary>
    public Exception? FailingHost { get; set; }

    /// <summary>What the host throws when it is told that the actor gives up; null for nothing.</summary>
    public Exception? FailingDrop { get; set; }

    public static async Task<(Stage Stage, EventActor Actor)> WithEventAsync(int capacity = 20)
    {
        var stage = new Stage();
        var actor = await stage.ActivateAsync();
        var created = await actor.SubmitAsync(Stamp(Scene.Owner), new CreateEvent(Scene.Settings with { Capacity = capacity }), Decider.Decide);
        Assert.Null(created.Refusal);
        return (stage, actor);
    }

    public async Task<EventActor> ActivateAsync()
    {
        var actor = new EventActor(1, new ActorPorts(Journal, this, this, Time, this, Stopped, NullLogger.Instance), this);
        await actor.ActivateAsync(CancellationToken.None);
        return actor;
    }

    public string TokenOf(long eventId, int invitation) => $"{eventId}.{invitation}";

    public int? Read(string token, long eventId) => token.Split('.') is [var named, var number] && named == $"{eventId}" ? int.Parse(number, null) : null;

    public static CommandStamp Stamp(Requester by, Guid? id = null, long body = 0, bool keyed = false) => new(id ?? Guid.NewGuid(), body, keyed, by);

    public static Task<Reply<HoldView>> HoldAsync(EventActor actor, CommandStamp stamp, params string[] seats) =>
        actor.SubmitAsync(stamp, new HoldSeats(PlaceWish.Named(seats)), Decider.Decide);

    /// <summary>As much as makes a snapshot worth its while, and an end that takes one.</summary>
    public async Task SnapshotAsync(EventActor actor)
    {
        for (var round = 0; round < 1_000; round++)
        {
            await HoldAsync(actor, Stamp(Scene.Jane), "2/1");
            await actor.SubmitAsync(Stamp(Scene.Jane), new ReleaseSeats(null, null), Decider.Decide);
        }
        await actor.StopAsync();
        Assert.NotNull(snapshot);
    }

    public static string Json<T>(T value) => JsonSerializer.Serialize(value);

    public string Issue(long eventId, int invitation) => $"ticket-{invitation}";

    public TicketKey PublicKey => new("", "", "");

    public bool TryRead(string code, out long eventId, out int invitation)
    {
        eventId = 1;
        return int.TryParse(code.AsSpan(7), out invitation);
    }

    /// <summary>What is wrong with the clock; null for nothing.</summary>
    public string? Trouble { get; set; }

    /// <summary>What comparing it will find; null for what it says now.</summary>
    public string? TroubleFound { get; set; }

    public Task CompareAsync(CancellationToken cancellationToken)
    {
        Trouble = TroubleFound ?? Trouble;
        return Task.CompletedTask;
    }

    /// <summary>Snapshots written.</summary>
    public int Snapshots { get; private set; }

    public Task<byte[]?> ReadAsync() => Task.FromResult(snapshot);

    public Task WriteAsync(byte[] bytes)
    {
        snapshot = bytes;
        Snapshots++;
        return Task.CompletedTask;
    }

    public void Committed(MapDelta delta, Audience notifies)
    {
        if (FailingHost is { } failure) throw failure;
        Deltas.Add(delta);
    }

    public void Dropped()
    {
        Drops++;
        if (FailingDrop is { } failure) throw failure;
    }
}
