namespace Seats.Api;

/// <summary>The bounds of one API node, beside those of requests in <see cref="Requests.BodyLimit"/>.</summary>
internal static class ApiLimits
{
    /// <summary>Ids of events that the node knows to exist; those that nobody asked for lately are forgotten first.</summary>
    public const int EventsKnownAtMost = 100_000;

    /// <summary>Calls that wait to hear whether their event exists; above it they are told to come back.</summary>
    public const int CallsForUnknownEventsAtMost = 10_000;

    /// <summary>How long the directory may take to answer before another silo is asked.</summary>
    public static readonly TimeSpan DirectoryPatience = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Commands with a client's key that named an event that does not exist, remembered so that they are answered alike when they come
    /// again.
    /// </summary>
    public const int MissedCommandsAtMost = 10_000;

    /// <summary>How long a list waits for its events: much less than a call waits for its one event.</summary>
    public static readonly TimeSpan ListPatience = TimeSpan.FromSeconds(2);

    /// <summary>Troubles of listed events that are not logged a second time.</summary>
    public const int TroublesRememberedAtMost = 1_000;

    /// <summary>Bytes of a list that may wait to be sent; then the next item waits for the reader.</summary>
    public const int ListBytesUnsentAtMost = 256 * 1024;

    /// <summary>Bytes of large bodies that are in memory at the same time; above it their senders are told to come back.</summary>
    public const long BodyBytesAtMost = 64 * 1024 * 1024;

    /// <summary>Bytes of each body that do not count as large.</summary>
    public const int BodyBytesUncounted = 64 * 1024;

    /// <summary>
    /// Wishes to have the mail that proves an address again, while they wait. How often it is sent is bounded with the accounts.
    /// </summary>
    public const int VerificationWishesAtMost = 1_000;

    /// <summary>How often mails are looked for that no node has handed to a silo.</summary>
    public static readonly TimeSpan HandOverPeriod = TimeSpan.FromSeconds(5);

    /// <summary>The pause after no silo took such mails.</summary>
    public static readonly TimeSpan HandOverPause = TimeSpan.FromSeconds(1);

    /// <summary>Copies of maps that the node keeps; those that nobody read lately go first.</summary>
    public const int MapsAtMost = 1_000;
}
