namespace Seats.Identity.Storage;

/// <summary>A command under an idempotency key: reserved while somebody runs it, then with its reply.</summary>
internal sealed class CommandRow
{
    /// <summary>Of a command that is not finished.</summary>
    public const int Unfinished = 0;

    /// <summary>The id of the command.</summary>
    public string Key { get; set; } = "";

    /// <summary>Salted with <see cref="Salt"/>: a body may hold a password.</summary>
    public long BodyHash { get; set; }

    /// <summary>The HTTP status of the reply, or <see cref="Unfinished"/>.</summary>
    public int Status { get; set; }

    /// <summary>The reply, protected; empty while there is none.</summary>
    public string Body { get; set; } = "";

    /// <summary>When the key was reserved; then when the reply was kept.</summary>
    public DateTime At { get; set; }

    /// <summary>
    /// Drawn when the key is first reserved, and the same for every later attempt: what the command makes is named after it.
    /// </summary>
    public string Run { get; set; } = "";

    /// <summary>Counts those who took the command over: only the latest may keep a reply.</summary>
    public int Attempt { get; set; }

    /// <summary>Until then the command is in somebody's hands.</summary>
    public DateTime? LeaseUntil { get; set; }

    /// <summary>Protected; null in rows of a version that had none.</summary>
    public string? Salt { get; set; }

    /// <summary>How often another body came under this key.</summary>
    public int OtherBodies { get; set; }
}
