using Seats.Grains.Abstractions;
using Seats.Grains.Seating;

namespace Seats.Grains.Explain;

/// <summary>What a sentence may draw on: the state after the fact, who asks, and what the history is about.</summary>
internal sealed record Telling(EventState State, Requester By, IReadOnlySet<int>? About, int? Invitation)
{
    /// <summary>Organisers learn who; everybody learns what they did themself.</summary>
    public string? NameOf(string? personId, string? email)
    {
        if (personId is not null ? personId == By.Id : email is { Length: > 0 } && email == By.Email) return "";
        return State.IsOrganiser(By) ? email is { Length: > 0 } ? email : personId : null;
    }

    /// <summary>The person of an invitation.</summary>
    public string? NameOf(int invitation) =>
        State.FindInvitation(invitation) is { } found ? NameOf(found.Who.Id, found.Who.Email) : null;

    /// <summary>A person by id.</summary>
    public string? NameOf(string personId) => NameOf(personId, State.People.Find(personId, "")?.Email);

    /// <summary>The person of a hold that still stands.</summary>
    public string? HolderOf(int hold) => State.FindHold(hold) is { } found ? NameOf(found.Who.Id, found.Who.Email) : null;

    /// <summary>A reason is told to organisers and to those it was given for.</summary>
    public string? Reason(string? reason) => string.IsNullOrEmpty(reason) || !State.IsOrganiser(By) && Invitation is null ? null : reason;

    /// <summary>A moment on the event's clock as the wall clock shows it, UTC to the second.</summary>
    public string Moment(DateTimeOffset onEventClock) =>
        State.Clock.OnWall(onEventClock, State.LastAt).ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", null);

    /// <summary>How often the entry the history is about was overtaken so far.</summary>
    public int Overtakes => State.Waitlist.OvertakesOf(State.FindInvitation(Invitation!.Value)!);

    public string Places(IReadOnlyList<int> places) => string.Join(", ", State.Places.Layout.NamesOf(places));
}
