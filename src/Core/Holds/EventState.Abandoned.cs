namespace Seats.Core;

/// <summary>Which ends of holds and registrations count as abandoned: those that their people brought about, or let happen.</summary>
public sealed partial class EventState
{
    // What the version that is being applied gave back, until it is clear whether a registration of the same version takes it over.
    private readonly List<Hold> givenBack = [];
    private long givenBackSince = long.MaxValue;

    internal Hoarding Hoarding { get; } = new();

    /// <summary>Notes places that a person gave back themself; what an organiser takes from somebody is not theirs to answer for.</summary>
    private void NoteGivenBack(Hold hold, string by, DateTimeOffset at)
    {
        if (hold.Who.Id != by) return;
        givenBackSince = Math.Min(givenBackSince, hold.SinceTicks);
        if (hold.Places.Length == 0 && Hoarding.IsCounted(Clock.At(at).UtcTicks - hold.SinceTicks)) givenBack.Add(hold);
    }

    /// <summary>A claim takes the places over; returns since when its person has had them.</summary>
    private long TakeGivenBack(long since)
    {
        var first = Math.Min(since, givenBackSince);
        givenBack.Clear();
        givenBackSince = long.MaxValue;
        return first;
    }

    /// <summary>The version is complete: what nobody took over was released.</summary>
    private void CountGivenBack(DateTimeOffset at)
    {
        givenBackSince = long.MaxValue;
        if (givenBack.Count == 0) return;
        foreach (var hold in givenBack) Abandon(hold.Who, hold.Since, Clock.At(at), lapsed: false, at);
        givenBack.Clear();
    }

    private void CountLapsed(IReadOnlyList<int> numbers, DateTimeOffset at)
    {
        foreach (var number in numbers)
            if (FindHold(number) is { } hold) Abandon(hold.Who, hold.Since, hold.Until, lapsed: true, at);
    }

    /// <summary>A registration that its person made and never confirmed; what they were offered or invited to is not one.</summary>
    private void CountUnconfirmed(Invitation invitation, bool lapsed, string? by, DateTimeOffset at)
    {
        if (invitation is not { Status: InvitationStatus.Pending, Origin: InvitationOrigin.Registration, Wish: null }) return;
        if (!lapsed && invitation.Who.Id != by) return;
        Abandon(invitation.Who, invitation.Since, lapsed ? invitation.Until : Clock.At(at), lapsed, at);
    }

    private void Abandon(PersonEntry who, DateTimeOffset from, DateTimeOffset to, bool lapsed, DateTimeOffset at)
    {
        // The fact that ends what lapsed may come late.
        var ended = lapsed ? Clock.OnWall(to, at) : at;
        Hoarding.Abandon(who, from, to, lapsed, Hoarding.UnitOf(Rules), ended < at ? ended : at);
    }
}
