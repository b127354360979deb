using Seats.Core.Notifications;

namespace Seats.Silo.Notifications;

/// <summary>Where the relay hands notifications on. Returns once those it took are safe.</summary>
internal interface INotificationOutlet
{
    /// <returns>Those for which there is no room at this moment, in their order; they are handed over again later.</returns>
    Task<IReadOnlyList<Notification>> PublishAsync(IReadOnlyList<Notification> notifications, CancellationToken stop);
}
