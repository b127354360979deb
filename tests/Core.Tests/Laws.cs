using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using CsCheck;

namespace Seats.Core.Tests;

/// <summary>What holds after any sequence of commands.</summary>
public sealed class Laws
{
    private const int Sequences = 1_500;
    private static readonly Requester[] People = [Scene.John, Scene.Jane, Scene.Jim, new("amy", "amy@example.com", false)];

    // The same person under an address that the event does not know them by.
    private static readonly Requester AmyMoved = new("amy", "amy@elsewhere.example", false);

    private static readonly Gen<Action<Scene>> Steps = Gen.Frequency(
        (6, Gen.Select(Gen.Int[0, 3], Gen.Int[1, 3], Gen.Bool, (who, places, together) => Step(scene => scene.HoldAny(People[who], places, together)))),
        (4, Gen.Select(Gen.Int[0, 3], Gen.Int[1, 8], (who, seat) => Step(scene => scene.Hold(People[who], $"rows/1/{seat}")))),
        (4, Gen.Select(Gen.Int[0, 3], Gen.Int[1, 3], Gen.Bool, (who, places, confirm) =>
            Step(scene => scene.Register(People[who], PlaceWish.Any(places) with { Together = false }, confirm)))),
        (5, Gen.Select(Gen.Int[0, 3], Gen.Int[1, 5], Gen.Bool, Gen.Int[0, 2], (who, places, together, category) =>
            Step(scene => scene.Join(People[who], places, together, category == 0 ? [] : [category == 1 ? "gold" : "standing"])))),
        (6, Gen.Select(Gen.Int[0, 3], Gen.Int[1, 12], (who, number) => Step(scene => scene.Cancel(People[who], number)))),
        (4, Gen.Select(Gen.Int[0, 3], Gen.Int[1, 12], (who, number) => Step(scene => scene.Confirm(People[who], number)))),
        (3, Gen.Select(Gen.Int[0, 3], Gen.Int[1, 12], (who, number) => Step(scene => scene.When(People[who], new DeclineInvitation(number), Decider.Decide)))),
        (4, Gen.Select(Gen.Int[0, 3], who => Step(scene => scene.When(People[who], new ReleaseSeats(null, null), Decider.Decide)))),
        (2, Gen.Select(Gen.Int[0, 3], who => Step(scene => scene.When(People[who], new LeaveWaitlist(), Decider.Decide)))),
        (3, Gen.Select(Gen.Int[0, 3], Gen.Int[1, 8], Gen.Bool, (who, seat, confirm) => Step(scene => scene.Register(People[who], PlaceWish.Named($"rows/1/{seat}"), confirm)))),
        (2, Gen.Select(Gen.Int[1, 8], seat => Step(scene => scene.Hold(Scene.Owner, $"rows/1/{seat}")))),
        (2, Gen.Select(Gen.Int[1, 8], seat => Step(scene => Invite(scene, new GuestInvitation("amy@example.com", PlaceWish.Named($"rows/1/{seat}"), false))))),
        (2, Gen.Select(Gen.Int[1, 8], seat => Step(scene => Invite(scene, new GuestInvitation(AmyMoved.Email, PlaceWish.Named($"rows/1/{seat}"), false))))),
        (1, Gen.Const(Step(scene => Invite(scene, new GuestInvitation(AmyMoved.Email, PlaceWish.Any(1), true))))),
        (2, Gen.Select(Gen.Int[1, 12], number => Step(scene => scene.Confirm(AmyMoved, number)))),
        (2, Gen.Select(Gen.Int[1, 12], hold => Step(scene => Invite(scene, new GuestInvitation("amy@example.com", null, false, hold))))),
        (2, Gen.Select(Gen.Int[1, 12], Gen.Bool, (number, accepted) => Step(scene => scene.When(Requester.System, new ReportOfferMail(number, accepted, "550"), Decider.Decide)))),
        (5, Gen.Select(Gen.Int[1, 5_000], seconds => Step(scene => scene.After(TimeSpan.FromSeconds(seconds)).Settle()))),
        // As long as a hold, so that people come to wait for the next one.
        (4, Gen.Const(Step(scene => scene.After(TimeSpan.FromMinutes(10)).Settle()))),
        (1, Gen.Const(Step(scene => scene.When(Scene.Owner, new PauseEvent(), Decider.Decide)))),
        (2, Gen.Const(Step(scene => scene.When(Scene.Owner, new ResumeEvent(), Decider.Decide)))),
        (2, Gen.Select(Gen.Int[1, 8], seat => Step(scene => scene.When(Scene.Owner, new BlockSeats([$"rows/1/{seat}"], null), Decider.Decide)))),
        (4, Gen.Select(Gen.Int[1, 8], seat => Step(scene => scene.When(Scene.Owner, new UnblockSeats([$"rows/1/{seat}"], null), Decider.Decide)))),
        (2, Gen.Select(Gen.Int[1, 8], changes => Step(scene =>
        {
            for (var change = 0; change < changes; change++)
                scene.When(Scene.Owner, new ChangeEvent(new EventSettings { Title = $"Night {change}" }, null), Decider.Decide);
        }))),
        (4, Gen.Select(Gen.Int[2, 6], capacity => Step(scene => scene.When(
            Scene.Owner, new ChangeEvent(new EventSettings { Plan = Plan(capacity) }, null), Decider.Decide)))),
        (4, Gen.Const(Step(scene => scene.When(
            Scene.Owner, new CheckInTicket(new TicketClaim(1, Confirmed(scene)), $"ticket-{Confirmed(scene)}"), Decider.Decide)))),
        (6, Gen.Const(Step(scene => scene.When(
            Scene.Owner, new UndoCheckIn(new TicketClaim(1, CheckedIn(scene)), $"ticket-{CheckedIn(scene)}"), Decider.Decide)))),
        (3, Gen.Select(Gen.Int[0, 3], who => Step(scene => scene.When(
            People[who], new ExtendHold(HoldOf(scene, People[who])), Decider.Decide)))),
        (3, Gen.Select(Gen.Int[0, 3], Gen.Int[1, 8], (who, seat) => Step(scene => scene.When(
            People[who], new ChangeHold(HoldOf(scene, People[who]), [$"rows/1/{seat}"]), Decider.Decide)))),
        (3, Gen.Select(Gen.Bool, accepted => Step(scene => scene.When(
            Requester.System, new ReportOfferMail(AwaitsMail(scene), accepted, "550"), Decider.Decide)))),
        (3, Gen.Select(Gen.Bool, Gen.Bool, (promotes, mailed) => Step(scene => scene.When(
            Scene.Owner,
            new ChangeEvent(
                new EventSettings { AutoPromote = promotes, OfferClock = mailed ? OfferClock.MailAccepted : OfferClock.Offered }, null),
            Decider.Decide)))),
        (5, Gen.Select(Gen.Int[1, 300], seconds => Step(scene => scene.After(TimeSpan.FromSeconds(seconds)).Settle()))),
        (1, Gen.Select(Gen.Int[1, 31], days => Step(scene => scene.After(TimeSpan.FromDays(days)).Settle()))),
        (1, Gen.Const(Step(scene => ToTheStart(scene).Settle()))),
        // Somebody waits for more than the event has, once it gets smaller.
        (6, Gen.Select(Gen.Int[0, 3], who => Step(scene => scene.Join(People[who], 6, false, "standing")))),
        (4, Gen.Const(Step(scene => scene.When(
            Scene.Owner, new ChangeEvent(new EventSettings { Plan = Plan(2) }, null), Decider.Decide)))),
        (1, Gen.Select(Gen.Int[1, 12], one => Step(scene =>
        {
            // Rarely: nothing happens afterwards.
            if (one == 1) scene.When(Scene.Owner, new CancelEvent("Ill.", null), Decider.Decide);
        }))),
        (1, Gen.Const(Step(scene => Invite(scene, new GuestInvitation("amy@example.com", PlaceWish.Any(1), true))))));

