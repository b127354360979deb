using CsCheck;

namespace Seats.Core.Tests;

/// <summary>Random histories of a small hall with a long line: parties of several sizes and wishes, and places that come and go.</summary>
internal static class Lines
{
    private const int PeopleCount = 12;
    private static readonly string[][] Categories = [[], ["gold"], ["standing"], ["gold", "standing"], ["standing", "gold"]];
    private static readonly Requester[] People =
        [.. Enumerable.Range(0, PeopleCount).Select(number => new Requester($"person-{number}", $"person-{number}@example.com", false))];

    private static readonly Gen<Requester> Person = Gen.Int[0, PeopleCount - 1].Select(number => People[number]);
    private static readonly Gen<int> Invitation = Gen.Int[1, 30];
    private static readonly Gen<string> Seat = Gen.Int[1, 8].Select(seat => $"rows/1/{seat}");

    private static readonly Gen<Action<Scene>> Steps = Gen.Frequency(
        (9, Gen.Select(Person, Gen.Int[1, 4], Gen.Bool, Gen.Int[0, Categories.Length - 1],
            (who, places, together, wish) => Step(scene => scene.Join(who, places, together, Categories[wish])))),
        (3, Gen.Select(Person, Gen.Int[1, 3], Gen.Bool,
            (who, places, confirm) => Step(scene => scene.Register(who, PlaceWish.Any(places) with { Together = false }, confirm)))),
        (3, Gen.Select(Person, Gen.Int[1, 3], Gen.Bool, (who, places, together) => Step(scene => scene.HoldAny(who, places, together)))),
        (2, Gen.Select(Person, Seat, (who, seat) => Step(scene => scene.Hold(who, seat)))),
        (8, Invitation.Select(number => Step(scene => scene.Cancel(Scene.Owner, number)))),
        (4, Invitation.Select(number => Step(scene => scene.Confirm(Scene.Owner, number)))),
        (3, Gen.Select(Person, who => Step(scene => scene.When(who, new ConfirmOffer(), Decider.Decide)))),
        (2, Gen.Select(Person, who => Step(scene => scene.When(who, new LeaveWaitlist(), Decider.Decide)))),
        (3, Gen.Select(Person, who => Step(scene => scene.When(who, new ReleaseSeats(null, null), Decider.Decide)))),
        (2, Gen.Select(Person, Gen.Int[1, 30], (who, hold) => Step(scene => scene.When(who, new ExtendHold(hold), Decider.Decide)))),
        (3, Gen.Int[1, 2_000].Select(seconds => Step(scene => scene.After(TimeSpan.FromSeconds(seconds)).Settle()))),
        (1, Gen.Int[0, 3].Select(most => Step(scene => Change(scene, new EventSettings { OvertakesAtMost = most })))),
        (1, Gen.Bool.Select(promote => Step(scene => Change(scene, new EventSettings { AutoPromote = promote })))),
        (1, Gen.Int[2, 6].Select(capacity => Step(scene => Change(scene, new EventSettings { Plan = Plan(capacity) })))),
        (1, Gen.Const(Step(scene => scene.When(Scene.Owner, new PauseEvent(), Decider.Decide)))),
        (2, Gen.Const(Step(scene => scene.When(Scene.Owner, new ResumeEvent(), Decider.Decide)))),
        (1, Seat.Select(seat => Step(scene => scene.When(Scene.Owner, new BlockSeats([seat], null), Decider.Decide)))),
        (2, Seat.Select(seat => Step(scene => scene.When(Scene.Owner, new UnblockSeats([seat], null), Decider.Decide)))));

    public static Gen<Action<Scene>[]> Histories { get; } = Steps.Array[10, 80];

    public static Scene Begin(Portions? portions = null)
    {
        var scene = Scene.WithEvent(
            settings => settings with { Capacity = null, Plan = Plan(4), OvertakesAtMost = 2, OfferSeconds = 900 }, portions);
        // Sold out at first, so that a line forms.
        foreach (var who in People.Take(6)) scene.Register(who, PlaceWish.Any(2) with { Together = false });
        Assert.Equal(0, scene.Counts.Free);
        return scene;
    }

    private static void Change(Scene scene, EventSettings change) => scene.When(Scene.Owner, new ChangeEvent(change, null), Decider.Decide);

    private static SeatingPlan Plan(int capacity) => new([Scene.Rows("rows", "gold", 8), Scene.Area("floor", "standing", capacity)]);

    private static Action<Scene> Step(Action<Scene> step) => step;
}
