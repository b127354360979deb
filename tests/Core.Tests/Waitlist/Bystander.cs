namespace Seats.Core.Tests;

/// <summary>Sees that nobody in a journal takes a free place that somebody in line waits for, or uses what has lapsed.</summary>
internal static class Bystander
{
    public static void Watch(IReadOnlyList<(long Version, DateTimeOffset At, IReadOnlyList<Fact> Facts)> journal)
    {
        var state = new EventState(1);
        foreach (var (version, at, facts) in journal)
        {
            // What somebody gives back in the same command is theirs to take again.
            var own = facts.OfType<SeatsReleased>().SelectMany(released => released.Places).ToHashSet();
            foreach (var fact in facts)
            {
                foreach (var place in Taken(state, fact).Where(place => !own.Contains(place))) AssertNobodyWaitsFor(state, place);
                AssertAlive(state, fact, at);
                state.Evolve(fact, at);
            }
            state.Close(version, at);
        }
    }

    private static IEnumerable<int> Taken(EventState state, Fact fact) => fact switch
    {
        SeatsHeld held => held.Places,
        HoldChanged changed => changed.Places.Except(state.FindHold(changed.Hold)!.Places),
        InvitationMade { Hold: null } made => made.Places,
        _ => [],
    };

    private static void AssertNobodyWaitsFor(EventState state, int place)
    {
        var row = state.Places.Layout.RowOf(place)!;
        Assert.False(state.KeptPlaces.Keeps(state.Places, row, place - row.Base), $"Place {place} was the line's.");
    }

    private static void AssertAlive(EventState state, Fact fact, DateTimeOffset at)
    {
        var hold = fact switch
        {
            HoldChanged changed => changed.Hold,
            HoldExtended extended => extended.Hold,
            SeatsReleased released => released.Hold,
            InvitationMade { Hold: { } number } => number,
            _ => 0,
        };
        if (hold > 0) Assert.True(state.FindHold(hold)!.Until > state.Clock.At(at), $"Hold {hold} had lapsed: {fact}");
        var invitation = fact switch
        {
            InvitationConfirmed confirmed => confirmed.Invitation,
            InvitationCancelled cancelled => cancelled.Invitation,
            InvitationDeclined declined => declined.Invitation,
            _ => 0,
        };
        if (invitation > 0 && state.FindInvitation(invitation) is { Status: InvitationStatus.Pending } pending)
            Assert.True(pending.Deadline > state.Clock.At(at), $"Invitation {invitation} had lapsed: {fact}");
    }
}
