namespace Seats.Core.Tests;

/// <summary>Who abandons holds again and again waits for the next one.</summary>
public sealed class HoardingTests
{
    private const int Most = Limits.InvitationsEndedPerPersonAtMost;
    private static readonly TimeSpan Unit = TimeSpan.FromMinutes(10);

    [Fact]
    public void ThreeLapsedHolds_AreAllowed_AndThenThereIsAWait()
    {
        var scene = Scene.WithEvent();
        Lapse(scene, 2);
        Assert.NotNull(scene.Hold(Scene.John, "1/5"));
        scene.After(Unit + TimeSpan.FromSeconds(30)).Hold(Scene.John, "1/5");
        var refusal = scene.ThenRefused(RefusalStatus.LimitHoarding).Refusal!;
        // It counts from the lapse, not from whoever noticed it.
        Assert.Equal((570, scene.Now.AddSeconds(570)), (refusal.RetryAfterSeconds, refusal.At));
        scene.After(TimeSpan.FromSeconds(569.5)).Hold(Scene.John, "1/5");
        Assert.Equal(1, scene.ThenRefused(RefusalStatus.LimitHoarding).Refusal!.RetryAfterSeconds);
        Assert.NotNull(scene.Hold(Scene.Jane, "1/5"));
        Assert.NotNull(scene.After(TimeSpan.FromSeconds(0.5)).Hold(Scene.John, "1/6"));
    }

    [Theory]
    [InlineData(3, 10)]
    [InlineData(4, 20)]
    [InlineData(5, 40)]
    [InlineData(8, 320)]
    [InlineData(10, 1_280)]
    [InlineData(11, 1_440)]
    [InlineData(12, 1_440)]
    public void EachLapseBeyondTheAllowance_DoublesTheWait_UpToADay(int lapses, int minutes)
    {
        var scene = Scene.WithEvent();
        for (var lapse = 1; lapse <= lapses; lapse++)
        {
            // Where the wait is a day, what was abandoned is forgotten with its end.
            if (scene.Hold(Scene.John, "1/5") is null)
                scene.After(TimeSpan.FromSeconds(scene.Refusal!.RetryAfterSeconds!.Value)).Hold(Scene.John, "1/5");
            if (lapse == 12) Assert.Equal(Unit, Abandoned(scene.After(Unit)));
            else Assert.Equal(lapse * Unit, Abandoned(scene.After(Unit)));
        }
        if (lapses == 12) return;
        scene.Hold(Scene.John, "1/5");
        Assert.Equal(minutes * 60, scene.ThenRefused(RefusalStatus.LimitHoarding).Refusal!.RetryAfterSeconds);
    }

    [Fact]
    public void ShortHolds_CostAUnitWhenTheyLapse_AndTheirTimeWhenTheyAreReleased()
    {
        var scene = Scene.WithEvent(settings => settings with { HoldSeconds = 30 });
        scene.Hold(Scene.John, "1/5");
        Assert.Equal(Unit, Abandoned(scene.After(TimeSpan.FromSeconds(30))));
        scene.Hold(Scene.John, "1/5");
        Release(scene.After(TimeSpan.FromSeconds(20)), Scene.John);
        Assert.Equal(Unit + TimeSpan.FromSeconds(20), Abandoned(scene));
    }

    [Fact]
    public void LongHolds_AreTheUnit()
    {
        var scene = Scene.WithEvent(settings => settings with { HoldSeconds = 3_600, HoldSecondsAtMost = 7_200 });
        for (var lapse = 1; lapse <= 3; lapse++)
        {
            Assert.NotNull(scene.Hold(Scene.John, "1/5"));
            scene.After(TimeSpan.FromHours(1)).Settle();
        }
        scene.Hold(Scene.John, "1/5");
        Assert.Equal(3_600, scene.ThenRefused(RefusalStatus.LimitHoarding).Refusal!.RetryAfterSeconds);
    }

