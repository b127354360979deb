using System.Diagnostics.Metrics;

namespace Seats.Silo.Notifications;

/// <summary>Counts of this silo.</summary>
internal sealed class NotificationMetrics
{
    private long published, consumed, lag, sent, failed, outdated;

    public NotificationMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Seats.Notifications");
        meter.CreateObservableCounter("seats.notifications.published", () => PublishedCount, description: "Handed on from the journals.");
        meter.CreateObservableCounter("seats.notifications.consumed", () => ConsumedCount, description: "Read from Kafka into the ledger.");
        meter.CreateObservableGauge("seats.notifications.lag", () => Lag, description: "Records in Kafka that were not read yet.");
        meter.CreateObservableCounter("seats.mail.sent", () => SentCount);
        meter.CreateObservableCounter("seats.mail.failed", () => FailedCount);
        meter.CreateObservableCounter("seats.mail.outdated", () => OutdatedCount, description: "Not sent: what they say is not so any more.");
    }

    public long PublishedCount => Interlocked.Read(ref published);
    public long ConsumedCount => Interlocked.Read(ref consumed);
    public long Lag => Interlocked.Read(ref lag);
    public long SentCount => Interlocked.Read(ref sent);
    public long FailedCount => Interlocked.Read(ref failed);
    public long OutdatedCount => Interlocked.Read(ref outdated);

    public void Published(int count) => Interlocked.Add(ref published, count);

    public void Consumed(int count) => Interlocked.Add(ref consumed, count);

    public void SetLag(long records) => Interlocked.Exchange(ref lag, records);

    public void Sent() => Interlocked.Increment(ref sent);

    public void Failed() => Interlocked.Increment(ref failed);

    public void Outdated() => Interlocked.Increment(ref outdated);
}
