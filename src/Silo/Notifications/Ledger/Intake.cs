using Seats.Core.Notifications;

namespace Seats.Silo.Notifications;

/// <summary>
/// Whether the ledger takes more. It is kept short: what cannot be sent yet waits in the journals, or in Kafka, where it costs the rush nothing. What
/// everybody gets stops first, so that it never takes the room of a person's own mail, nor that the room of an offer.
/// </summary>
internal sealed class Intake(Ledger ledger, Mailer mailer, TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMilliseconds(100);
    private readonly Lock gate = new();
    private Task<Room> room = Task.FromResult(new Room(0));
    private long askedAt = -1;
    private long closedAt = -1;

    /// <summary>How much room there is.</summary>
    public Task<Room> RoomAsync()
    {
        lock (gate)
        {
            if (askedAt >= 0 && time.GetElapsedTime(askedAt) < Remembered) return room;
            askedAt = time.GetTimestamp();
            return room = AskAsync();
        }
    }

    /// <summary>How much room there is for records that are taken back to their queue; none while the mail server is believed to be away.</summary>
    public async Task<Room> OpenAsync()
    {
        var open = mailer.IsWilling ? await RoomAsync() : Room.None;
        if (!open.Has(Urgency.Everybody)) Interlocked.Exchange(ref closedAt, time.GetTimestamp());
        return open;
    }

    /// <summary>Whether it was closed to anybody within that time: what is missing from the ledger may only have had to wait.</summary>
    public bool WasClosedWithin(TimeSpan span) => Interlocked.Read(ref closedAt) is >= 0 and var at && time.GetElapsedTime(at) < span;

    private async Task<Room> AskAsync() => new(await ledger.CountQueuedAsync(NotificationLimits.UrgentQueuedAtMost));
}

/// <summary>How much room the ledger has.</summary>
/// <param name="Queued">Messages waiting to be sent.</param>
internal readonly record struct Room(long Queued)
{
    /// <summary>No room for anybody.</summary>
    public static Room None { get; } = new(long.MaxValue);

    /// <summary>Whether there is room for notifications of this urgency.</summary>
    public bool Has(Urgency urgency) => Queued < urgency switch
    {
        Urgency.Urgent => NotificationLimits.UrgentQueuedAtMost,
        Urgency.Personal => NotificationLimits.QueuedAtMost,
        Urgency.Everybody => NotificationLimits.EverybodyQueuedAtMost,
    };
}
