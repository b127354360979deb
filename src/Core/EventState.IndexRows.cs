namespace Seats.Core;

public sealed partial class EventState
{
    private readonly SortedSet<int> indexedInvitations = [];
    private bool indexedEvent;

    /// <summary>Index rows that changed since the last call: the event's own, and invitations made or bound.</summary>
    public (EventIndexRow? Event, IReadOnlyList<InvitationIndexRow> Invitations) TakeIndexChanges()
    {
        var row = indexedEvent ? ToIndexRow() : null;
        indexedEvent = false;
        if (indexedInvitations.Count == 0) return (row, []);
        InvitationIndexRow[] rows = [.. indexedInvitations.Select(number => ToIndexRow(invitations[number - 1]))];
        indexedInvitations.Clear();
        return (row, rows);
    }

    private EventIndexRow ToIndexRow() => new(
        Rules.Settings.Title!,
        Rules.Settings.Location ?? "",
        Rules.IsUnlisted ? "UNLISTED" : "PUBLIC",
        IsCancelled ? "CANCELLED" : Clock.PausedAt is not null ? "PAUSED" : "ON_SALE",
        Rules.StartsAt,
        Rules.EndsAt,
        [Owner.Id ?? "", .. Rules.Settings.CoOrganisers ?? []])
    {
        Owner = Owner.Id,
        Places = Places.Total,
        SalesFrom = Rules.SalesFrom,
        SalesUntil = Rules.SalesUntil,
    };

    private static InvitationIndexRow ToIndexRow(Invitation invitation) =>
        new(invitation.Number, invitation.Who.Id, invitation.Who.Email, invitation.CreatedAt);
}
