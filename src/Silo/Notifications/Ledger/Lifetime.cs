using Seats.Core.Notifications;

namespace Seats.Silo.Notifications;

/// <summary>How long a message is worth trying that is refused for now.</summary>
internal static class Lifetime
{
    /// <summary>
    /// When its last round is made. A recipient who cannot be reached keeps an offer from others: that ends when its own time would have, from
    /// the first refusal on. Where the server refuses all of us the offer waits with its mail.
    /// </summary>
    /// <param name="refusedSince">When it was refused for the first time.</param>
    /// <param name="isRecipients">Its recipient was refused, not us.</param>
    /// <param name="life">Of a message that has no end of its own.</param>
    public static DateTimeOffset EndOf(Notification notification, DateTimeOffset refusedSince, bool isRecipients, TimeSpan life)
    {
        var end = refusedSince + life;
        return notification switch
        {
            { Kind: NotificationKind.PlaceAvailable, Data.RespondBy: { } until } when isRecipients => Earlier(until, end),
            { Kind: NotificationKind.PlaceAvailable, Data.RespondSeconds: { } seconds } when isRecipients =>
                Earlier(refusedSince.AddSeconds(seconds), end),
            { Kind: NotificationKind.EventReminder, Data.Event: { } reminded } => Earlier(reminded.StartsAt, end),
            { Data.Account: { } account } => Earlier(account.Until, end),
            _ => end,
        };
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
