namespace Seats.Core;

public sealed partial class EventState
{
    /// <summary>Whether the time of a hold is up. It is inert from then on, whether or not a fact has ended it yet.</summary>
    internal bool HasLapsed(Hold hold, DateTimeOffset now) => hold.Until <= Clock.At(now) || now >= Rules.EndsAt;

    /// <summary>Where a claim stands at a moment: expired once its time is up, whether or not a fact has ended it yet.</summary>
    internal InvitationStatus StatusAt(Invitation invitation, DateTimeOffset now) => invitation.Status switch
    {
        InvitationStatus.Pending when invitation.Deadline <= Clock.At(now) || now >= Rules.EndsAt => InvitationStatus.Expired,
        InvitationStatus.Waitlist when now >= Rules.EndsAt => InvitationStatus.Expired,
        var status => status,
    };

    /// <summary>Whether a hold, an invitation or the time to keep places waits for the fact that ends it.</summary>
    internal bool IsLapseDue(DateTimeOffset now) => NextLapse is { } next && next <= Clock.At(now);

    /// <summary>Places a person holds or claims whose time is up, though no fact has ended them yet.</summary>
    internal int LapsedPlacesOf(PersonEntry person, DateTimeOffset now) =>
        IsLapseDue(now) ? Deadlines.LapsedPlacesOf(this, person, Clock.At(now)) : 0;
}
