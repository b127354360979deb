using Seats.Grains.Notify;

namespace Seats.Silo.Notifications;

/// <summary>Where the relay hands notifications on. Returns once they are safe.</summary>
internal interface INotificationOutlet
{
    Task PublishAsync(IReadOnlyList<Notification> notifications, CancellationToken stop);
}
