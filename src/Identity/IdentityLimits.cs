namespace Seats.Identity;

/// <summary>The bounds of accounts and their tokens, each with its unit.</summary>
internal static class IdentityLimits
{
    /// <summary>Passwords hashed or verified at the same time: at least half of the processors stay with everybody else.</summary>
    public static readonly int PasswordsAtOnce = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Those who wait for their turn; whoever comes next is told to come back later.</summary>
    public const int PasswordsWaitingAtMost = 64;

    /// <summary>The longest pause that is asked for.</summary>
    public const int PasswordPauseSecondsAtMost = 60;

    /// <summary>Wrong passwords for one account from one address within a minute; then none from there is right for the rest of it.</summary>
    public const int GuessesFromOneAddress = 10;

    /// <summary>Wrong passwords for one account from anywhere; then none is right for a minute.</summary>
    public const int GuessesFromAnywhere = 100;

    /// <summary>Accounts and addresses whose guesses one node counts.</summary>
    public const int GuessersKnownAtMost = 100_000;

    /// <summary>How long a keyed command is believed to run after the last sign of the node that runs it.</summary>
    public const int CommandLeaseSeconds = 10;

    /// <summary>How often that node gives a sign.</summary>
    public const int CommandRenewalSeconds = 3;

    /// <summary>How long the reply to a keyed command is kept.</summary>
    public const int ReplyHours = 24;

    /// <summary>
    /// Other bodies that may come under one key. Of a body with a password, "another body" tells that a guess was wrong: after these nobody
    /// is told anything else.
    /// </summary>
    public const int OtherBodiesAtMost = 10;

    /// <summary>How long a refresh token that was used answers the same successor.</summary>
    public const int SuccessorSeconds = 30;

    /// <summary>
    /// How long tokens and successors are kept beyond their end: nodes whose clocks differ must not find them gone before it.
    /// </summary>
    public const int TokenGraceHours = 1;

    /// <summary>
    /// How old a session is at least whose last token is gone before it is deleted: one that begins has none for a moment.
    /// </summary>
    public const int EmptySessionHours = 24;

    /// <summary>How long the link of a mail that asks to prove an address is good.</summary>
    public const int VerificationHours = 24;

    /// <summary>
    /// Mails within an hour that ask one account to prove an address, that of its registration included. Beyond it none is sent.
    /// </summary>
    public const int AccountVerificationsInAnHourAtMost = 4;

    /// <summary>
    /// Mails within an hour that ask to prove one address, whichever accounts name it: anybody may register anybody's address, and many
    /// accounts at that.
    /// </summary>
    public const int AddressVerificationsInAnHourAtMost = 20;

    /// <summary>Accounts that are asked again at once where only the address they name is known.</summary>
    public const int AccountsAskedAgainAtMost = 5;

    /// <summary>Unsent mails that are handed over at once.</summary>
    public const int UnsentAtOnceAtMost = 100;

    /// <summary>The pause between two rounds of deletion.</summary>
    public const int SweepSeconds = 30;

    /// <summary>Rows that one statement deletes.</summary>
    public const int SweepRowsAtMost = 500;

    /// <summary>Statements of one round, of each table.</summary>
    public const int SweepPortionsAtMost = 20;
}