    private static readonly Gen<Action<Scene>[]> Histories = Steps.Array[1, 60];

    [Fact]
    public void Histories_ContainEveryFact()
    {
        var missing = typeof(Fact).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(derived => derived.DerivedType).ToHashSet();
        CheckEnd(scene =>
        {
            lock (missing) missing.ExceptWith(scene.Journal.SelectMany(entry => entry.Facts).Select(fact => fact.GetType()));
        });
        Assert.Empty(missing);
    }

    [Fact]
    public void Places_AreNeverTakenTwice_AndAddUp() => Check(scene =>
    {
        var counts = scene.Counts;
        Assert.Equal(counts.Total, counts.Free + counts.Held + counts.Offered + counts.Invited + counts.Confirmed + counts.Blocked);
        var claimed = scene.State.Holds.SelectMany(hold => hold.Places).Concat(scene.State.Invitations.SelectMany(invitation => invitation.Places)).ToArray();
        Assert.Equal(claimed.Length, claimed.Distinct().Count());
        Assert.Equal(claimed.Length, counts.Held + counts.Offered + counts.Invited + counts.Confirmed);
        foreach (var person in scene.State.People.InOrder)
            Assert.Equal(
                scene.State.Holds.Where(hold => hold.Who == person).Sum(hold => hold.Places.Length)
                    + scene.State.Invitations.Where(invitation => invitation.Who == person).Sum(invitation => invitation.Places.Length),
                person.Places);
    });