    [Fact]
    public void ExtendedHold_CostsAllItsTime()
    {
        var scene = Scene.WithEvent();
        scene.Hold(Scene.John, "1/5");
        foreach (var _ in new[] { 1, 2 }) scene.After(TimeSpan.FromMinutes(9)).When(Scene.John, new ExtendHold(1), Decider.Decide);
        Assert.Equal(TimeSpan.FromMinutes(28), Abandoned(scene.After(TimeSpan.FromMinutes(10))));
    }

    [Fact]
    public void HoldsSideBySide_CountOnce()
    {
        var scene = Scene.WithEvent();
        scene.Hold(Scene.John, "1/5");
        scene.Hold(Scene.John, "1/6");
        scene.After(TimeSpan.FromMinutes(4)).Hold(Scene.John, "1/7");
        scene.After(TimeSpan.FromMinutes(6)).Settle();
        Assert.Equal(Unit, Abandoned(scene));
        Assert.Equal(TimeSpan.FromMinutes(14), Abandoned(scene.After(TimeSpan.FromMinutes(4))));
    }

    [Fact]
    public void HoldsThatAreGivenBackAtOnce_CostNothing_HoweverMany()
    {
        var scene = Scene.WithEvent();
        for (var round = 0; round < 3_000; round++)
        {
            Assert.NotNull(scene.Hold(Scene.John, "1/5"));
            Release(scene.After(TimeSpan.FromSeconds(0.9)), Scene.John);
        }
        Assert.Null(scene.State.People.Find(Scene.John)!.Abandoned);
        Assert.Empty(scene.State.Hoarding.People);
    }

