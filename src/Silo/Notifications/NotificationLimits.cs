namespace Seats.Silo.Notifications;

/// <summary>The bounds of telling people.</summary>
internal static class NotificationLimits
{
    /// <summary>Journal entries read at once for one event.</summary>
    public const int EntriesInPage = 500;

    /// <summary>Notifications written at once.</summary>
    public const int InBatchAtMost = 500;

    /// <summary>Notifications of one event handed on before another event has its turn.</summary>
    public const int InPortionAtMost = 200;

    /// <summary>Events whose people are notified at the same time by one silo.</summary>
    public const int PersonWorkers = 4;

    /// <summary>Events that notify everybody at the same time on one silo.</summary>
    public const int EverybodyWorkers = 2;

    /// <summary>Pages of one event's journal that are compared with the ledger before another event has its turn.</summary>
    public const int PagesReconciledInATurn = 4;

    /// <summary>Events whose journal is put off because it cannot be compared.</summary>
    public const int EventsPutOffAtMost = 10_000;

    /// <summary>Reports about mails made at the same time.</summary>
    public const int ReportsAtOnce = 8;

    /// <summary>Events waiting to be drained; above it the sweep finds them.</summary>
    public const int EventsWaitingAtMost = 100_000;

    /// <summary>Guests of all events whose projections are kept.</summary>
    public const int GuestsKeptAtMost = 1_000_000;

    /// <summary>Messages a mailer works on: in a slot, waiting for one, or for the next try.</summary>
    public const int InFlightAtMost = 500;

    /// <summary>Messages taken from the ledger at once.</summary>
    public const int ClaimedAtOnceAtMost = 100;

    /// <summary>Messages waiting in the ledger above which no more personal ones are taken from Kafka, or from the journals.</summary>
    public const int QueuedAtMost = 2_000;

    /// <summary>The same for messages that everybody gets.</summary>
    public const int EverybodyQueuedAtMost = 1_000;

    /// <summary>The same for urgent messages.</summary>
    public const int UrgentQueuedAtMost = 20_000;

    /// <summary>Waiting messages that are counted for whoever asks.</summary>
    public const int QueuedCountedAtMost = 1_000_000;

    /// <summary>
    /// Bytes of a Kafka record; a larger one is a dead letter. As much as brokers and clients take by default, and more than the largest
    /// notification has: that about an invitation for as many places as one command may name, by the longest names.
    /// </summary>
    public const int RecordBytesAtMost = 900 * 1024;

    /// <summary>Mails a day that tell an organiser of undeliverable addresses of one event; the list of notifications has them all.</summary>
    public const int UndeliveredToldInADay = 10;

    /// <summary>Bytes of an unreadable record that its dead letter keeps.</summary>
    public const int PoisonBytesAtMost = 64 * 1024;

    /// <summary>How often a reader of Kafka is compared with what there is to read.</summary>
    public static readonly TimeSpan ReadingCheckPeriod = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan SweepPeriod = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan PollPeriod = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan IntakePause = TimeSpan.FromMilliseconds(100);
    public static readonly TimeSpan RenewPeriod = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500);
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>How long a report that fails is put off, at most.</summary>
    public static readonly TimeSpan LongestReportPause = TimeSpan.FromMinutes(5);

    /// <summary>How long a message waits whose server was away, at most.</summary>
    public static readonly TimeSpan LongestPutOff = TimeSpan.FromMinutes(1);
}
