using Seats.Core.Notifications;

namespace Seats.Core.Tests.Notifications;

/// <summary>How often guests are notified of changes: the first few at once, further ones together.</summary>
public sealed class ChangeNoticeTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void FewChanges_AreToldAtOnce()
    {
        var scene = WithGuest();
        foreach (var title in Titles(Limits.ChangeNoticesInAnHourAtMost)) Change(scene, title);
        Assert.Equal(Limits.ChangeNoticesInAnHourAtMost, Told(scene).Count);
    }

    [Fact]
    public void ManyChanges_AreGathered_AndToldTogetherAQuarterOfAnHourAfterTheFirstOfThem()
    {
        var scene = WithGuest();
        foreach (var title in Titles(Limits.ChangeNoticesInAnHourAtMost)) Change(scene, title);
        Change(scene, "Wrong");
        scene.After(10 * Minute).Settle();
        Change(scene, "Better");
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { Location = "Elsewhere" }, null), Decider.Decide);
        Assert.Equal(Limits.ChangeNoticesInAnHourAtMost, Told(scene).Count);
        scene.After(4 * Minute).Settle();
        Assert.Equal(Limits.ChangeNoticesInAnHourAtMost, Told(scene).Count);

        scene.After(Minute).Settle();
        Assert.Equal([new ChangesAnnounced(null)], scene.LastFacts);
        var last = Told(scene)[^1];
        Assert.Equal(
            [("TITLE", $"Title {Limits.ChangeNoticesInAnHourAtMost}", "Better"), ("LOCATION", "Old Hall", "Elsewhere")],
            last.Data.Changes!.Select(change => (change.What, change.Before, change.After)));
        Assert.Equal((NotificationKind.EventChanged, "Better"), (last.Kind, last.Data.Event!.Title));
    }

    [Fact]
    public void GatheredChanges_ThatWereTakenBack_TellNobody()
    {
        var scene = WithGuest();
        foreach (var title in Titles(Limits.ChangeNoticesInAnHourAtMost + 1)) Change(scene, title);
        Change(scene, $"Title {Limits.ChangeNoticesInAnHourAtMost}");
        scene.After(15 * Minute).Settle();
        Assert.IsType<ChangesAnnounced>(scene.LastFacts[0]);
        Assert.Equal(Limits.ChangeNoticesInAnHourAtMost, Told(scene).Count);
    }

    [Fact]
    public void WhatGuestsDoNotCareAbout_DoesNotAnnounceGatheredChangesEarly()
    {
        var scene = WithGuest();
        foreach (var title in Titles(Limits.ChangeNoticesInAnHourAtMost + 1)) Change(scene, title);
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { HoldSeconds = 60 }, null), Decider.Decide);
        Assert.Equal(Limits.ChangeNoticesInAnHourAtMost, Told(scene).Count);
        scene.After(15 * Minute).Settle();
        Assert.Equal(Limits.ChangeNoticesInAnHourAtMost + 1, Told(scene).Count);
    }

    [Fact]
    public void WithinAnyHour_GuestsGetNoMoreThanAFewAtOnceAndOneAQuarter_HoweverMuchChanges()
    {
        var scene = WithGuest();
        for (var minute = 0; minute < 240; minute++)
        {
            Change(scene, $"Title of minute {minute}");
            scene.After(Minute).Settle();
        }
        var told = Told(scene).Select(one => one.At).ToList();
        Assert.All(told, at => Assert.InRange(told.Count(other => other >= at && other < at.AddHours(1)), 1, Limits.ChangeNoticesInAnHourAtMost + 4));
        scene.After(15 * Minute).Settle();
        Assert.Equal("Title of minute 239", Told(scene)[^1].Data.Event!.Title);
    }

    [Fact]
    public void AfterTheEvent_NobodyIsToldOfGatheredChanges()
    {
        var scene = WithGuest();
        scene.After(Scene.Settings.StartsAt!.Value.AddHours(3) - scene.Now - 5 * Minute).Settle();
        foreach (var title in Titles(Limits.ChangeNoticesInAnHourAtMost + 1)) Change(scene, title);
        scene.After(TimeSpan.FromDays(1)).Settle();
        Assert.Equal(Limits.ChangeNoticesInAnHourAtMost, Told(scene).Count);
        Assert.Null(scene.State.NextDeadline);
    }

    [Fact]
    public void CancelledEvent_AnnouncesNoChanges()
    {
        var scene = WithGuest();
        foreach (var title in Titles(Limits.ChangeNoticesInAnHourAtMost + 1)) Change(scene, title);
        scene.When(Scene.Owner, new CancelEvent(null, null), Decider.Decide);
        Assert.Null(scene.State.NextDeadline);
    }

    private static Scene WithGuest()
    {
        var scene = Scene.WithEvent();
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { Location = "Old Hall" }, null), Decider.Decide);
        scene.After(TimeSpan.FromHours(2)).Settle();
        scene.Register(Scene.John, PlaceWish.Any(1), confirm: true);
        return scene;
    }

    private static IEnumerable<string> Titles(int count) => Enumerable.Range(1, count).Select(number => $"Title {number}");

    private static void Change(Scene scene, string title) =>
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { Title = title }, null), Decider.Decide);

    private static List<Notification> Told(Scene scene)
    {
        var book = new Guestbook(1);
        return
        [
            .. scene.Journal.SelectMany(entry => book.Take(entry.Version, entry.At, entry.Facts))
                .Where(one => one.Kind == NotificationKind.EventChanged),
        ];
    }
}
