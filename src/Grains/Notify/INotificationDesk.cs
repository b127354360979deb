using Seats.Grains.Abstractions;

namespace Seats.Grains.Notify;

/// <summary>The ledger and the mailers, for whoever asks about them.</summary>
public interface INotificationDesk
{
    Task<IReadOnlyList<NotificationView>> ListAsync(NotificationQuery query, int limit);

    Task<IReadOnlyList<DeadLetterView>> ListDeadLettersAsync(NotificationQuery query, int limit);

    Task<int> ReplayAsync(long? id, NotificationQuery query);

    Task<bool> DiscardAsync(long id);

    Task<MailReport> ReportAsync();
}
