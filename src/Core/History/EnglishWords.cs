using Seats.Core.Notifications;

namespace Seats.Core.History;

/// <summary>English sentences.</summary>
internal sealed class EnglishWords : Words
{
    public override string Unreadable => "This entry cannot be told.";

    public override string? Tell(Telling telling, Fact fact) => fact switch
    {
        EventCreated => "The event was created and this place put on sale.",
        EventChanged => "The event was moved to another time.",
        SeatingChanged => "The seating plan was changed.",
        EventPaused => "Sales were paused; all clocks stood still.",
        EventResumed => "Sales went on; the time of the pause was given back.",
        EventCancelled cancelled => Because(telling, "The event was cancelled.", cancelled.Reason, "Reason:"),
        EventEnded => "The event was over, and what was still open ended with it.",
        SeatsBlocked blocked => Because(telling, "The organiser took the place off sale.", blocked.Reason, "Reason:"),
        SeatsUnblocked unblocked => Because(telling, "The organiser put the place on sale again.", unblocked.Reason, "Reason:"),
        SeatsHeld held => $"Held for {Who(telling.NameOf(held.Who.Id, held.Who.Email))} until {telling.Moment(held.Until)}.",
        HoldChanged changed when telling.IsAbout(changed.Places) => $"Taken into the hold of {Who(telling.HolderOf(changed.Hold))} by a swap.",
        HoldChanged => "Given back by a swap of the hold.",
        HoldExtended extended => $"The hold was extended until {telling.Moment(extended.Until)}.",
        SeatsReleased released => $"Released by {Who(telling.NameOf(released.By))}.",
        HoldsExpired => "The hold ran out.",
        InvitationMade made => $"Set aside for {Who(telling.NameOf(made.Who.Id, made.Who.Email))} until {telling.Moment(made.Until)}: {telling.Places(made.Places)}.",
        InvitationConfirmed confirmed => $"Confirmed by {Who(telling.NameOf(confirmed.Invitation))}.",
        InvitationCancelled cancelled => Because(telling, "The invitation was cancelled.", cancelled.Reason, "Reason:"),
        InvitationDeclined => "The invitation was declined.",
        InvitationExpired { Reason: { } reason } => Because(telling, "The offer moved on because its mail could not be delivered.", reason, "Answer:"),
        InvitationExpired => "No answer came in time; the places went on.",
        WaitlistJoined joined => $"Joined the line for {joined.Places} {(joined.Places == 1 ? "place" : "places")}.",
        PlacesOffered offered when telling.IsOfAnother(offered.Invitation) => Overtaken(telling),
        PlacesOffered { AwaitsMail: true } offered => $"Offered to {Who(telling.NameOf(offered.Invitation))}, first in line whom it fits; the time to answer begins when the mail about it is delivered: {telling.Places(offered.Places)}.",
        PlacesOffered offered => $"Offered to {Who(telling.NameOf(offered.Invitation))}, first in line whom it fits, until {telling.Moment(offered.Until)}: {telling.Places(offered.Places)}.",
        WaitlistPromoted promoted when telling.IsOfAnother(promoted.Invitation) => Overtaken(telling),
        WaitlistPromoted promoted => $"Given to {Who(telling.NameOf(promoted.Invitation))}, first in line whom it fits: {telling.Places(promoted.Places)}.",
        OfferClockStarted { Undelivered: true } started =>
            $"The mail about the offer could not be delivered; the offer stands all the same until {telling.Moment(started.Until)}.",
        OfferClockStarted started => $"The mail about the offer was delivered; it stands until {telling.Moment(started.Until)}.",
        PlacesKept kept => $"Too few places are free for this party: those it could still get are kept for it until {telling.Moment(kept.Until)}.",
        KeepingEnded => "Not enough places came free in time; they are kept for this party no longer. It keeps its turn.",
        WaitlistEntriesEnded => "The seating plan has no such places any more; the entry in the line ended.",
        OffersEnded => "The time of offers was over; freed places go to the line no more.",
        TicketCheckedIn checkedIn => $"The ticket was accepted at the door by {Who(telling.NameOf(checkedIn.By, checkedIn.Name))}.",
        CheckInUndone => "The check-in was taken back.",
        ReminderDue => "A reminder of the event was due and written.",
        _ => null,
    };

    private static string Who(string? name) => name switch { null => "somebody", "" => "you", _ => name };

    private static string Overtaken(Telling telling) =>
        $"Passed over for a smaller party: what came free was too little for this one ({telling.Story.Overtakes} of at most {telling.State.Rules.OvertakesAtMost} times).";
}
