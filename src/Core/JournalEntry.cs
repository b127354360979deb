namespace Seats.Core;

/// <summary>One decision of an event: facts that stand or fall together under one version.</summary>
/// <param name="Version">Position in the event's journal, 1..n without gaps.</param>
/// <param name="At">The event's own time of the decision, UTC, microseconds.</param>
/// <param name="CommandId">The command that caused it; null when time did (a deadline passed).</param>
/// <param name="BodyHash">Hash of the command's body, to tell a repeated command from another one under the same id.</param>
/// <param name="Kinds">Names of the facts in order, separated by a space: what an operator greps for.</param>
/// <param name="Facts">The facts as a JSON array in UTF-8.</param>
/// <param name="Notifies">Who may have to be notified; known when the entry is written, and not read again.</param>
public readonly record struct JournalEntry(
    long Version,
    DateTimeOffset At,
    Guid? CommandId,
    long BodyHash,
    string Kinds,
    ReadOnlyMemory<byte> Facts,
    Audience Notifies = Audience.Nobody);

/// <summary>Who may have to be notified of an entry.</summary>
[Flags]
public enum Audience
{
    /// <summary>Nobody: a seat was held or released.</summary>
    Nobody = 0,

    /// <summary>The people of single invitations.</summary>
    Person = 1,

    /// <summary>Everybody who takes part, because the event itself changed.</summary>
    Everybody = 2,
}
