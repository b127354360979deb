namespace Seats.Mail.Resilience;

/// <summary>What became of a message.</summary>
public enum SendResult
{
    /// <summary>The server took it.</summary>
    Accepted,

    /// <summary>Refused for good.</summary>
    Refused,

    /// <summary>Refused for now, as often as it is tried.</summary>
    Exhausted,

    /// <summary>Not now: the server is away or the breaker open.</summary>
    Later,

    /// <summary>Another mailer owns it.</summary>
    Lost,
}

/// <param name="Answer">The server's answer, or why not.</param>
/// <param name="Attempts">Tries made now.</param>
/// <param name="Counted">Of those, the ones that count against the message.</param>
public sealed record SendOutcome(SendResult Result, string Answer, int Attempts, int Counted);
