namespace Seats.Core.Notifications;

/// <summary>Who may have to be notified of facts: the relay reads no further than the last entry that may notify somebody.</summary>
public static class Audiences
{
    /// <summary>The audiences of an entry's facts together.</summary>
    public static Audience Of(IReadOnlyList<Fact> facts)
    {
        var audience = Audience.Nobody;
        foreach (var fact in facts) audience |= Of(fact);
        return audience;
    }

    /// <summary>The audience of one fact.</summary>
    /// <exception cref="InvariantViolatedException">A fact that has no answer here yet.</exception>
    public static Audience Of(Fact fact) => fact switch
    {
        SeatsHeld or HoldChanged or HoldExtended or SeatsReleased or HoldsExpired => Audience.Nobody,
        SeatsBlocked or SeatsUnblocked or TicketCheckedIn or CheckInUndone => Audience.Nobody,
        EventCreated or SeatingChanged or EventPaused or EventResumed or EventEnded or OfferClockStarted => Audience.Nobody,
        PlacesKept or KeepingEnded or OffersEnded => Audience.Nobody,
        InvitationMade or InvitationConfirmed or InvitationCancelled or InvitationDeclined or InvitationExpired => Audience.Person,
        WaitlistJoined or WaitlistEntriesEnded or PlacesOffered or WaitlistPromoted => Audience.Person,
        EventChanged or ChangesAnnounced or EventCancelled or ReminderDue => Audience.Everybody,
        _ => throw new InvariantViolatedException($"Fact {fact.GetType().Name} has no audience."),
    };
}
