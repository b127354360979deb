using Seats.Core.Notifications;

namespace Seats.Grains.Abstractions;

/// <summary>What people were told and what is stuck; answered by whichever silo is asked.</summary>
[Alias("seats.notifications")]
public interface INotificationsGrain : IGrainWithIntegerKey
{
    /// <summary>Notifications, newest first.</summary>
    [Alias("list")] Task<IReadOnlyList<NotificationView>> List(NotificationQuery query, int limit);

    /// <summary>What failed for good, newest first.</summary>
    [Alias("dead-letters")] Task<IReadOnlyList<DeadLetterView>> ListDeadLetters(NotificationQuery query, int limit);

    /// <summary>Sends a dead letter again.</summary>
    [Alias("replay")] Task<ReplayOutcome> Replay(long id);

    /// <summary>Sends all dead letters that match again; returns how many.</summary>
    [Alias("replay-all")] Task<int> ReplayAll(NotificationQuery query);

    /// <summary>Takes a dead letter off the list for good.</summary>
    [Alias("discard")] Task<bool> Discard(long id);

    /// <summary>From now on a person is written to in this language.</summary>
    /// <param name="email">The person's proved address; null for none.</param>
    [Alias("language")] Task SetLanguage(string personId, string locale, string? email);

    /// <summary>
    /// The address that an unsubscribe link is for, which gets no reminders any more if <paramref name="confirm"/>; null when the link is
    /// none of ours.
    /// </summary>
    [Alias("unsubscribe")] Task<string?> Unsubscribe(string token, bool confirm);

    /// <summary>
    /// Takes mails that ask accounts to prove their address; they are safe when it returns, and sent once, however often they come.
    /// </summary>
    [Alias("ask-to-verify")] Task AskToVerify(IReadOnlyList<VerificationMail> mails);

    /// <summary>Whether a token was made by the cluster, for this address.</summary>
    [Alias("is-verification-token")] Task<bool> IsVerificationToken(string token, string email);

    /// <summary>How sending goes, over all silos.</summary>
    [Alias("report")] Task<MailReport> Report();
}
