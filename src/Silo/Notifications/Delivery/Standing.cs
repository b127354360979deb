using Seats.Core;
using Seats.Core.Notifications;
using Seats.Grains.Abstractions;

namespace Seats.Silo.Notifications;

/// <summary>What is still true of a notification right before its mail is made.</summary>
/// <param name="Notification">What is to be sent; null for nothing.</param>
/// <param name="WhyNot">Why it is not sent; null where it is.</param>
internal sealed record Standing(Notification? Notification, string? WhyNot)
{
    public static Standing True(Notification notification) => new(notification, null);

    public static Standing Outdated(string why) => new(null, why);
}

/// <summary>Tells what is still true of notifications that had to wait.</summary>
internal interface IStandings
{
    /// <exception cref="EventUnavailableException">The event cannot say now.</exception>
    Task<Standing> AskAsync(Notification notification);
}

/// <summary>What a notification itself says about its time.</summary>
internal static class Timeliness
{
    /// <summary>Why nobody is told any more, whatever the event says; null where somebody is.</summary>
    /// <param name="now">By the database's clock.</param>
    public static string? WhyTooLate(Notification notification, DateTimeOffset now) => notification switch
    {
        { Data.Account: { } account } when account.Until <= now => "The link had ended before the mail could be sent.",
        { Kind: NotificationKind.EventReminder, Data.Event: { } reminded } when reminded.StartsAt <= now =>
            "The event had begun before the reminder could be sent.",
        _ => null,
    };

    /// <summary>Whether it asks for an answer whose time has passed, unless that was extended.</summary>
    public static bool IsTimeToAnswerOver(Notification notification, DateTimeOffset now)
    {
        if (notification.Kind is not (NotificationKind.PlaceAvailable or NotificationKind.InvitationReceived)) return false;
        var until = notification.Data.RespondBy ?? notification.At.AddSeconds(notification.Data.RespondSeconds ?? int.MaxValue);
        return until <= now;
    }
}

/// <summary>
/// Asks the event. Most mails leave within a second and nobody is asked; one that was a dead letter, or speaks of a time to answer that has
/// passed, is sent only where it is still so. An organiser's later decision has a mail of its own.
/// </summary>
internal sealed class Standings(IGrainFactory grains) : IStandings
{
    /// <inheritdoc/>
    public async Task<Standing> AskAsync(Notification notification)
    {
        if (notification.Data.Event is null) return Standing.True(notification);
        var grain = grains.GetGrain<IEventGrain>(notification.EventId);
        if ((await grain.Get(Requester.System)).Value is not { } view) return Standing.Outdated("There is no such event any more.");
        if (WhyOutdated(notification, view) is { } why) return Standing.Outdated(why);
        if (Needed(notification.Kind) is not { } needed) return Standing.True(notification);
        var claims = await ClaimsAsync(grain, notification);
        var still = claims.Where(claim => needed.Contains(claim.View.Status)).ToList();
        if (still.Count > 0) return Standing.True(Of(notification, still));
        var status = claims.Count == 0 ? "gone" : claims[0].View.Status.ToString().ToUpperInvariant();
        return Standing.Outdated($"Invitation {notification.Data.Invitation} is {status} by now.");
    }

    private static string? WhyOutdated(Notification notification, EventView view)
    {
        if (notification.Kind is NotificationKind.EventCancelled or NotificationKind.InvitationCancelled or NotificationKind.OfferLapsed
            or NotificationKind.MailUndelivered) return null;
        if (view.State is EventStatus.Cancelled) return "The event is cancelled by now.";
        if (view.State is EventStatus.Over) return "The event is over by now.";
        if (notification.Kind is not (NotificationKind.EventChanged or NotificationKind.EventReminder)) return null;
        var said = notification.Data.Event!;
        var settings = view.Settings;
        var isSo = said.StartsAt == settings.StartsAt && said.EndsAt == settings.EndsAt && said.TimeZone == settings.TimeZone
            && said.Title == (settings.Title ?? "") && said.Location == (settings.Location ?? "");
        return isSo ? null : "The event was changed again by now.";
    }

    /// <summary>Where an invitation must stand for the mail to be true; null where the mail is about what has ended.</summary>
    private static InvitationStatus[]? Needed(NotificationKind kind) => kind switch
    {
        NotificationKind.RegistrationConfirmed or NotificationKind.Promoted or NotificationKind.EventReminder =>
            [InvitationStatus.Confirmed],
        NotificationKind.InvitationReceived or NotificationKind.PlaceAvailable => [InvitationStatus.Pending],
        NotificationKind.WaitlistJoined => [InvitationStatus.Waitlist],
        NotificationKind.EventChanged => [InvitationStatus.Confirmed, InvitationStatus.Pending, InvitationStatus.Waitlist],
        NotificationKind.InvitationCancelled or NotificationKind.OfferLapsed or NotificationKind.EventCancelled
            or NotificationKind.VerifyEmail or NotificationKind.MailUndelivered => null,
    };

    private static async Task<List<(ClaimFacts Claim, InvitationView View)>> ClaimsAsync(IEventGrain grain, Notification notification)
    {
        var data = notification.Data;
        if (data.Invitation is null) return [];
        var first = new ClaimFacts(data.Invitation, data.Status ?? "", data.Places ?? 1, data.Rows, data.TicketCode, data.RespondBy);
        List<(ClaimFacts, InvitationView)> claims = [];
        foreach (var claim in new[] { first }.Concat(data.Also ?? []))
            if (InvitationId.TryParse(claim.Invitation, out var id)
                && (await grain.GetInvitation(Requester.System, id.Number)).Value is { } view) claims.Add((claim, view));
        return claims;
    }

    /// <summary>The notification about what is left of it, with times and ranks as they are now.</summary>
    private static Notification Of(Notification notification, List<(ClaimFacts Claim, InvitationView View)> still)
    {
        var (first, view) = still[0];
        var also = still.Skip(1).Select(item => item.Claim with { RespondBy = item.View.RespondBy }).ToList();
        return notification with
        {
            Data = notification.Data with
            {
                Invitation = first.Invitation,
                Status = first.Status.Length == 0 ? null : first.Status,
                Places = view.Places,
                Seats = view.Seats.Count == 0 ? null : view.Seats,
                Rows = first.Rows,
                TicketCode = first.TicketCode,
                RespondBy = view.RespondBy,
                RespondSeconds = view.RespondBy is null ? notification.Data.RespondSeconds : null,
                Position = view.Position,
                Also = also.Count == 0 ? null : also,
            },
        };
    }
}
