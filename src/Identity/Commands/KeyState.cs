namespace Seats.Identity.Commands;

/// <summary>How a command under an idempotency key stands.</summary>
public enum KeyStatus
{
    /// <summary>It is the caller's to run.</summary>
    Reserved,

    /// <summary>It was finished before: its reply is given again.</summary>
    Finished,

    /// <summary>Somebody runs it.</summary>
    InFlight,

    /// <summary>The key was used for another body.</summary>
    OtherBody,
}

/// <summary>What is known of a key.</summary>
/// <param name="Reservation">Of a command that is the caller's to run.</param>
/// <param name="Reply">Of a command that was finished before.</param>
public sealed record KeyState(KeyStatus Status, Reservation? Reservation = null, KeptReply? Reply = null);

/// <summary>The right to run a command under its key.</summary>
/// <param name="Key">The id of the command.</param>
/// <param name="Run">
/// The same for every attempt at this command, and for no other command, ever: what the command makes is named after it.
/// </param>
/// <param name="Attempt">From 1; a later attempt takes the right from an earlier one.</param>
public sealed record Reservation(string Key, Guid Run, int Attempt);

/// <summary>A reply as it was given.</summary>
/// <param name="Status">The HTTP status.</param>
public sealed record KeptReply(int Status, string Body);
