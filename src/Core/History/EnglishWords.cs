namespace Seats.Core.History;

/// <summary>English sentences.</summary>
internal sealed class EnglishWords : Words
{
    public override string Unreadable => "This entry cannot be told.";

    public override string? Tell(SentenceContext context, Fact fact) => fact switch
    {
        EventCreated => "The event was created and this place put on sale.",
        EventChanged => "The event was moved to another time.",
        SeatingChanged => "The seating plan was changed.",
        EventPaused => "Sales were paused; all clocks stood still.",
        EventResumed => "Sales went on; the time of the pause was given back.",
        EventCancelled cancelled => Because(context, "The event was cancelled.", cancelled.Reason, "Reason:"),
        EventEnded => "The event was over, and what was still open ended with it.",
        SeatsBlocked blocked => Because(context, "The organiser took the place off sale.", blocked.Reason, "Reason:"),
        SeatsUnblocked unblocked => Because(context, "The organiser put the place on sale again.", unblocked.Reason, "Reason:"),
        SeatsHeld held => $"Held for {Who(context.NameOf(held.Who.Id, held.Who.Email))} until {context.Moment(held.Until)}.",
        HoldChanged changed when context.IsAbout(changed.Places) => $"Taken into the hold of {Who(context.HolderOf(changed.Hold))} by a swap.",
        HoldChanged => "Given back by a swap of the hold.",
        HoldExtended extended => $"The hold was extended until {context.Moment(extended.Until)}.",
        SeatsReleased released => $"Released by {Who(context.NameOf(released.By))}.",
        HoldsExpired => "The hold ran out.",
        InvitationMade made => $"Set aside for {Who(context.NameOf(made.Who.Id, made.Who.Email))} until {context.Moment(made.Until)}: {context.Places(made.Places)}.",
        InvitationConfirmed confirmed => $"Confirmed by {Who(context.NameOf(confirmed.Invitation))}.",
        InvitationCancelled cancelled => Because(context, "The invitation was cancelled.", cancelled.Reason, "Reason:"),
        InvitationDeclined => "The invitation was declined.",
        InvitationExpired { Reason: { } reason } => Because(context, "The offer moved on because its mail could not be delivered.", reason, "Answer:"),
        InvitationExpired => "No answer came in time; the places went on.",
        WaitlistJoined joined => $"Joined the line for {joined.Places} {(joined.Places == 1 ? "place" : "places")}.",
        PlacesOffered offered when context.IsOfAnother(offered.Invitation) => Overtaken(context),
        PlacesOffered { AwaitsMail: true } offered => $"Offered to {Who(context.NameOf(offered.Invitation))}, first in line whom it fits; the time to answer begins when the mail about it is delivered: {context.Places(offered.Places)}.",
        PlacesOffered offered => $"Offered to {Who(context.NameOf(offered.Invitation))}, first in line whom it fits, until {context.Moment(offered.Until)}: {context.Places(offered.Places)}.",
        WaitlistPromoted promoted when context.IsOfAnother(promoted.Invitation) => Overtaken(context),
        WaitlistPromoted promoted => $"Given to {Who(context.NameOf(promoted.Invitation))}, first in line whom it fits: {context.Places(promoted.Places)}.",
        OfferClockStarted { Undelivered: true } started =>
            $"The mail about the offer could not be delivered; the offer stands all the same until {context.Moment(started.Until)}.",
        OfferClockStarted started => $"The mail about the offer was delivered; it stands until {context.Moment(started.Until)}.",
        PlacesKept kept => $"Too few places are free for this party: those it could still get are kept for it until {context.Moment(kept.Until)}.",
        KeepingEnded => "Not enough places came free in time; they are kept for this party no longer. It keeps its turn.",
        WaitlistEntriesEnded => "The seating plan has no such places any more; the entry in the line ended.",
        OffersEnded => "The time of offers was over; freed places go to the line no more.",
        TicketCheckedIn checkedIn => $"The ticket was accepted at the door by {Who(context.NameOf(checkedIn.By, checkedIn.Name))}.",
        CheckInUndone => "The check-in was taken back.",
        ReminderDue => "A reminder of the event was due and written.",
        _ => null,
    };

    private static string Who(string? name) => name switch { null => "somebody", "" => "you", _ => name };

    private static string Overtaken(SentenceContext context) =>
        $"Passed over for a smaller party: what came free was too little for this one ({context.Story.Overtakes} of at most {context.State.Rules.OvertakesAtMost} times).";
}
