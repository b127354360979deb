using Seats.Core;
using Seats.Core.Notifications;
using Seats.Silo.Notifications;
using Seats.Silo.Tests.Journal;

namespace Seats.Silo.Tests.Notifications;

/// <summary>From the journal to the outlet: nothing lost, in order, whatever fails.</summary>
public sealed class RelayTests
{
    public static TheoryData<string> Stores() => JournalUnderTest.Stores();

    [Theory, MemberData(nameof(Stores))]
    public async Task Event_ThatHasNews_IsDrainedInTheOrderOfItsVersions(string store)
    {
        await using var post = await Post.OpenAsync(store);
        var eventId = await post.EventAsync(1_200);
        var outlet = new KeptOutlet();
        await RunAsync(post, outlet, relay => relay.Committed(eventId, Audience.Person), () => IsDrainedAsync(post, eventId));
        Assert.Equal(Enumerable.Range(2, 1_200).Select(version => (long)version), outlet.Kept.Select(told => told.Version));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Event_ThatWasLeftBehind_IsFoundBySweeping(string store)
    {
        await using var post = await Post.OpenAsync(store);
        var events = new List<long>();
        for (var count = 0; count < 5; count++) events.Add(await post.EventAsync(3));
        var outlet = new KeptOutlet();
        await RunAsync(post, outlet, _ => { }, async () => await IsDrainedAsync(post, events[0]) && await IsDrainedAsync(post, events[4]) && outlet.Kept.Count == 15);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Events_OfAnotherSilo_AreLeftToIt(string store)
    {
        await using var post = await Post.OpenAsync(store);
        var (mine, theirs) = (await post.EventAsync(2), await post.EventAsync(2));
        var outlet = new KeptOutlet();
        await RunAsync(post, outlet, _ => { }, () => IsDrainedAsync(post, mine), isMine: id => id == mine);
        Assert.False(await IsDrainedAsync(post, theirs));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task OutletThatFailsMidWay_IsGivenTheRestAgain_AndNothingIsLost(string store)
    {
        await using var post = await Post.OpenAsync(store);
        var eventId = await post.EventAsync(1_200);
        var outlet = new KeptOutlet { FailAfter = 1 };
        await RunAsync(post, outlet, relay => relay.Committed(eventId, Audience.Person), () =>
        {
            if (outlet.FailAfter < 0) outlet.FailAfter = int.MaxValue;
            return IsDrainedAsync(post, eventId);
        });
        Assert.Equal(1_200, outlet.Kept.Select(told => told.Key).Distinct().Count());
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task RelayThatDies_IsFollowedByAnother_WhichToldEverybody(string store)
    {
        await using var post = await Post.OpenAsync(store);
        var eventId = await post.EventAsync(1_200);
        var outlet = new KeptOutlet { FailAfter = 1 };
        await RunAsync(post, outlet, relay => relay.Committed(eventId, Audience.Person), () => Task.FromResult(outlet.FailAfter < 0));
        Assert.InRange(outlet.Kept.Count, 1, 1_199);
        outlet.FailAfter = int.MaxValue;
        await RunAsync(post, outlet, _ => { }, () => IsDrainedAsync(post, eventId));
        Assert.Equal(1_200, outlet.Kept.Select(told => told.Key).Distinct().Count());
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Rush_IsSkippedWithoutAWord(string store)
    {
        await using var post = await Post.OpenAsync(store);
        var eventId = await post.EventAsync(1);
        var at = DateTimeOffset.UtcNow;
        for (var version = 2; version < 12; version++)
            await post.AppendAsync(eventId, version, at, new SeatsHeld(version, new Person("p", "p@example.com"), [1_000 + version], at, at));
        Assert.Equal(2, (await post.Outbox.ReadNotifyingAsync(eventId, 0, 100, 100)).Count);
        var outlet = new KeptOutlet();
        await RunAsync(post, outlet, relay => relay.Committed(eventId, Audience.Person), () => IsDrainedAsync(post, eventId));
        Assert.Single(outlet.Kept);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task EventsThatNotifyMany_LetOthersHaveTheirTurn(string store)
    {
        await using var post = await Post.OpenAsync(store);
        var crowds = new List<long>();
        for (var count = 0; count < 2 * NotificationLimits.PersonWorkers; count++) crowds.Add(await post.EventAsync(600));
        var single = await post.EventAsync(1);
        var outlet = new KeptOutlet();
        await RunAsync(post, outlet, relay =>
        {
            foreach (var crowd in crowds) relay.Committed(crowd, Audience.Person);
            relay.Committed(single, Audience.Person);
        }, () => Task.FromResult(outlet.Kept.Count == 600 * crowds.Count + 1));
        var before = outlet.Kept.TakeWhile(told => told.EventId != single).Count();
        Assert.InRange(before, 0, 2 * crowds.Count * NotificationLimits.InPortionAtMost);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task WhatEverybodyMustKnow_DoesNotHoldUpAPersonsOwnNotification(string store)
    {
        await using var post = await Post.OpenAsync(store);
        var eventId = await post.EventAsync(900);
        var outlet = new KeptOutlet { HasRoom = told => told.Kind != NotificationKind.EventReminder };
        await post.AppendAsync(eventId, 901, DateTimeOffset.UtcNow, new ReminderDue(TimeSpan.FromHours(1), null));
        await post.ConfirmAsync(eventId, 902, 1, DateTimeOffset.UtcNow, guest: 901);
        await RunAsync(post, outlet, _ => { }, () => Task.FromResult(outlet.Kept.Any(told => told.Version == 903)));
        Assert.Equal(901, outlet.Kept.Count);
        outlet.HasRoom = null;
        await RunAsync(post, outlet, _ => { }, () => IsDrainedAsync(post, eventId));
        Assert.Equal(900, outlet.Kept.Where(told => told.Kind == NotificationKind.EventReminder).Select(told => told.Key).Distinct().Count());
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task EventWhoseNotificationsFail_IsPutOffAlone(string store)
    {
        await using var post = await Post.OpenAsync(store);
        var broken = new List<long>();
        for (var count = 0; count < 2 * NotificationLimits.PersonWorkers; count++) broken.Add(await post.EventAsync(1));
        var sound = await post.EventAsync(3);
        var outlet = new KeptOutlet();
        outlet.Refused.UnionWith(broken);
        await RunAsync(post, outlet, _ => { }, () => IsDrainedAsync(post, sound));
        Assert.Equal(3, outlet.Kept.Count);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Reconciler_PutsAnUnreadableJournalOff_AndGoesOnWithTheOthers(string store)
    {
        await using var post = await Post.OpenAsync(store);
        var unreadable = await post.EventAsync(1);
        var sound = await post.EventAsync(3);
        await post.Database.ExecuteAsync($$"""
            update journal set facts = '[{"fact":"SeatsTeleported"}]' where event_id = {{unreadable}} and version = 2
            """);
        var reconciler = post.NewReconciler(post.NewMailer());
        Assert.Equal(3, await reconciler.StepAsync(_ => true, CancellationToken.None));
        Assert.All(await post.AllAsync(), view => Assert.Equal(sound, view.EventId));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Reconciler_AddsWhatTheLedgerLacks_AndNothingElse(string store)
    {
        await using var post = await Post.OpenAsync(store);
        var eventId = await post.EventAsync(700);
        var demanded = new KeptOutlet();
        await RunAsync(post, demanded, relay => relay.Committed(eventId, Audience.Person), () => IsDrainedAsync(post, eventId));
        await post.Ledger.EnqueueAsync([.. demanded.Kept.Where(told => told.Version % 7 != 0)]);
        var lost = demanded.Kept.Count(told => told.Version % 7 == 0);
        var reconciler = post.NewReconciler(post.NewMailer());
        Assert.Equal(lost, await reconciler.StepAsync(_ => true, CancellationToken.None));
        Assert.Equal(0, await reconciler.StepAsync(_ => true, CancellationToken.None));
        Assert.Equal(demanded.Kept.Select(told => told.Key).Order(), (await post.AllAsync()).Select(view => view.Key).Order());
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Reconciler_LeavesFreshNewsToTheirWay(string store)
    {
        await using var post = await Post.OpenAsync(store);
        await post.EventAsync(3, DateTimeOffset.UtcNow);
        var reconciler = post.NewReconciler(post.NewMailer());
        Assert.Equal(0, await reconciler.StepAsync(_ => true, CancellationToken.None));
        await post.EventAsync(3, DateTimeOffset.UtcNow.AddMinutes(-2));
        Assert.Equal(3, await reconciler.StepAsync(_ => true, CancellationToken.None));
    }

    private static async Task<bool> IsDrainedAsync(Post post, long eventId) => !(await post.Outbox.ReadPositionAsync(eventId, Audience.Person)).IsBehind
        && !(await post.Outbox.ReadPositionAsync(eventId, Audience.Everybody)).IsBehind;

    private static async Task RunAsync(Post post, KeptOutlet outlet, Action<Relay> begin, Func<Task<bool>> until, Func<long, bool>? isMine = null)
    {
        using var stop = new CancellationTokenSource();
        var relay = post.NewRelay(outlet);
        begin(relay);
        var running = relay.RunAsync(isMine ?? (_ => true), stop.Token);
        await Post.EventuallyAsync(until);
        await stop.CancelAsync();
        await running;
    }
}
