using Seats.Core.Notifications;
using Seats.Grains.Abstractions;

namespace Seats.Grains.Notifications;

/// <summary>The ledger and the mailers, for whoever asks about them.</summary>
public interface INotificationDesk
{
    Task<IReadOnlyList<NotificationView>> ListAsync(NotificationQuery query, int limit);

    Task<IReadOnlyList<DeadLetterView>> ListDeadLettersAsync(NotificationQuery query, int limit);

    Task<ReplayOutcome> ReplayAsync(long id);

    Task<int> ReplayAllAsync(NotificationQuery query);

    Task<bool> DiscardAsync(long id);

    Task SetLanguageAsync(string personId, string locale, string? email);

    /// <summary>The address of a link; null when it is none of ours.</summary>
    Task<string?> UnsubscribeAsync(string token, bool confirm);

    /// <summary>
    /// Takes mails that ask accounts to prove their address; they are safe when it returns. Those it has are left as they are.
    /// </summary>
    Task AskToVerifyAsync(IReadOnlyList<VerificationMail> mails);

    /// <summary>Whether a token that proves an address was made here, for this address.</summary>
    bool IsVerificationToken(string token, string email);

    Task<MailReport> ReportAsync();
}
