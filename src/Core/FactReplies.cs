namespace Seats.Core;

/// <summary>
/// The reply to a command, told from the facts it led to and the state right after them: the same reply that its decision gave. For a command
/// whose caller never heard the reply, because the silo died.
/// </summary>
internal static class FactReplies
{
    /// <summary>A <see cref="Reply{T}"/> of the type that the command's sender expects.</summary>
    /// <param name="facts">Facts of one entry: what was decided comes first, what followed from it after.</param>
    /// <param name="at">The time of the entry.</param>
    /// <returns>Null for facts that no command of this program leads to.</returns>
    public static object? Of(EventState state, IReadOnlyList<Fact> facts, DateTimeOffset at) => Decided(facts) switch
    {
        EventCreated => Made(state, Views.Event(state, 0, at)),
        EventChanged or SeatingChanged or EventPaused or EventResumed or EventCancelled => Changed(state, Views.Event(state, 0, at)),
        SeatsBlocked blocked => Changed(state, new BlockedPlaces(state.Places.Layout.NamesOf(blocked.Places))),
        SeatsUnblocked unblocked => Changed(state, new BlockedPlaces(state.Places.Layout.NamesOf(unblocked.Places))),
        SeatsHeld held => Made(state, Views.Hold(state, held.Hold, at)),
        HoldChanged changed => Changed(state, Views.Hold(state, changed.Hold, at)),
        HoldExtended extended => Changed(state, Views.Hold(state, extended.Hold, at)),
        SeatsReleased => Changed(state, Released(state, facts)),
        InvitationMade made => Made(state, Views.Invitation(state, made.Invitation, at)),
        WaitlistJoined joined => Made(state, Views.Invitation(state, joined.Invitation, at)),
        InvitationConfirmed confirmed => Changed(state, Views.Invitation(state, confirmed.Invitation, at)),
        InvitationCancelled cancelled => Changed(state, Views.Invitation(state, cancelled.Invitation, at)),
        InvitationDeclined declined => Changed(state, Views.Invitation(state, declined.Invitation, at)),
        InvitationExpired expired => Changed(state, Views.Invitation(state, expired.Invitation, at)),
        OfferClockStarted started => Changed(state, Views.Invitation(state, started.Invitation, at)),
        TicketCheckedIn checkedIn => Changed(state, Views.CheckIn(state, checkedIn.Invitation, at)),
        CheckInUndone undone => Changed(state, Views.CheckIn(state, undone.Invitation, at)),
        _ => null,
    };

    /// <summary>The first fact; where held places became an invitation, the invitation.</summary>
    private static Fact Decided(IReadOnlyList<Fact> facts) => facts.FirstOrDefault(fact => fact is InvitationMade) ?? facts[0];

    private static ReleasedPlaces Released(EventState state, IReadOnlyList<Fact> facts) =>
        new(state.Places.Layout.NamesOf([.. facts.OfType<SeatsReleased>().SelectMany(released => released.Places)]));

    private static Reply<T> Made<T>(EventState state, T value) where T : class => new(state.Version, value, null, false, true);

    private static Reply<T> Changed<T>(EventState state, T value) where T : class => new(state.Version, value, null, false, false);
}
