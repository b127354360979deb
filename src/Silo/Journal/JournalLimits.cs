namespace Seats.Silo.Journal;

/// <summary>The bounds of the journal's writer.</summary>
internal static class JournalLimits
{
    /// <summary>Slices waiting for a lane; above it the event is told that the journal is overloaded.</summary>
    public const int SlicesQueuedAtMost = 20_000;

    /// <summary>Slices written in one statement.</summary>
    public const int SlicesInBatchAtMost = 1_000;

    /// <summary>Entries written in one statement.</summary>
    public const int EntriesInBatchAtMost = 8_000;

    /// <summary>A statement that takes longer has an unknown outcome.</summary>
    public const int CommandTimeoutSeconds = 5;

    /// <summary>How long a statement that is given up may take to end before its connection is.</summary>
    public const int CancellationMilliseconds = 500;

    /// <summary>Pause between two questions whether a store that failed is back.</summary>
    public const int GatePauseMilliseconds = 250;

    /// <summary>How long such a question waits for its answer.</summary>
    public const int GatePatienceMilliseconds = 1_500;

    /// <summary>How long the writer tries to learn what became of a batch whose answer was lost. With the time of the statement it is less than callers wait.</summary>
    public const int ResolveMilliseconds = 1_000;

    /// <summary>How long one writer of the file waits for another before callers are told that it is away.</summary>
    public const int SqliteBusySeconds = 2;

    /// <summary>Connections that write slices, ask what became of them, and find out whether the database answers.</summary>
    public const int WriterConnectionsAtMost = 6;

    /// <summary>Connections for short questions to the journal.</summary>
    public const int ReaderConnectionsAtMost = 8;

    /// <summary>Journals of events that are read at the same time.</summary>
    public const int ReplayConnectionsAtMost = 4;

    /// <summary>Histories that are read at the same time on one silo.</summary>
    public const int HistoriesAtMost = 2;

    /// <summary>Connections for lists, notifications and sweeps.</summary>
    public const int GeneralConnectionsAtMost = 8;

    /// <summary>Connections that Orleans itself uses: membership, reminders, snapshots.</summary>
    public const int OrleansConnectionsAtMost = 10;

    /// <summary>How long somebody waits for a connection while all of a pool are in use.</summary>
    public const int PoolWaitMilliseconds = 3_000;

    /// <summary>Keyed replies that are forgotten in one statement.</summary>
    public const int RepliesForgottenAtOnce = 5_000;

    /// <summary>Settled notifications that are forgotten in one statement.</summary>
    public const int NotificationsForgottenAtOnce = 1_000;

    /// <summary>
    /// Lists and the like that read the database at the same time on one silo: the other connections are for events and their mail.
    /// </summary>
    public const int ReadsAtOnceAtMost = 5;

    /// <summary>Lists and the like that wait for such a read; above it they are told to come back.</summary>
    public const int ReadsWaitingAtMost = 2_000;

    public const int PostgresLanes = 2;
    public const int SqliteLanes = 1;
}
