namespace Seats.Core.Tests.Notifications;

/// <summary>Reminders: when they are due, and that each is due once.</summary>
public sealed class ReminderTests
{
    private static readonly DateTimeOffset Begin = Scene.Settings.StartsAt!.Value;

    [Fact]
    public void Reminder_IsDueAtItsMoment_Once()
    {
        var scene = Scene.WithEvent();
        Assert.Equal(Begin.AddHours(-1), scene.State.NextDeadline);
        scene.After(Begin.AddHours(-1) - Scene.Start).Settle();
        Assert.Equal([new ReminderDue(TimeSpan.FromHours(1), null)], scene.LastFacts);
        Assert.Null(scene.State.NextDeadline);
    }

    [Fact]
    public void Reminders_OfAnyNumber_AreDueOneAfterTheOther()
    {
        var scene = With(TimeSpan.FromDays(7), TimeSpan.FromDays(1), TimeSpan.FromMinutes(30));
        Assert.Equal([Begin.AddDays(-7), Begin.AddDays(-1), Begin.AddMinutes(-30)], Moments(scene));
    }

    [Fact]
    public void MovedStart_PlansAnew_AndRemindsOfTheNewStartToo()
    {
        var scene = Scene.WithEvent();
        scene.After(Begin.AddMinutes(-30) - Scene.Start).Settle();
        Move(scene, Begin.AddDays(1));
        Assert.Equal(Begin.AddDays(1).AddHours(-1), scene.State.NextDeadline);
        Move(scene, Begin);
        Assert.Null(scene.State.NextDeadline);
    }

    [Fact]
    public void StartMovedCloser_IsToldAsAChange_AndNotAsAReminderToo()
    {
        var scene = Scene.WithEvent();
        Move(scene, Scene.Start.AddMinutes(40));
        Assert.Null(scene.State.NextDeadline);
    }

