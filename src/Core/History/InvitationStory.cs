namespace Seats.Core.History;

/// <summary>The history of an invitation.</summary>
internal sealed class InvitationStory(int number) : Story
{
    private static readonly string[] Own =
    [
        nameof(InvitationMade), nameof(WaitlistJoined), nameof(InvitationConfirmed), nameof(InvitationCancelled), nameof(InvitationDeclined),
        nameof(InvitationExpired), nameof(PlacesOffered), nameof(WaitlistPromoted), nameof(OfferClockStarted), nameof(TicketCheckedIn), nameof(CheckInUndone),
    ];

    // What is of others, and says how often it was overtaken.
    private static readonly string[] OfTheLine = [nameof(PlacesOffered), nameof(WaitlistPromoted), nameof(KeepingEnded)];
    private static readonly string[] Listing = [nameof(EventEnded), nameof(PlacesKept), nameof(KeepingEnded), nameof(WaitlistEntriesEnded)];

    private bool isLive;
    private bool isConfirmed;

    // What it waits for, while it does.
    private Wish? wish;

    public override int? Invitation => number;

    /// <summary>Whoever was served while it waited may have overtaken it.</summary>
    public override HistoryQuery? NextQuery(long upTo, IReadOnlyList<(long Version, Fact Fact)> found)
    {
        var joined = found.Where(found => found.Fact is WaitlistJoined joined && joined.Invitation == number).Select(found => found.Version).ToArray();
        if (joined.Length == 0) return null;
        var served = found.Where(found => found.Fact is PlacesOffered or WaitlistPromoted).Select(found => found.Version);
        return Query(served.Prepend(upTo).Min(), new HistoryClause(OfTheLine, Since: joined.Min()));
    }

    protected override IEnumerable<HistoryClause> Clauses =>
    [
        new HistoryClause(Own, Mention.Of([number], "invitation")),
        new HistoryClause(Listing, Mention.InLists([number], "invitations")),
    ];

    protected override bool Follow(EventState now, Fact fact) => fact switch
    {
        InvitationMade made => made.Invitation == number && Begin(null),
        WaitlistJoined joined => joined.Invitation == number && Begin(new Wish(joined.Together, joined.Categories)),
        InvitationConfirmed confirmed => confirmed.Invitation == number && Confirm(),
        WaitlistPromoted promoted => promoted.Invitation == number ? Confirm() : IsOvertaken(now, promoted.Invitation, promoted.Places),
        PlacesOffered offered => offered.Invitation == number ? Serve() : IsOvertaken(now, offered.Invitation, offered.Places),
        InvitationCancelled cancelled => cancelled.Invitation == number && End(),
        InvitationDeclined declined => declined.Invitation == number && End(),
        InvitationExpired expired => expired.Invitation == number && End(),
        EventEnded ended => ended.Invitations.Contains(number) && End(),
        EventCancelled => isLive && End(),
        OfferClockStarted started => started.Invitation == number,
        PlacesKept kept => kept.Invitations.Contains(number),
        KeepingEnded ended => CountsAnew(now, ended),
        WaitlistEntriesEnded ended => ended.Invitations.Contains(number) && End(),
        OffersEnded => wish is not null,
        TicketCheckedIn checkedIn => checkedIn.Invitation == number,
        CheckInUndone undone => undone.Invitation == number,
        ReminderDue { Missed: null } => isConfirmed,
        EventPaused or EventResumed or EventChanged { Moved: true } => isLive,
        _ => false,
    };

    /// <summary>It waits for such places and stands before the one that was served.</summary>
    private bool IsOvertaken(EventState now, int served, IReadOnlyList<int> places)
    {
        if (number > served || wish?.WantsAny(now.Places.Layout.CategoriesOf(places)) != true) return false;
        Overtakes++;
        return true;
    }

    /// <summary>Places were kept in vain for all who wait for the same: from then on, overtakes are counted anew.</summary>
    private bool CountsAnew(EventState now, KeepingEnded ended)
    {
        var own = now.FindInvitation(number)!;
        var others = ended.Invitations.Select(other => now.FindInvitation(other)!);
        if (wish is not null && others.Any(other => (other.Count, other.Wish!.Kind) == (own.Count, own.Wish!.Kind))) Overtakes = 0;
        return ended.Invitations.Contains(number);
    }

    private bool Begin(Wish? waitsFor)
    {
        wish = waitsFor;
        return isLive = true;
    }

    private bool Serve()
    {
        wish = null;
        return true;
    }

    private bool Confirm()
    {
        wish = null;
        return isConfirmed = true;
    }

    private bool End()
    {
        (isLive, isConfirmed, wish) = (false, false, null);
        return true;
    }
}
