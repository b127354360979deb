namespace Seats.Silo.Notifications;

/// <summary>
/// Whether the ledger takes more. It is kept short: what cannot be sent yet waits in the journals, or in Kafka, where it costs the rush nothing.
/// </summary>
internal sealed class Intake(Ledger ledger, Mailer mailer, TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMilliseconds(100);
    private readonly Lock gate = new();
    private Task<bool> room = Task.FromResult(true);
    private long askedAt = -1;
    private long closedAt = -1;

    /// <summary>True while not too much waits to be sent.</summary>
    public Task<bool> HasRoomAsync()
    {
        lock (gate)
        {
            if (askedAt >= 0 && time.GetElapsedTime(askedAt) < Remembered) return room;
            askedAt = time.GetTimestamp();
            return room = AskAsync();
        }
    }

    /// <summary>True while there is room and the mail server is believed to be well.</summary>
    public async Task<bool> IsOpenAsync()
    {
        var open = mailer.IsWilling && await HasRoomAsync();
        if (!open) Interlocked.Exchange(ref closedAt, time.GetTimestamp());
        return open;
    }

    /// <summary>Whether it was closed within that time: what is missing from the ledger may only have had to wait.</summary>
    public bool WasClosedWithin(TimeSpan span) => Interlocked.Read(ref closedAt) is >= 0 and var at && time.GetElapsedTime(at) < span;

    private async Task<bool> AskAsync() => await ledger.CountQueuedAsync(NotificationLimits.QueuedAtMost) < NotificationLimits.QueuedAtMost;
}