    [Fact]
    public void ReminderAddedAfterItsMoment_RemindsNobody_AndTheOthersStay()
    {
        var scene = Scene.WithEvent();
        scene.After(Begin.AddDays(-2) - Scene.Start);
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { Reminders = [TimeSpan.FromDays(7), TimeSpan.FromHours(1)] }, null), Decider.Decide);
        Assert.Equal([Begin.AddHours(-1)], Moments(scene));
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(6, false)]
    public void ReminderAddedAfterItsMoment_IsMadeUpFor_WithinAFewMinutes(int minutesLate, bool isMadeUpFor)
    {
        var scene = With();
        scene.After(Begin.AddHours(-1).AddMinutes(minutesLate) - Scene.Start);
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { Reminders = [TimeSpan.FromHours(1)] }, null), Decider.Decide);
        scene.Settle();
        Assert.Equal(isMadeUpFor, scene.LastFacts[0] is ReminderDue);
    }

    [Fact]
    public void EventMadeShortlyBefore_RemindsNobody()
    {
        var scene = Scene.WithEvent(settings => settings with { StartsAt = Scene.Start.AddMinutes(30) });
        Assert.Null(scene.State.NextDeadline);
    }

    [Theory]
    [InlineData(-10, null)]
    [InlineData(10, true)]
    public void MomentMissedWhileEverythingWasDown_IsMadeUpFor_UnlessTheEventHasBegun(int minutesAfterStart, bool? missed)
    {
        var scene = Scene.WithEvent();
        scene.After(Begin.AddMinutes(minutesAfterStart) - Scene.Start).Settle();
        Assert.Equal([new ReminderDue(TimeSpan.FromHours(1), missed)], scene.LastFacts);
        Assert.Null(scene.State.NextDeadline);
    }

    [Fact]
    public void CancelledEvent_RemindsNobody()
    {
        var scene = Scene.WithEvent();
        scene.When(Scene.Owner, new CancelEvent(null, null), Decider.Decide);
        Assert.Null(scene.State.NextDeadline);
    }

    [Fact]
    public void PausedEvent_RemindsAllTheSame_AndItsHoldsStandStill()
    {
        var scene = Scene.WithEvent(settings => settings with { StartsAt = Scene.Start.AddMinutes(65), SalesUntil = null });
        scene.When(Scene.John, new HoldSeats(new PlaceWish(null, 1, [], [], false)), Decider.Decide);
        scene.When(Scene.Owner, new PauseEvent(), Decider.Decide);
        scene.After(TimeSpan.FromMinutes(30)).Settle();
        Assert.Equal([new ReminderDue(TimeSpan.FromHours(1), null)], scene.LastFacts);
    }

    [Fact]
    public void Plan_SurvivesASnapshot()
    {
        var scene = With(TimeSpan.FromDays(7), TimeSpan.FromDays(1));
        scene.After(Begin.AddDays(-6) - Scene.Start).Settle();
        var restored = SnapshotCodec.Decode(1, SnapshotCodec.Encode(scene.State))!;
        Assert.Equal(Begin.AddDays(-1), restored.NextDeadline);
    }

    [Fact]
    public void OfferThatAwaitsItsMail_LapsesAfterTheMail_NotBefore()
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 1, OfferSeconds = 60, OfferClock = OfferClock.MailAccepted });
        scene.When(Scene.John, new JoinWaitlist(new WaitlistWish(1, false, [])), Decider.Decide);
        scene.After(TimeSpan.FromMinutes(10)).Settle();
        Assert.Equal(InvitationStatus.Pending, scene.State.Invitations[0].Status);
        scene.When(Requester.System, new ReportOfferMail(1, true, null), Decider.Decide);
        scene.After(TimeSpan.FromSeconds(59)).Settle();
        Assert.Equal(InvitationStatus.Pending, scene.State.Invitations[0].Status);
        var restored = SnapshotCodec.Decode(1, SnapshotCodec.Encode(scene.State))!;
        Assert.Equal(scene.State.NextDeadline, restored.NextDeadline);
        scene.After(TimeSpan.FromSeconds(1)).Settle();
        Assert.Equal(InvitationStatus.Expired, scene.State.Invitations[0].Status);
    }

    [Fact]
    public void OfferWhoseMailFails_MovesOn_WithTheReason()
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 1, OfferClock = OfferClock.MailAccepted });
        scene.When(Scene.John, new JoinWaitlist(new WaitlistWish(1, false, [])), Decider.Decide);
        scene.When(Scene.Jane, new JoinWaitlist(new WaitlistWish(1, false, [])), Decider.Decide);
        scene.When(Requester.System, new ReportOfferMail(1, false, "550 no such mailbox"), Decider.Decide);
        Assert.Equal("550 no such mailbox", Assert.IsType<InvitationExpired>(scene.LastFacts[0]).Reason);
        Assert.Equal(2, Assert.IsType<PlacesOffered>(scene.LastFacts[1]).Invitation);
    }

    [Fact]
    public void MailServerThatRefusesEverybody_UsesUpNoLine()
    {
        var scene = Line(30);
        for (var number = 1; number <= Limits.OffersSkippedInAnHourAtMost; number++) Undelivered(scene, number);
        var last = Limits.OffersSkippedInAnHourAtMost + 1;
        Undelivered(scene, last);
        // The offer stands for its time: whoever it was made to may look for themself.
        var until = scene.Now.AddHours(1);
        Assert.Equal([new OfferClockStarted(last, until, true)], scene.LastFacts);
        Assert.Equal((InvitationStatus.Pending, until), (scene.Read(last)!.Status, scene.Read(last)!.RespondBy));
        var restored = SnapshotCodec.Decode(1, SnapshotCodec.Encode(scene.State))!;
        Assert.False(restored.SkippedOffers.HasRoom(scene.Now));
        scene.After(TimeSpan.FromHours(1)).Settle();
        Undelivered(scene, last + 1);
        Assert.IsType<InvitationExpired>(scene.LastFacts[0]);
    }

    [Fact]
    public void EventThatSkipsNobody_LetsEveryOfferStand()
    {
        var scene = Line(2, settings => settings with { SkipUnreachable = false });
        Undelivered(scene, 1);
        Assert.True(Assert.IsType<OfferClockStarted>(Assert.Single(scene.LastFacts)).Undelivered);
    }

    [Fact]
    public void OfferOfAClockThatRanAllAlong_StaysAsItIs_WhereNobodyIsSkipped()
    {
        var scene = Line(2, settings => settings with { SkipUnreachable = false, OfferClock = OfferClock.Offered });
        var version = scene.State.Version;
        Undelivered(scene, 1);
        Assert.Equal((version, InvitationStatus.Pending), (scene.State.Version, scene.Read(1)!.Status));
    }

    [Fact]
    public void OfferWhoseMailIsNeverHeardOf_LapsesAfterADay()
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 1, OfferSeconds = 60, OfferClock = OfferClock.MailAccepted });
        scene.When(Scene.John, new JoinWaitlist(new WaitlistWish(1, false, [])), Decider.Decide);
        scene.After(TimeSpan.FromHours(Limits.OfferMailHoursAtMost) + TimeSpan.FromSeconds(60)).Settle();
        Assert.Equal(InvitationStatus.Expired, scene.State.Invitations[0].Status);
    }

    /// <summary>One place, offered to the first of a line.</summary>
    private static Scene Line(int people, Func<EventSettings, EventSettings>? change = null)
    {
        var scene = Scene.WithEvent(settings =>
        {
            var single = settings with { OfferClock = OfferClock.MailAccepted, Capacity = 1 };
            return change?.Invoke(single) ?? single;
        });
        for (var number = 1; number <= people; number++)
            scene.Join(new Requester($"p{number}", $"p{number}@example.com", false));
        return scene;
    }

    private static void Undelivered(Scene scene, int invitation) =>
        scene.When(Requester.System, new ReportOfferMail(invitation, false, "554 Client host blocked"), Decider.Decide);

    private static Scene With(params TimeSpan[] reminders) => Scene.WithEvent(settings => settings with { Reminders = reminders });

    private static void Move(Scene scene, DateTimeOffset start) =>
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { StartsAt = start }, null), Decider.Decide);

    private static List<DateTimeOffset> Moments(Scene scene)
    {
        List<DateTimeOffset> moments = [];
        while (scene.State.NextDeadline is { } next)
        {
            moments.Add(next);
            scene.After(next - scene.Now).Settle();
        }
        return moments;
    }
}
