namespace Seats.Grains.Seating;

public sealed partial class EventState
{
    private NextServed? nextServed;
    private bool isNextServedKnown;

    /// <summary>
    /// Who in line is served next; null when the line stands still. It follows from the state alone, so a replay or a snapshot cannot lose
    /// it. It is searched when somebody asks, and kept until a fact may have changed it.
    /// </summary>
    internal NextServed? NextServed
    {
        get
        {
            if (isNextServedKnown) return nextServed;
            (nextServed, isNextServedKnown) = (Promotion.Search(this), true);
            return nextServed;
        }
    }

    /// <summary>Forgets who is served next, unless the line stood still and still does after a fact that is applied.</summary>
    private void ReconsiderLine(Fact applied) =>
        isNextServedKnown = isNextServedKnown && nextServed is null && LeavesLineStill(applied);

    /// <summary>Facts that free no place and change no rule let nobody move who could not before. Only frequent ones are named.</summary>
    private bool LeavesLineStill(Fact applied) => applied switch
    {
        SeatsHeld or HoldExtended or InvitationMade { Hold: null } or InvitationConfirmed or TicketCheckedIn or CheckInUndone => true,
        // It fails like those of its kind who stand before it.
        WaitlistJoined joined => !Waitlist.IsFirstOfKind(Required(joined.Invitation)),
        _ => false,
    };
}
