using Seats.Grains.Abstractions;

namespace Seats.Grains.Notify;

/// <summary>The ledger and the mailers, for whoever asks about them.</summary>
public interface INotificationDesk
{
    Task<IReadOnlyList<NotificationView>> ListAsync(NotificationQuery query, int limit);

    Task<IReadOnlyList<DeadLetterView>> ListDeadLettersAsync(NotificationQuery query, int limit);

    Task<ReplayOutcome> ReplayAsync(long id);

    Task<int> ReplayAllAsync(NotificationQuery query);

    Task<bool> DiscardAsync(long id);

    Task SetLanguageAsync(string personId, string locale);

    /// <summary>The address of a link; null when it is none of ours.</summary>
    Task<string?> UnsubscribeAsync(string token, bool confirm);

    Task<MailReport> ReportAsync();
}
