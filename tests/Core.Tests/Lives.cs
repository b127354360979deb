namespace Seats.Core.Tests;

/// <summary>Events that together live through every fact there is. A new fact belongs in one of them: a test names it until it is there.</summary>
internal static class Lives
{
    private static readonly Requester Amy = new("amy", "amy@example.com", false, "fr");
    private static readonly Requester Zoe = new("zoe", "zoe@example.com", false);

    public static IEnumerable<Scene> All() => [Ended(), Cancelled(), KeptForAParty(), Shrunk()];

    /// <summary>Sold, resold and over.</summary>
    public static Scene Ended()
    {
        var scene = Scene.WithPlan(Scene.Rows("rows", "gold", 4), Scene.Area("floor", "standing", 1));
        Change(scene, new EventSettings { OfferClock = OfferClock.MailAccepted, PlacesPerPerson = 5 });
        Holds(scene);
        scene.When(Scene.Owner, new BlockSeats(["rows/1/4"], "A camera stands there."), Decider.Decide);
        scene.When(Scene.Owner, new UnblockSeats(["rows/1/4"], null), Decider.Decide);
        Answers(scene);
        Line(scene);
        Door(scene);
        foreach (var number in Enumerable.Range(1, Limits.ChangeNoticesInAnHourAtMost + 1)) Change(scene, new EventSettings { Title = $"Night {number}" });
        scene.After(TimeSpan.FromMinutes(15)).Settle();
        scene.Join(Zoe, 5);
        scene.After(Scene.Settings.StartsAt!.Value - scene.Now - TimeSpan.FromHours(1)).Drain();
        scene.After(TimeSpan.FromHours(1)).Drain();
        scene.After(TimeSpan.FromHours(3)).Drain();
        return scene;
    }

    /// <summary>Cancelled while somebody holds, somebody has a ticket and somebody waits for an answer.</summary>
    public static Scene Cancelled()
    {
        var scene = Scene.WithEvent();
        scene.Hold(Scene.John, "1/1");
        scene.Register(Scene.Jane, PlaceWish.Named("1/2"));
        scene.When(Scene.Owner, new InviteGuest(new GuestInvitation("guest@example.com", PlaceWish.Named("1/3"), false)), Decider.Decide);
        scene.When(Scene.Owner, new CancelEvent("The singer is ill.", null), Decider.Decide);
        return scene;
    }

    /// <summary>A party waits in vain for a whole row.</summary>
    private static Scene KeptForAParty()
    {
        var scene = Scene.WithPlan(Scene.Rows("main", "standard", 2, 4));
        scene.Hold(Scene.Jim, "2/1");
        scene.Join(Scene.Jane, 4, together: true);
        foreach (var _ in Enumerable.Range(0, 4)) scene.After(TimeSpan.FromMinutes(9)).When(Scene.Jim, new ExtendHold(1), Decider.Decide);
        scene.After(TimeSpan.FromHours(1)).Drain();
        return scene;
    }

    /// <summary>A party waits for more places than the event has left.</summary>
    private static Scene Shrunk()
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 8 });
        scene.Register(Scene.John, PlaceWish.Any(1));
        scene.Join(Scene.Jane, 8);
        Change(scene, new EventSettings { Capacity = 7 });
        return scene;
    }

    private static void Holds(Scene scene)
    {
        scene.Hold(Scene.John, "rows/1/1");
        scene.After(TimeSpan.FromMinutes(1)).When(Scene.John, new ExtendHold(1), Decider.Decide);
        scene.When(Scene.John, new ChangeHold(1, ["rows/1/2", "rows/1/3"]), Decider.Decide);
        scene.When(Scene.John, new ReleaseSeats(1, ["rows/1/2"]), Decider.Decide);
        scene.After(TimeSpan.FromMinutes(20)).Settle();
        scene.Hold(Scene.John, "rows/1/1");
    }

    private static void Answers(Scene scene)
    {
        scene.When(Scene.John, new Register(new Registration(scene.State.LastHold, null, true, true)), Decider.Decide);
        var declined = scene.Register(Scene.Jane, PlaceWish.Named("rows/1/2"), confirm: false)!;
        scene.When(Scene.Jane, new DeclineInvitation(declined.Number), Decider.Decide);
        scene.Register(Scene.Jane, PlaceWish.Named("rows/1/2"), confirm: false);
        scene.After(TimeSpan.FromHours(1)).Settle();
    }

    private static void Line(Scene scene)
    {
        scene.Register(Scene.Jane, PlaceWish.Any(4) with { Together = false });
        var jane = scene.State.LastInvitation;
        var first = scene.Join(Scene.Jim)!.Number;
        scene.Join(Amy);
        scene.When(Scene.Owner, new PauseEvent(), Decider.Decide);
        scene.After(TimeSpan.FromMinutes(5)).When(Scene.Owner, new ResumeEvent(), Decider.Decide);
        scene.When(Scene.John, new CancelInvitation(1, "I am away."), Decider.Decide);
        scene.When(Requester.System, new ReportOfferMail(first, true, null), Decider.Decide);
        scene.Confirm(Scene.Jim, first);
        Change(scene, new EventSettings { AutoPromote = true });
        scene.Cancel(Scene.Jane, jane);
    }

    private static void Door(Scene scene)
    {
        var ticket = scene.State.Invitations.First(invitation => invitation.Status == InvitationStatus.Confirmed).Number;
        scene.When(Scene.Owner, new CheckInTicket(new TicketClaim(1, ticket), $"ticket-{ticket}"), Decider.Decide);
        scene.When(Scene.Owner, new UndoCheckIn(new TicketClaim(1, ticket), $"ticket-{ticket}"), Decider.Decide);
    }

    private static void Change(Scene scene, EventSettings change) => scene.When(Scene.Owner, new ChangeEvent(change, null), Decider.Decide);
}
