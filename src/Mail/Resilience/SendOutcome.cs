namespace Seats.Mail.Resilience;

/// <summary>What became of a message.</summary>
public enum SendResult
{
    /// <summary>The server took it.</summary>
    Accepted,

    /// <summary>Its recipient cannot be reached, whoever tries.</summary>
    Refused,

    /// <summary>Refused for now, as often as one round tries: the next round comes after a long pause.</summary>
    Deferred,

    /// <summary>Not now, and the message is not at fault: the server is away or the breaker open.</summary>
    Later,

    /// <summary>What it says is not so any more: it is not sent.</summary>
    Outdated,

    /// <summary>Another mailer owns it.</summary>
    Lost,
}

/// <param name="Answer">The server's answer, or why not.</param>
/// <param name="Attempts">Tries made now.</param>
/// <param name="IsRecipients">Of a deferred message: its recipient was refused, not the server's sender.</param>
public sealed record SendOutcome(SendResult Result, string Answer, int Attempts, bool IsRecipients = false);
