namespace Seats.Core.Tests;

/// <summary>When freed places are offered to the line: neither while sales are paused, nor once the time of offers is over.</summary>
public sealed class OfferTimesTests
{
    private static readonly Requester Late = new("late", "late@example.com", false);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void PlaceFreedWhilePaused_GoesToTheLine_WhenSalesGoOn(bool autoPromote)
    {
        var scene = WithLine(settings => settings with { AutoPromote = autoPromote });
        scene.When(Scene.Owner, new PauseEvent(), Decider.Decide);
        scene.Cancel(Scene.John, 1);
        Assert.IsType<InvitationCancelled>(Assert.Single(scene.LastFacts));
        Assert.Null(scene.State.NextDeadline is { } next && next <= scene.Now ? next : null);
        scene.When(Scene.Owner, new InviteGuest(new GuestInvitation("amy@example.com", PlaceWish.Any(1), false)), Decider.Decide);
        scene.ThenRefused(RefusalStatus.EventHasLine);
        scene.After(TimeSpan.FromHours(2)).When(Scene.Owner, new ResumeEvent(), Decider.Decide);
        Assert.Equal(autoPromote ? InvitationStatus.Confirmed : InvitationStatus.Pending, scene.Read(2)!.Status);
        if (!autoPromote) Assert.Equal(scene.Now.AddHours(1), scene.Read(2)!.RespondBy);
    }

    [Fact]
    public void PlaceFreedAfterTheStart_IsOfferedToNobody_AndOpenToAll()
    {
        var scene = WithLine(settings => settings with { SalesUntil = Scene.Settings.StartsAt!.Value.AddHours(2) });
        scene.After(TimeSpan.FromDays(30)).Settle();
        Assert.Contains(scene.LastFacts, fact => fact is OffersEnded);
        scene.Cancel(Scene.John, 1);
        Assert.Equal(InvitationStatus.Waitlist, scene.Read(2)!.Status);
        Assert.Equal(InvitationStatus.Confirmed, scene.Register(Late, PlaceWish.Any(1))!.Status);
        scene.Join(Scene.Jim);
        scene.ThenRefused(RefusalStatus.EventNoLine);
        scene.Register(Scene.Jim, PlaceWish.Any(1));
        scene.ThenRefused(RefusalStatus.EventFull);
    }

    [Fact]
    public void OffersUntil_SaysHowLongPlacesAreOffered()
    {
        var scene = WithLine(settings => settings with { OffersUntil = Scene.Settings.StartsAt!.Value.AddHours(1) });
        scene.Join(Scene.Jim);
        scene.After(TimeSpan.FromDays(30)).Cancel(Scene.John, 1);
        Assert.Equal(InvitationStatus.Pending, scene.Read(2)!.Status);
        // It is given back too late for the next in line.
        scene.After(TimeSpan.FromHours(1)).When(Scene.Owner, new CancelInvitation(2, null), Decider.Decide);
        Assert.Equal(InvitationStatus.Waitlist, scene.Read(3)!.Status);
    }

    [Fact]
    public void StartThatMoves_OpensTheLineAgain()
    {
        var scene = WithLine();
        scene.After(TimeSpan.FromDays(30)).Cancel(Scene.John, 1);
        Assert.Equal(InvitationStatus.Waitlist, scene.Read(2)!.Status);
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { StartsAt = scene.Now.AddDays(1) }, null), Decider.Decide);
        Assert.Equal(InvitationStatus.Pending, scene.Read(2)!.Status);
    }

    [Fact]
    public void OffersUntil_BeyondTheEnd_IsRefused()
    {
        var scene = Scene.WithEvent();
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { OffersUntil = Scene.Settings.StartsAt!.Value.AddHours(4) }, null), Decider.Decide);
        Assert.Equal(("offersUntil", "order"), (Assert.Single(scene.Refusal!.Violations).Member, scene.Refusal.Violations[0].Rule));
    }

    [Fact]
    public void OffersUntil_SentBackAsItWasRead_FollowsAStartThatMoves()
    {
        var scene = Scene.WithEvent();
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { OffersUntil = scene.State.Rules.OffersUntil }, null), Decider.Decide);
        Assert.Equal(1, scene.State.Version);
    }

    /// <summary>One place, sold, and one person in line.</summary>
    private static Scene WithLine(Func<EventSettings, EventSettings>? change = null)
    {
        var scene = Scene.WithEvent(settings => (change?.Invoke(settings) ?? settings) with { Capacity = 1 });
        scene.Register(Scene.John, PlaceWish.Any(1));
        scene.Join(Scene.Jane);
        return scene;
    }
}
