namespace Seats.Core.Tests;

/// <summary>What is too much for one version follows in the next ones at once, and nobody comes in between.</summary>
public sealed class PortionTests
{
    private const int Waiting = 250;
    private static readonly Portions One = new(Promotions: 1, Places: 1, Lapses: 1);

    [Fact]
    public void Promotions_TooManyForOneVersion_FollowInTheNextOnes_InOrder()
    {
        var scene = LineOf(Waiting);
        Grow(scene, 1 + Waiting);
        Assert.Equal(Limits.PromotionsInOneVersionAtMost, scene.LastFacts.Count(fact => fact is WaitlistPromoted));
        Assert.Equal(scene.Now, scene.State.NextDeadline);
        Assert.Equal(2, scene.Drain());
        var served = scene.Journal.SelectMany(entry => entry.Facts).OfType<WaitlistPromoted>().Select(promoted => promoted.Invitation);
        Assert.Equal(Enumerable.Range(2, Waiting), served);
        Assert.All(scene.Journal.Where(entry => entry.Version > 2 + Waiting), entry => Assert.InRange(entry.Facts.Count, 1, 101));
        Assert.NotEqual(scene.Now, scene.State.NextDeadline);
    }

    [Fact]
    public void Offers_OfManyPlaces_MakeNoLargeVersion()
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 1_000, PlacesPerPerson = 1_000, Seating = SeatingKind.General });
        scene.HoldAny(Scene.John, 1_000);
        for (var number = 0; number < 5; number++) scene.Join(Person(number), 900);
        Change(scene, new EventSettings { Capacity = 5_500 });
        Assert.Equal(3, scene.LastFacts.Count(fact => fact is PlacesOffered));
        Assert.Equal(1, scene.Drain());
        Assert.Equal(4_500, scene.Counts.Offered);
    }

    [Fact]
    public void FreedPlace_BetweenTwoPortions_IsNobodysButTheLines()
    {
        var scene = LineOf(4 * Limits.PromotionsInOneVersionAtMost);
        Grow(scene, 1_000);
        scene.HoldAny(Scene.Jane, 1);
        scene.ThenRefused(RefusalStatus.EventHasLine);
        var free = Enumerable.Range(0, scene.State.Places.Positions).Last(position => scene.State.Places[position] == PlaceState.Free);
        scene.Hold(Scene.Jane, scene.State.Places.Layout.NameOf(free));
        scene.ThenRefused(RefusalStatus.EventHasLine);
        Assert.NotEqual(0, scene.State.Waitlist.Count);
        scene.Drain();
        Assert.NotNull(scene.HoldAny(Scene.Jane, 1));
    }

    [Fact]
    public void Invitation_BetweenTwoPortions_WaitsBehindTheLine()
    {
        var scene = LineOf(4 * Limits.PromotionsInOneVersionAtMost);
        Grow(scene, 1_000);
        scene.When(Scene.Owner, new InviteGuest(new GuestInvitation("guest@example.com", PlaceWish.Any(1), false)), Decider.Decide);
        scene.ThenRefused(RefusalStatus.EventHasLine);
        var guest = scene.Join(Scene.Jane)!;
        Assert.Equal((InvitationStatus.Waitlist, scene.Counts.Waiting), (guest.Status, guest.Position!.Value));
        scene.Drain();
        Assert.Equal(InvitationStatus.Confirmed, scene.Read(guest.Number)!.Status);
    }

    [Fact]
    public void Restart_BetweenTwoPortions_LosesNobody()
    {
        var scene = LineOf(Waiting);
        Grow(scene, 1 + Waiting);
        var replayed = new EventState(1);
        foreach (var (version, at, facts) in scene.Journal) Turn.Replay(replayed, version, at, facts);
        var restored = SnapshotCodec.Decode(1, SnapshotCodec.Encode(scene.State))!;
        foreach (var state in new[] { replayed, restored })
        {
            while (Turn.Due(state, scene.Now) is { Count: > 0 } due) Turn.Run(state, due, scene.Now, number => $"ticket-{number}");
            Assert.Equal((0, 1 + Waiting), (state.Waitlist.Count, state.Places.Count(PlaceState.Confirmed)));
        }
    }

    [Fact]
    public void Holds_TooManyForOneVersion_LapseInTheNextOnes()
    {
        var scene = Held(1_100);
        scene.After(TimeSpan.FromMinutes(10)).Settle();
        Assert.Equal(Limits.LapsesInOneVersionAtMost, Assert.IsType<HoldsExpired>(Assert.Single(scene.LastFacts)).Holds.Count);
        Assert.True(scene.State.NextDeadline <= scene.Now);
        Assert.Equal(2, scene.Drain());
        Assert.Equal((0, 1_100), (scene.Counts.Held, scene.Counts.Free));
    }

    [Fact]
    public void Line_IsServedOnceEverythingThatLapsedIsFree()
    {
        var scene = Held(4, One);
        scene.Join(Scene.Jane, 4, together: true);
        scene.Join(Scene.Jim);
        scene.After(TimeSpan.FromMinutes(10)).Settle();
        Assert.Equal(InvitationStatus.Waitlist, scene.Read(2)!.Status);
        scene.Drain();
        Assert.Equal((InvitationStatus.Pending, InvitationStatus.Waitlist), (scene.Read(1)!.Status, scene.Read(2)!.Status));
    }

    [Fact]
    public void Line_IsNotServedByACommandThatComesWhileOthersLapse()
    {
        var scene = Held(6, One);
        scene.Join(Scene.Jane, 4);
        scene.Join(Scene.Jim);
        Change(scene.After(TimeSpan.FromMinutes(10)), new EventSettings { Title = "Second night" });
        Assert.IsType<EventChanged>(Assert.Single(scene.LastFacts));
        scene.Drain();
        Assert.Equal((InvitationStatus.Pending, InvitationStatus.Pending), (scene.Read(1)!.Status, scene.Read(2)!.Status));
    }

    [Fact]
    public void LapsedHold_ThatNoFactHasEndedYet_IsInert()
    {
        var scene = Held(9, One);
        scene.After(TimeSpan.FromMinutes(10));
        var (last, who) = (scene.State.LastHold, Person(8));
        scene.When(who, new ExtendHold(last), Decider.Decide);
        scene.ThenRefused(RefusalStatus.HoldExpired);
        scene.When(who, new Register(new Registration(last, null, true, true)), Decider.Decide);
        scene.ThenRefused(RefusalStatus.HoldExpired);
        scene.When(who, new ReleaseSeats(last, null), Decider.Decide);
        scene.ThenRefused(RefusalStatus.HoldExpired);
        Assert.Empty(scene.When(who, new ReleaseSeats(null, null), Decider.Decide)!.Seats);
        Assert.Equal(RefusalStatus.NotFound, Questions.Hold(scene.State, who, last, scene.Now).Refusal?.Status);
        Assert.Empty(Questions.Holds(scene.State, who, 0, 10, scene.Now).Answer!(scene.State, 0, scene.Now).Holds);
        Assert.NotNull(scene.State.FindHold(last));
    }

    [Fact]
    public void LapsedHold_ThatNoFactHasEndedYet_DoesNotCountTowardsThePersonsLimit()
    {
        var scene = Scene.WithEvent(settings => settings with { PlacesPerPerson = 2 }, One);
        for (var number = 0; number < 4; number++) scene.HoldAny(Person(number), 1);
        scene.HoldAny(Scene.Jane, 1);
        scene.Register(Scene.Jane, PlaceWish.Any(1), confirm: false);
        scene.After(TimeSpan.FromMinutes(10));
        Assert.NotNull(scene.HoldAny(Scene.Jane, 2));
        scene.HoldAny(Scene.Jane, 1);
        Assert.Equal(2, scene.ThenRefused(RefusalStatus.LimitPlaces).Refusal!.Mine);
    }

    [Fact]
    public void LapsedOffer_ThatNoFactHasEndedYet_IsExpired()
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 5, RespondSeconds = 600 }, One);
        for (var number = 0; number < 4; number++) Invite(scene, $"guest-{number}@example.com");
        scene.Join(Scene.Jane);
        Assert.Equal(InvitationStatus.Pending, scene.Read(5)!.Status);
        scene.After(TimeSpan.FromHours(1));
        Assert.Equal(InvitationStatus.Expired, scene.Read(5)!.Status);
        Assert.Empty(scene.Read(5)!.Seats);
        scene.When(Scene.Jane, new ConfirmOffer(), Decider.Decide);
        scene.ThenRefused(RefusalStatus.WaitlistNoOffer);
        scene.Confirm(Scene.Jane, 5);
        scene.ThenRefused(RefusalStatus.InvitationExpired);
        scene.Cancel(Scene.Jane, 5);
        scene.ThenRefused(RefusalStatus.InvitationExpired);
        Assert.Equal(InvitationStatus.Pending, scene.State.FindInvitation(5)!.Status);
        Assert.Equal(6, scene.Join(Scene.Jane)!.Number);
    }

    [Fact]
    public void Pause_BetweenTwoPortions_LetsTheRestLapse()
    {
        var scene = Held(4, One);
        scene.After(TimeSpan.FromMinutes(10)).When(Scene.Owner, new PauseEvent(), Decider.Decide);
        Assert.Equal(3, scene.Drain());
        Assert.Equal(0, scene.Counts.Held);
        Assert.Null(scene.State.NextDeadline is { } next && next <= scene.Now.AddDays(20) ? next : null);
    }

    [Fact]
    public void End_OfALargeEvent_ComesInPortions()
    {
        var scene = Held(400);
        for (var number = 0; number < 300; number++) scene.Join(Person(1_000 + number));
        scene.When(Scene.Owner, new PauseEvent(), Decider.Decide);
        scene.After(TimeSpan.FromDays(31)).Settle();
        var first = Assert.Single(scene.LastFacts.OfType<EventEnded>());
        Assert.Equal(Limits.LapsesInOneVersionAtMost, first.Holds.Count + first.Invitations.Count);
        Assert.Equal(InvitationStatus.Expired, scene.Read(300)!.Status);
        Assert.Equal(1, scene.Drain());
        Assert.Equal((400, 0, 0), (scene.Counts.Free, scene.Counts.Held, scene.Counts.Waiting));
        Assert.Null(scene.State.NextDeadline);
    }

    [Fact]
    public void Cancellation_OfALargeEvent_IsASmallFact_AndEndsEverything()
    {
        var scene = Held(400);
        for (var number = 0; number < 300; number++) scene.Join(Person(1_000 + number));
        scene.When(Scene.Owner, new CancelEvent(null, null), Decider.Decide);
        Assert.InRange(FactCodec.Encode(scene.LastFacts).Length, 1, 100);
        Assert.Equal((400, 0, 0), (scene.Counts.Free, scene.Counts.Held, scene.Counts.Waiting));
        Assert.All(scene.State.Invitations, invitation => Assert.Equal(InvitationStatus.Cancelled, invitation.Status));
    }

    /// <summary>One place, confirmed, and a line of people who each wait for one and need not be asked.</summary>
    private static Scene LineOf(int people)
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 1, AutoPromote = true });
        scene.Register(Scene.John, PlaceWish.Any(1));
        for (var number = 0; number < people; number++) scene.Join(Person(number));
        return scene;
    }

    /// <summary>As many places, each held by somebody else from now on.</summary>
    private static Scene Held(int holds, Portions? portions = null)
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = holds }, portions);
        for (var number = 0; number < holds; number++) scene.HoldAny(Person(number), 1);
        Assert.Equal(holds, scene.Counts.Held);
        return scene;
    }

    private static Requester Person(int number) => new($"person-{number}", $"person-{number}@example.com", false);

    private static void Grow(Scene scene, int capacity) => Change(scene, new EventSettings { Capacity = capacity });

    private static void Change(Scene scene, EventSettings change)
    {
        scene.When(Scene.Owner, new ChangeEvent(change, null), Decider.Decide);
        Assert.Null(scene.Refusal);
    }

    private static void Invite(Scene scene, string email) =>
        scene.When(Scene.Owner, new InviteGuest(new GuestInvitation(email, PlaceWish.Any(1), false)), Decider.Decide);
}
