namespace Seats.Core;

/// <summary>What one command comes to: facts and how to read the answer off the state after them, or a refusal and no facts.</summary>
/// <param name="Facts">Facts to apply in order; empty when the command changes nothing.</param>
/// <param name="Refusal">Why not; null when accepted.</param>
/// <param name="Answer">Reads the answer off the state once the facts, and what follows from them, are applied.</param>
/// <param name="Subject">Number of the hold or invitation the answer is about.</param>
/// <param name="Made">True when the command made the subject.</param>
public readonly record struct Decision<T>(IReadOnlyList<Fact> Facts, Refusal? Refusal, Answer<T>? Answer, int Subject, bool Made)
    where T : class
{
    /// <summary>A refusal.</summary>
    public static implicit operator Decision<T>(Refusal refusal) => new([], refusal, null, 0, false);

    /// <summary>A refusal that needs no more words than its status.</summary>
    public static implicit operator Decision<T>(RefusalStatus status) => new([], new Refusal(status), null, 0, false);
}

/// <summary>Reads an answer about <paramref name="subject"/> off a state at a time.</summary>
public delegate T Answer<out T>(EventState state, int subject, DateTimeOffset now);

/// <summary>Decides a command: pure, changes nothing.</summary>
public delegate Decision<T> Decide<in TCommand, T>(EventState state, Requester by, TCommand command, DateTimeOffset now)
    where T : class;