    [Fact]
    public void HoldsThatAreGivenBackLate_AddUp()
    {
        var scene = Scene.WithEvent();
        for (var round = 0; round < 3; round++)
        {
            Assert.NotNull(scene.Hold(Scene.John, "1/5", "1/6"));
            // What is given back in part goes on.
            scene.After(TimeSpan.FromMinutes(5)).When(Scene.John, new ReleaseSeats(null, ["1/5"]), Decider.Decide);
            Assert.Equal(round * (Unit - TimeSpan.FromSeconds(1)), Abandoned(scene));
            Release(scene.After(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1)), Scene.John);
        }
        Assert.Equal(3 * Unit - TimeSpan.FromSeconds(3), Abandoned(scene));
        Assert.NotNull(scene.Hold(Scene.John, "1/5"));
        Release(scene.After(TimeSpan.FromSeconds(3)), Scene.John);
        scene.Hold(Scene.John, "1/5");
        Assert.Equal(600, scene.ThenRefused(RefusalStatus.LimitHoarding).Refusal!.RetryAfterSeconds);
    }

    [Fact]
    public void HoldThatBecameARegistration_CountsFromItsBeginning_WhenNobodyConfirms()
    {
        var scene = Scene.WithEvent();
        scene.Hold(Scene.John, "1/5");
        scene.After(TimeSpan.FromMinutes(9)).When(Scene.John, new Register(new Registration(1, null, false, false)), Decider.Decide);
        Assert.Equal(TimeSpan.Zero, Abandoned(scene));
        Assert.Equal(Unit, Abandoned(scene.After(TimeSpan.FromMinutes(1))));
        scene.Hold(Scene.John, "1/5");
        scene.After(TimeSpan.FromMinutes(5)).When(Scene.John, new Register(new Registration(2, null, false, false)), Decider.Decide);
        scene.After(TimeSpan.FromMinutes(3)).Cancel(Scene.John, 2);
        Assert.Equal(TimeSpan.FromMinutes(18), Abandoned(scene));
        scene.Hold(Scene.John, "1/5");
        scene.After(TimeSpan.FromMinutes(4)).When(Scene.John, new Register(new Registration(3, null, false, false)), Decider.Decide);
        scene.After(TimeSpan.FromMinutes(2)).When(Scene.John, new DeclineInvitation(3), Decider.Decide);
        Assert.Equal(TimeSpan.FromMinutes(24), Abandoned(scene));
    }

    [Fact]
    public void HoldsThatOneRegistrationTookTogether_AreNotReleased_AndCountFromTheFirst()
    {
        var scene = Scene.WithEvent();
        scene.Hold(Scene.John, "1/5");
        scene.After(TimeSpan.FromMinutes(5)).Hold(Scene.John, "1/6");
        scene.After(TimeSpan.FromMinutes(2)).Register(Scene.John, PlaceWish.Named("1/5", "1/6"), confirm: false);
        Assert.IsType<SeatsReleased>(scene.LastFacts[1]);
        Assert.Equal(TimeSpan.Zero, Abandoned(scene));
        // It ends when the first of the holds would have.
        Assert.Equal(Unit, Abandoned(scene.After(TimeSpan.FromMinutes(3))));
    }

    [Fact]
    public void RegistrationWithoutAHold_IsAsGoodAsOne()
    {
        var scene = Scene.WithEvent();
        for (var round = 1; round <= 3; round++)
        {
            Assert.NotNull(scene.Register(Scene.John, PlaceWish.Any(1), confirm: false));
            Assert.Equal(round * Unit, Abandoned(scene.After(Unit)));
        }
        scene.Hold(Scene.John, "1/5");
        scene.ThenRefused(RefusalStatus.LimitHoarding);
    }

    [Fact]
    public void WhoWaits_GetsNoNewPlaces_ByWhicheverCall()
    {
        var scene = Waiting(out _);
        scene.HoldAny(Scene.John, 1);
        scene.ThenRefused(RefusalStatus.LimitHoarding);
        foreach (var confirm in new[] { false, true })
        {
            scene.Register(Scene.John, PlaceWish.Named("1/1"), confirm);
            scene.ThenRefused(RefusalStatus.LimitHoarding);
            scene.Register(Scene.John, PlaceWish.Any(1), confirm);
            scene.ThenRefused(RefusalStatus.LimitHoarding);
        }
        // One place of these is new.
        scene.Register(Scene.John, PlaceWish.Named("1/5", "1/6"));
        scene.ThenRefused(RefusalStatus.LimitHoarding);
    }

    [Fact]
    public void WhoWaits_KeepsAndConfirmsWhatTheyHold_AndThenWaitsNoMore()
    {
        var scene = Waiting(out var held);
        Assert.NotNull(scene.When(Scene.John, new ExtendHold(held), Decider.Decide));
        Assert.NotNull(scene.When(Scene.John, new ChangeHold(held, ["1/5", "1/7"]), Decider.Decide));
        Assert.NotNull(scene.Register(Scene.John, PlaceWish.Named("1/7"), confirm: false));
        Assert.NotNull(scene.When(Scene.John, new Register(new Registration(held, null, true, false)), Decider.Decide));
        Assert.Null(scene.State.People.Find(Scene.John)!.Abandoned);
        Assert.NotNull(scene.Hold(Scene.John, "1/8"));
    }

    [Fact]
    public void WhoWaits_IsOfferedPlacesByTheLine_AndInvited()
    {
        var scene = Waiting(out _);
        Assert.Equal(InvitationStatus.Pending, scene.Join(Scene.John)!.Status);
        Assert.NotNull(scene.When(Scene.John, new LeaveWaitlist(), Decider.Decide));
        scene.When(Scene.Owner, new InviteGuest(new GuestInvitation(Scene.John.Email, PlaceWish.Named("1/1"), false)), Decider.Decide);
        Assert.Equal(InvitationStatus.Confirmed, scene.Confirm(Scene.John, 2)!.Status);
    }

    [Fact]
    public void WhoWaits_MayStillStandInLine_WhereNothingIsFree()
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 1, PlacesPerPerson = 1 });
        for (var lapse = 0; lapse < 3; lapse++)
        {
            Assert.NotNull(scene.Hold(Scene.John, "1/1"));
            scene.After(Unit).Settle();
        }
        scene.Register(Scene.John, PlaceWish.Any(1));
        scene.ThenRefused(RefusalStatus.LimitHoarding);
        scene.Hold(Scene.Jane, "1/1");
        Assert.Equal(InvitationStatus.Waitlist, scene.Register(Scene.John, PlaceWish.Any(1))!.Status);
    }

    [Fact]
    public void WhatOthersEnd_DoesNotCount()
    {
        var scene = Scene.WithEvent();
        scene.Hold(Scene.John, "1/5");
        scene.After(TimeSpan.FromMinutes(5)).When(Scene.Owner, new ReleaseSeats(1, null), Decider.Decide);
        scene.Register(Scene.John, PlaceWish.Any(1), confirm: false);
        scene.After(TimeSpan.FromMinutes(5)).Cancel(Scene.Owner, 1);
        // An organiser's invitation, and an offer of the line.
        scene.When(Scene.Owner, new InviteGuest(new GuestInvitation(Scene.John.Email, PlaceWish.Named("1/1"), false)), Decider.Decide);
        scene.When(Scene.John, new DeclineInvitation(2), Decider.Decide);
        scene.Join(Scene.John);
        scene.After(TimeSpan.FromDays(4)).Drain();
        Assert.Equal(InvitationStatus.Expired, scene.Read(3)!.Status);
        Assert.Empty(scene.State.Hoarding.People);
    }

    [Fact]
    public void OrganisersAndAdministrators_HoldWhatTheyLike()
    {
        var helper = new Requester("helper", "helper@example.com", false);
        var admin = new Requester("admin", "admin@example.com", true);
        var scene = Scene.WithEvent(settings => settings with { CoOrganisers = [helper.Id] });
        for (var round = 0; round < 5; round++)
        {
            foreach (var (who, seat) in new[] { (Scene.Owner, "1/1"), (helper, "1/2"), (admin, "1/3") })
                Assert.NotNull(scene.Hold(who, seat));
            scene.After(Unit).Settle();
        }
    }

    [Fact]
    public void Pause_IsNoTimeOfAHold_AndNoReasonToWaitLonger()
    {
        var scene = Scene.WithEvent();
        Lapse(scene, 2);
        scene.Hold(Scene.John, "1/5");
        scene.After(TimeSpan.FromMinutes(4)).When(Scene.Owner, new PauseEvent(), Decider.Decide);
        scene.After(TimeSpan.FromHours(3)).When(Scene.Owner, new ResumeEvent(), Decider.Decide);
        Assert.Equal(3 * Unit, Abandoned(scene.After(TimeSpan.FromMinutes(6))));
        scene.Hold(Scene.John, "1/5");
        Assert.Equal(600, scene.ThenRefused(RefusalStatus.LimitHoarding).Refusal!.RetryAfterSeconds);
        scene.When(Scene.Owner, new PauseEvent(), Decider.Decide);
        scene.After(Unit).When(Scene.Owner, new ResumeEvent(), Decider.Decide);
        Assert.NotNull(scene.Hold(Scene.John, "1/5"));
    }

    [Fact]
    public void ADayAfterTheLastAbandonment_EverythingIsForgotten()
    {
        var scene = Scene.WithEvent();
        Lapse(scene, 2);
        Assert.Equal(2 * Unit, Abandoned(scene.After(TimeSpan.FromHours(24) - Unit)));
        // A fact of somebody else, and no timer.
        scene.After(Unit).Hold(Scene.Jane, "1/1");
        Assert.Empty(scene.State.Hoarding.People);
        Assert.Equal(TimeSpan.Zero, Abandoned(scene));
    }

    [Fact]
    public void Memory_HoldsSoManyPeople_AndForgetsWhoAbandonedLongestAgo()
    {
        var hoarding = new Hoarding(peopleAtMost: 2);
        var people = Enumerable.Range(0, 3).Select(number => new PersonEntry($"{number}", "")).ToArray();
        var now = Scene.Start;
        foreach (var number in new[] { 0, 1, 0, 2 })
        {
            now += Unit;
            hoarding.Abandon(people[number], now - Unit, now, lapsed: true, Unit, now);
        }
        Assert.Equal([people[0], people[2]], hoarding.People);
        Assert.Equal([2 * Unit, null, Unit], people.Select(person => person.Abandoned?.Time));
    }

    [Fact]
    public void RegistrationsThatEnded_AreBounded_AndThoseThatLiveGoOn()
    {
        var scene = Scene.WithEvent(settings => settings with { PlacesPerPerson = 20 });
        var kept = scene.Register(Scene.John, PlaceWish.Named("1/1"))!;
        Assert.NotNull(scene.Hold(Scene.John, "1/2"));
        for (var ended = 0; ended < Most; ended++)
        {
            var made = ended % 2 == 0 ? scene.Join(Scene.John) : scene.Register(Scene.John, PlaceWish.Named("1/5"));
            scene.Cancel(Scene.John, made!.Number);
        }
        scene.Join(Scene.John);
        Assert.Equal((Most, Most), Limit(scene));
        scene.Register(Scene.John, PlaceWish.Named("1/5"));
        Assert.Equal((Most, Most), Limit(scene));
        scene.When(Scene.John, new Register(new Registration(1, null, true, false)), Decider.Decide);
        Assert.Equal((Most, Most), Limit(scene));
        // A snapshot knows it too; others and what an organiser begins are not bounded by it.
        Assert.Equal(Most, SnapshotCodec.Decode(1, SnapshotCodec.Encode(scene.State))!.People.Find(Scene.John)!.Ended);
        Assert.NotNull(scene.Register(Scene.Jane, PlaceWish.Named("1/5")));
        scene.When(Scene.Owner, new InviteGuest(new GuestInvitation(Scene.John.Email, PlaceWish.Named("1/6"), false)), Decider.Decide);
        Assert.Null(scene.Refusal);
        Assert.Equal(InvitationStatus.Cancelled, scene.Cancel(Scene.John, kept.Number)!.Status);

        static (int?, int?) Limit(Scene scene)
        {
            var refusal = scene.ThenRefused(RefusalStatus.LimitInvitations).Refusal!;
            return (refusal.Limit, refusal.Mine);
        }
    }

    [Fact]
    public void OrganisersInvitationsThatEnded_AreNotTheGuestsToAnswerFor()
    {
        var scene = Scene.WithEvent();
        for (var round = 1; round <= 3; round++)
        {
            scene.When(Scene.Owner, new InviteGuest(new GuestInvitation(Scene.John.Email, PlaceWish.Named("1/6"), false)), Decider.Decide);
            scene.When(Scene.John, new DeclineInvitation(round), Decider.Decide);
        }
        Assert.Equal(0, scene.State.People.Find(null, Scene.John.Email)!.Ended);
    }

    /// <summary>John held a seat so many times, for nothing.</summary>
    private static void Lapse(Scene scene, int times)
    {
        for (var lapse = 0; lapse < times; lapse++)
        {
            Assert.NotNull(scene.Hold(Scene.John, "1/5"));
            scene.After(Unit).Settle();
        }
    }

    /// <summary>John waits, and has a hold of one seat that began before he had to.</summary>
    private static Scene Waiting(out int held)
    {
        var scene = Scene.WithEvent();
        Lapse(scene, 2);
        scene.Hold(Scene.John, "1/6");
        scene.After(TimeSpan.FromMinutes(9)).Hold(Scene.John, "1/5");
        held = scene.State.LastHold;
        scene.After(TimeSpan.FromMinutes(1)).Settle();
        Assert.Equal(3 * Unit, Abandoned(scene));
        return scene;
    }

    private static TimeSpan Abandoned(Scene scene)
    {
        scene.Settle();
        return scene.State.People.Find(Scene.John)?.Abandoned?.Time ?? TimeSpan.Zero;
    }

    private static void Release(Scene scene, Requester by) => scene.When(by, new ReleaseSeats(null, null), Decider.Decide);
}