    [Fact]
    public void Replay_OfTheJournal_EqualsTheLiveState() => CheckEnd(scene =>
    {
        var replayed = new EventState(1);
        foreach (var (version, at, facts) in scene.Journal) Turn.Replay(replayed, version, at, FactCodec.Decode(FactCodec.Encode(facts)));
        AssertSame(scene.State, replayed);
    });

    [Fact]
    public void Reply_ToldFromTheFacts_IsTheReplyOfTheDecision() => Check((scene, step) =>
    {
        scene.Settle();
        var version = scene.State.Version;
        step(scene);
        if (scene.State.Version == version || scene.Reply is null) return;
        var (_, at, facts) = scene.Journal[^1];
        Assert.Equal(JsonSerializer.Serialize(scene.Reply), JsonSerializer.Serialize(FactReplies.Of(scene.State, facts, at)));
    });

    [Fact]
    public void Snapshot_AndBack_IsTheSameState() => CheckEnd(scene =>
    {
        var bytes = SnapshotCodec.Encode(scene.State);
        var restored = SnapshotCodec.Decode(1, bytes)!;
        AssertSame(scene.State, restored);
    });

    [Fact]
    public void Refusal_LeavesNoFacts_AndAChangeOneVersion() => Check((scene, step) =>
    {
        scene.Settle();
        var version = scene.State.Version;
        step(scene);
        if (scene.Refusal is not null) Assert.All(scene.Journal.Where(entry => entry.Version > version), entry => Assert.True(IsTime(entry.Facts[0])));
    });

    [Fact]
    public void Line_IsServedInOrder_WithTheBoundOnOvertaking() => Check(scene =>
    {
        foreach (var kind in scene.State.Waitlist.Kinds) Assert.InRange(kind.Overtakes, 0, scene.State.Rules.OvertakesAtMost);
        var offered = scene.LastFacts.OfType<PlacesOffered>().ToArray();
        foreach (var offer in offered)
        {
            // Everybody who stands before and would take such a place was passed over.
            var categories = offer.Places.Select(place => scene.State.Places.Layout.RowOf(place)!.Section.Category).ToHashSet();
            var before = scene.State.Waitlist.After(0).Where(number => number < offer.Invitation)
                .Where(number => categories.Any(scene.State.FindInvitation(number)!.Wish!.Wants));
            foreach (var entry in before.Select(number => scene.State.FindInvitation(number)!))
                Assert.InRange(scene.State.Waitlist.OvertakesOf(entry), 1, scene.State.Rules.OvertakesAtMost);
        }
    });

    [Fact]
    public void Line_NeverWaitsForPlacesItsHeadCouldHave() => Check(scene =>
    {
        if (scene.State.Waitlist.Count == 0) return;
        if (scene.State.StateAt(scene.Now) != EventStatus.OnSale || scene.Now >= scene.State.Rules.OffersUntil) return;
        var head = scene.State.FindInvitation(scene.State.Waitlist.After(0).First())!;
        Assert.Null(BestAvailable.Choose(scene.State.Places, head.Count, section => head.Wish!.Wants(section.Category), head.Wish!.Together));
    });

    [Fact]
    public void AbandonedTime_IsNoMoreThanThereWas_AndWhoWaitsGetsNothing() => Check((scene, step) =>
    {
        scene.Settle();
        var waiting = scene.State.People.InOrder
            .Where(person => Hoarding.WaitsUntil(person, Hoarding.UnitOf(scene.State.Rules), scene.Now) is not null).ToList();
        var before = scene.State.LastHold;
        step(scene);
        foreach (var person in waiting)
            Assert.DoesNotContain(person.Holds, hold => hold > before && person.Id != Scene.Owner.Id);
        Assert.All(scene.State.Hoarding.People, person => Assert.InRange(
            person.Abandoned!.Time, TimeSpan.FromSeconds(1), scene.Now - Scene.Start + scene.State.Rules.HoldTime));
        Assert.Equal(
            scene.State.People.InOrder.Count(person => person.Abandoned is not null), scene.State.Hoarding.People.Distinct().Count());
        foreach (var person in scene.State.People.InOrder)
            Assert.Equal(
                scene.State.Invitations.Count(invitation =>
                    invitation.Who == person && !invitation.IsLive && invitation.Origin != InvitationOrigin.Invitation),
                person.Ended);
    });

