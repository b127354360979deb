namespace Seats.Core.History;

/// <summary>The history of a seat, or of the units of an area.</summary>
internal sealed class PlaceStory(IReadOnlySet<int> places) : Story
{
    // Of an area with more units than that nearly every fact of the event is about it: the latest are read, whatever they mention.
    private const int PlacesNamedAtMost = 1_000;
    private const int ClaimsFollowedAtMost = 1_000;

    private static readonly string[] NamingPlaces =
    [
        nameof(SeatsHeld), nameof(HoldChanged), nameof(SeatsReleased), nameof(InvitationMade), nameof(PlacesOffered), nameof(WaitlistPromoted),
        nameof(SeatsBlocked), nameof(SeatsUnblocked),
    ];

    private static readonly string[] NamingClaims =
    [
        nameof(HoldChanged), nameof(HoldExtended), nameof(InvitationConfirmed), nameof(InvitationCancelled), nameof(InvitationDeclined),
        nameof(InvitationExpired), nameof(TicketCheckedIn), nameof(CheckInUndone),
    ];

    private static readonly string[] ListingClaims = [nameof(HoldsExpired), nameof(EventEnded)];

    private readonly Dictionary<int, Person> holders = [];
    private readonly Dictionary<int, HashSet<int>> holds = [];
    private readonly HashSet<int> invitations = [];

    public override IReadOnlySet<int> Places => places;

    public override Person? HolderOf(int hold) => holders.GetValueOrDefault(hold);

    /// <summary>What became of the holds and invitations that got one of the places, and whose the holds are that got it by a change.</summary>
    public override HistoryQuery? NextQuery(long upTo, IReadOnlyList<(long Version, Fact Fact)> found)
    {
        var began = found.Where(found => ClaimOn(found.Fact) is not null).ToArray();
        if (began.Length == 0) return null;
        int[] claims = [.. began.Select(found => ClaimOn(found.Fact)!.Value).Distinct().Take(ClaimsFollowedAtMost)];
        var since = began[^1].Version;
        List<HistoryClause> clauses =
        [
            new(NamingClaims, Mention.Of(claims, "hold", "invitation"), since),
            new(ListingClaims, Mention.InLists(claims, "holds", "invitations"), since),
        ];
        int[] changed = [.. found.Select(found => (found.Fact as HoldChanged)?.Hold).OfType<int>()];
        changed = [.. changed.Except(found.Select(found => (found.Fact as SeatsHeld)?.Hold).OfType<int>())];
        if (changed.Length > 0) clauses.Add(new HistoryClause([nameof(SeatsHeld)], Mention.Of(changed, "hold")));
        return Query(upTo, clauses);
    }

    protected override IEnumerable<HistoryClause> Clauses =>
        [new HistoryClause(NamingPlaces, places.Count > PlacesNamedAtMost ? null : Mention.InLists(places.ToArray(), "places"))];

    /// <summary>The hold or invitation that got one of the places by a fact.</summary>
    private int? ClaimOn(Fact fact) => fact switch
    {
        SeatsHeld held when held.Places.Any(places.Contains) => held.Hold,
        HoldChanged changed when changed.Places.Any(places.Contains) => changed.Hold,
        InvitationMade made when made.Places.Any(places.Contains) => made.Invitation,
        PlacesOffered offered when offered.Places.Any(places.Contains) => offered.Invitation,
        WaitlistPromoted promoted when promoted.Places.Any(places.Contains) => promoted.Invitation,
        _ => null,
    };

    protected override bool Follow(EventState now, Fact fact)
    {
        switch (fact)
        {
            case SeatsHeld held:
                holders[held.Hold] = held.Who;
                return Hold(held.Hold, held.Places);
            case HoldChanged changed:
                var before = holds.GetValueOrDefault(changed.Hold)?.Count ?? 0;
                holds.Remove(changed.Hold);
                Hold(changed.Hold, changed.Places);
                return before != (holds.GetValueOrDefault(changed.Hold)?.Count ?? 0);
            case HoldExtended extended: return holds.ContainsKey(extended.Hold);
            case SeatsReleased released: return Release(released);
            case HoldsExpired expired: return expired.Holds.Count(holds.Remove) > 0;
            case InvitationMade made:
                if (made.Hold is { } hold) holds.Remove(hold);
                return Give(made.Invitation, made.Places);
            case PlacesOffered offered: return Give(offered.Invitation, offered.Places);
            case WaitlistPromoted promoted: return Give(promoted.Invitation, promoted.Places);
            case InvitationConfirmed confirmed: return invitations.Contains(confirmed.Invitation);
            case TicketCheckedIn checkedIn: return invitations.Contains(checkedIn.Invitation);
            case CheckInUndone undone: return invitations.Contains(undone.Invitation);
            case InvitationCancelled cancelled: return invitations.Remove(cancelled.Invitation);
            case InvitationDeclined declined: return invitations.Remove(declined.Invitation);
            case InvitationExpired expired: return invitations.Remove(expired.Invitation);
            case EventEnded ended: return ended.Holds.Count(holds.Remove) + ended.Invitations.Count(invitations.Remove) > 0;
            case SeatsBlocked blocked: return blocked.Places.Any(places.Contains);
            case SeatsUnblocked unblocked: return unblocked.Places.Any(places.Contains);
            case EventCreated or SeatingChanged or EventPaused or EventResumed or EventCancelled: return true;
            default: return false;
        }
    }

    private bool Hold(int hold, IReadOnlyList<int> held)
    {
        var ours = held.Where(places.Contains).ToHashSet();
        if (ours.Count > 0) holds[hold] = ours;
        return ours.Count > 0;
    }

    private bool Release(SeatsReleased released)
    {
        if (!holds.TryGetValue(released.Hold, out var ours)) return released.Places.Any(places.Contains);
        var before = ours.Count;
        ours.ExceptWith(released.Places);
        if (ours.Count == 0) holds.Remove(released.Hold);
        return ours.Count < before;
    }

    private bool Give(int invitation, IReadOnlyList<int> given) => given.Any(places.Contains) && invitations.Add(invitation);
}
