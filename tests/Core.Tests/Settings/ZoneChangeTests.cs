namespace Seats.Core.Tests.Settings;

/// <summary>Another zone alone leaves what people read, and moves the moment.</summary>
public sealed class ZoneChangeTests
{
    // On a winter day of Paris: an hour before UTC, six before New York.
    private static readonly DateTimeOffset Evening = new(2027, 1, 20, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public void EveryTime_KeepsWhatClocksShow()
    {
        var scene = InParis(settings => settings with { SalesFrom = Evening.AddDays(-9), SalesUntil = Evening.AddHours(-2) });
        Change(scene, new EventSettings { TimeZone = "America/New_York" });
        var settings = scene.State.Rules.Settings;
        var six = TimeSpan.FromHours(6);
        Assert.Equal("America/New_York", settings.TimeZone);
        Assert.Equal(
            (Evening + six, Evening.AddHours(3) + six, Evening.AddDays(-9) + six, Evening.AddHours(-2) + six),
            (settings.StartsAt!.Value, settings.EndsAt!.Value, settings.SalesFrom!.Value, settings.SalesUntil!.Value));
        Assert.True(Assert.IsType<EventChanged>(Assert.Single(scene.LastFacts)).Moved);
    }

    [Fact]
    public void TimesThatAreGiven_AreTheOnesGiven()
    {
        var scene = InParis(settings => settings with { SalesUntil = Evening.AddHours(-2) });
        Change(scene, new EventSettings { TimeZone = "America/New_York", StartsAt = Evening, EndsAt = Evening.AddHours(3), SalesUntil = Evening });
        Assert.Equal(new EventSettings { TimeZone = "America/New_York", SalesUntil = Evening }, Assert.IsType<EventChanged>(Assert.Single(scene.LastFacts)).Settings);
        Change(scene, new EventSettings { TimeZone = "Europe/Paris", StartsAt = Evening.AddDays(1) });
        Assert.Equal(Evening.AddDays(1).AddHours(3), scene.State.Rules.EndsAt);
    }

    [Fact]
    public void SalesThatOpened_StayOpen()
    {
        var scene = InParis(settings => settings);
        Change(scene.After(TimeSpan.FromMinutes(1)), new EventSettings { TimeZone = "Pacific/Honolulu" });
        Assert.Equal(Scene.Start, scene.State.Rules.SalesFrom);
        Assert.Null(scene.State.Rules.Settings.SalesUntil);
        Assert.Equal(scene.State.Rules.StartsAt, scene.State.Rules.SalesUntil);
    }

    [Fact]
    public void EventThatHasBegun_StaysWhereItIs()
    {
        var scene = InParis(settings => settings).After(Evening.AddHours(1) - Scene.Start);
        Change(scene, new EventSettings { TimeZone = "America/New_York" });
        Assert.Null(scene.Refusal);
        Assert.Equal((Evening, Evening.AddHours(3)), (scene.State.Rules.StartsAt, scene.State.Rules.EndsAt));
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("Europe/Paris")]
    public void ZoneWithTheSameClocks_MovesNothing(string zone)
    {
        var scene = InParis(settings => settings);
        Change(scene, new EventSettings { TimeZone = zone });
        Assert.Equal((Evening, 0), (scene.State.Rules.StartsAt, scene.State.Sequence));
    }

    [Fact]
    public void MomentThatWouldHavePassed_IsRefused()
    {
        var scene = InParis(settings => settings).After(Evening.AddHours(-3) - Scene.Start);
        Change(scene, new EventSettings { TimeZone = "Asia/Tokyo" });
        Assert.Equal("eventDate", Assert.Single(scene.ThenRefused(RefusalStatus.Invalid).Refusal!.Violations).Member);
    }

    private static Scene InParis(Func<EventSettings, EventSettings> change) =>
        Scene.WithEvent(settings => change(settings with { StartsAt = Evening, TimeZone = "Europe/Paris" }));

    private static void Change(Scene scene, EventSettings settings) =>
        scene.When(Scene.Owner, new ChangeEvent(settings, null), Decider.Decide);
}