    [Fact]
    public void Nothing_IsOpenOnceTheEventIsOver() => CheckEnd(scene =>
    {
        scene.After(TimeSpan.FromDays(60)).Settle();
        Assert.Empty(scene.State.Holds);
        Assert.All(scene.State.Invitations, invitation => Assert.True(invitation.Status is InvitationStatus.Confirmed || !invitation.IsLive));
        Assert.Null(scene.State.NextDeadline);
    });

    /// <summary>All that a snapshot holds, and all that is derived from it.</summary>
    private static void AssertSame(EventState expected, EventState actual)
    {
        Assert.Equal(SnapshotCodec.Encode(expected), SnapshotCodec.Encode(actual));
        Assert.Equal(Describe(expected), Describe(actual));
    }

    private static string[] Describe(EventState state) =>
    [
        $"{state.NextDeadline:O} {state.NextMove.GetType().Name} {Views.Counts(state)} {state.LastHold} {state.LastInvitation}",
        .. state.People.InOrder.Select(person =>
            $"{person.Id} {person.Email} {person.Places} {person.Waiting} {string.Join(',', person.Holds)} {state.People.Find(person.ToPerson())?.Id}"),
        .. state.People.InOrder.Select(person => $"{person.Id} {person.Ended} {person.Abandoned?.Time} {person.Abandoned?.CountedUntil:O}"),
        .. state.Hoarding.People.Select(person => $"{person.Id} {person.Abandoned!.Node!.Value == person} {person.Abandoned.LastAt:O}"),
        .. state.Holds.OrderBy(hold => hold.Number).Select(hold => $"{hold.Number} {hold.Since:O}"),
        .. state.People.Addresses.Select(address => $"{address.Email} {address.Person.Id} {address.Person.Email}"),
        .. state.Waitlist.Kinds.Select(kind => $"{kind.First} {kind.Count} {kind.Overtakes} {kind.KeptUntil:O} {kind.WasKeptInVain} {kind.CanBeServed}"),
        $"{string.Join(',', state.Waitlist.After(0))} {state.Waitlist.Places} {state.Waitlist.NextKeptUntil:O} {state.Waitlist.IsClosed}",
        .. state.Places.Layout.Sections.Select(section => $"{section.Id} {section.Free} {section.Open} {section.Total} {section.LongestRun}"),
        .. state.Places.Layout.Rows.Select(row => $"{row.Base} {row.Free} {row.Seats} {row.Extent} {row.LongestRun}"),
        .. Enumerable.Range(0, state.Places.Positions).Select(place => $"{place} {state.Letter(place)} {state.Places.ClaimOf(place)}"),
    ];

    private static void Invite(Scene scene, GuestInvitation guest) => scene.When(Scene.Owner, new InviteGuest(guest), Decider.Decide);

    private static int HoldOf(Scene scene, Requester who) => scene.State.Holds.FirstOrDefault(hold => hold.Who.Id == who.Id)?.Number ?? 0;

    private static int CheckedIn(Scene scene) => scene.State.Invitations.FirstOrDefault(invitation => invitation.CheckedInAt is not null)?.Number ?? 0;

    private static int Confirmed(Scene scene) =>
        scene.State.Invitations.LastOrDefault(invitation => invitation.Status == InvitationStatus.Confirmed)?.Number ?? 0;

    private static int AwaitsMail(Scene scene) => scene.State.Invitations.FirstOrDefault(invitation => invitation.AwaitsMail)?.Number ?? 0;

    private static Scene ToTheStart(Scene scene) =>
        scene.State.Rules.StartsAt > scene.Now ? scene.After(scene.State.Rules.StartsAt - scene.Now) : scene;

    private static Action<Scene> Step(Action<Scene> step) => step;

    private static bool IsTime(Fact fact) => fact is HoldsExpired or InvitationExpired or KeepingEnded or OffersEnded or EventEnded or ReminderDue
        or ChangesAnnounced;

    private static SeatingPlan Plan(int capacity) => new([Scene.Rows("rows", "gold", 8), Scene.Area("floor", "standing", capacity)]);

    private static Scene Begin() =>
        Scene.WithEvent(settings => settings with { Capacity = null, Plan = Plan(6), OvertakesAtMost = 2, PlacesPerPerson = 6, OfferClock = OfferClock.MailAccepted });

    private static void Check(Action<Scene> law) => Check((scene, step) =>
    {
        step(scene);
        law(scene);
    });

    private static void Check(Action<Scene, Action<Scene>> law) => Histories.Sample(steps =>
    {
        var scene = Begin();
        foreach (var step in steps) law(scene, step);
    }, iter: Sequences);

    private static void CheckEnd(Action<Scene> law) => Histories.Sample(steps =>
    {
        var scene = Begin();
        foreach (var step in steps) step(scene);
        law(scene);
    }, iter: Sequences);
}
