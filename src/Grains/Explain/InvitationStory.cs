using Seats.Grains.Journal;
using Seats.Grains.Seating;

namespace Seats.Grains.Explain;

/// <summary>The history of an invitation.</summary>
internal sealed class InvitationStory(int number) : Story
{
    private static readonly string[] Own =
    [
        nameof(InvitationMade), nameof(WaitlistJoined), nameof(InvitationConfirmed), nameof(InvitationCancelled), nameof(InvitationDeclined),
        nameof(InvitationExpired), nameof(PlacesOffered), nameof(WaitlistPromoted), nameof(OfferClockStarted), nameof(TicketCheckedIn), nameof(CheckInUndone),
    ];

    private static readonly string[] Serving = [nameof(PlacesOffered), nameof(WaitlistPromoted)];

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
        return Query(served.Prepend(upTo).Min(), new HistoryClause(Serving, Since: joined.Min()));
    }

    protected override IEnumerable<HistoryClause> Clauses =>
    [
        new HistoryClause(Own, Mention.Of([number], "invitation")),
        new HistoryClause([nameof(EventEnded)], Mention.InLists([number], "invitations")),
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
