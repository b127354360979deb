using Seats.Spelling;

namespace Seats.Core.History;

/// <summary>What a sentence may draw on: the event as it is now, the history up to the fact, who asks, and when the fact was.</summary>
internal sealed record SentenceContext(EventState State, Requester By, Story Story, DateTimeOffset At)
{
    /// <summary>Whether the history is that of places, and these are among them.</summary>
    public bool IsAbout(IReadOnlyList<int> places) => Story.Places is { } about && places.Any(about.Contains);

    /// <summary>Whether the history is that of another invitation.</summary>
    public bool IsOfAnother(int invitation) => Story.Invitation is { } about && about != invitation;

    /// <summary>Organisers learn who; everybody learns what they did themself.</summary>
    public string? NameOf(string? personId, string? email)
    {
        if (personId is not null ? personId == By.Id : email is { Length: > 0 } && email == By.Email) return "";
        return State.IsOrganiser(By) ? email is { Length: > 0 } ? EmailAddress.ToShow(email) : personId : null;
    }

    /// <summary>The person of an invitation.</summary>
    public string? NameOf(int invitation) =>
        State.FindInvitation(invitation) is { } found ? NameOf(found.Who.Id, found.Who.Email) : null;

    /// <summary>A person by id.</summary>
    public string? NameOf(string personId) => NameOf(personId, State.People.Find(personId, "")?.Email);

    /// <summary>The person of a hold.</summary>
    public string? HolderOf(int hold) => Story.HolderOf(hold) is { } found ? NameOf(found.Id, found.Email) : null;

    /// <summary>A reason is told to organisers and to those it was given for.</summary>
    public string? Reason(string? reason) => string.IsNullOrEmpty(reason) || !State.IsOrganiser(By) && Story.Invitation is null ? null : reason;

    /// <summary>A moment on the event's clock as the wall clock shows it, UTC to the second.</summary>
    public string Moment(DateTimeOffset onEventClock) =>
        Story.Clock.OnWall(onEventClock, At).ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", null);

    public string Places(IReadOnlyList<int> places) => string.Join(", ", State.Places.Layout.NamesOf(places));
}
