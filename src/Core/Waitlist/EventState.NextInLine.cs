namespace Seats.Core;

public sealed partial class EventState
{
    private LineMove? nextMove;

    /// <summary>
    /// What the line does next. It follows from the state alone, so a replay or a snapshot cannot lose it. It is searched when somebody
    /// asks, and kept until a fact may have changed it.
    /// </summary>
    internal LineMove NextMove => nextMove ??= Promotion.Search(this);

    /// <summary>
    /// Free places that are kept from people who do not stand in line. While an entry is about to be served, all kinds of wish keep.
    /// </summary>
    internal KeptPlaces KeptPlaces => Waitlist.Kept(Rules.OvertakesAtMost, forAll: Waitlist.Count > 0 && NextMove is EntryIsServed);

    /// <summary>Forgets what the line does next, unless it stood still and still does after a fact that is applied.</summary>
    private void ReconsiderLine(Fact applied)
    {
        if (nextMove is not LineStandsStill still || !LeavesLineStill(still, applied)) nextMove = null;
    }

    /// <summary>Facts that free no place and change no rule let nobody move who could not before. Only frequent ones are named.</summary>
    private bool LeavesLineStill(LineStandsStill still, Fact applied) => applied switch
    {
        SeatsHeld or HoldExtended or InvitationMade { Hold: null } or TicketCheckedIn or CheckInUndone => true,
        // A place that is confirmed makes no party whole any more: what was blocked for one may be free for those behind it.
        InvitationConfirmed => !still.Blocks,
        // It fails like those of its kind who stand before it.
        WaitlistJoined joined => !Waitlist.IsFirstOfKind(Required(joined.Invitation)),
        _ => false,
    };
}
