using System.Text.Json;
using Orleans.Streams;
using Seats.Core.Notifications;

namespace Seats.Silo.Notifications;

/// <summary>One machine: straight into the ledger, which is as safe as the journal. Each urgency has its own room there.</summary>
internal sealed class LedgerOutlet(Ledger ledger, Intake intake, Mailer mailer, NotificationMetrics metrics) : INotificationOutlet
{
    public async Task<IReadOnlyList<Notification>> PublishAsync(IReadOnlyList<Notification> notifications, CancellationToken stop)
    {
        var room = await intake.RoomAsync();
        var (taken, rest) = (new List<Notification>(notifications.Count), new List<Notification>());
        foreach (var notification in notifications) (room.Has(notification.Kind.Urgency()) ? taken : rest).Add(notification);
        if (taken.Count == 0) return rest;
        await ledger.EnqueueAsync(taken);
        metrics.Published(taken.Count);
        mailer.Wake();
        return rest;
    }
}

/// <summary>Through Kafka: the stream of an event on the topic of each kind. Returns when the brokers have it.</summary>
internal sealed class StreamOutlet(IServiceProvider services, NotificationMetrics metrics) : INotificationOutlet
{
    /// <summary>Name of the stream provider.</summary>
    public const string Provider = "kafka";

    public async Task<IReadOnlyList<Notification>> PublishAsync(IReadOnlyList<Notification> notifications, CancellationToken stop)
    {
        var streams = services.GetRequiredKeyedService<IStreamProvider>(Provider);
        await Task.WhenAll(notifications.GroupBy(item => (Topic: item.Kind.Topic()!, item.EventId)).Select(group =>
            streams.GetStream<Notification>(StreamId.Create(group.Key.Topic, group.Key.EventId)).OnNextBatchAsync([.. group])));
        metrics.Published(notifications.Count);
        return [];
    }

    /// <summary>Tells the topic of dead letters.</summary>
    public Task PublishDeadAsync(long eventId, DeadLetterRecord letter) => services.GetRequiredKeyedService<IStreamProvider>(Provider)
        .GetStream<DeadLetterRecord>(StreamId.Create(NotificationKinds.DeadLetterTopic, eventId)).OnNextAsync(letter);
}

/// <summary>What the topic of dead letters carries: the notification, why it failed, and how often it was tried.</summary>
/// <param name="EventId">0 where a record that could not be read does not say.</param>
/// <param name="Record">In place of a notification, the <see cref="PoisonRecord"/> that was none.</param>
public sealed record DeadLetterRecord(
    string Key, string? Kind, long EventId, string Reason, int Attempts, DateTimeOffset FailedAt, JsonElement? Notification, JsonElement? Record = null);
