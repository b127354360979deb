using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Seats.Grains.Abstractions;
using Seats.Grains.Journal;
using Seats.Grains.Notify;
using Seats.Grains.Seating;
using Seats.Grains.Tests.Seating;

namespace Seats.Grains.Tests.Notify;

/// <summary>Whom an event tells what: given commands, when one more, then these notifications.</summary>
public sealed class TellingTests
{
    private static readonly Requester Marie = new("marie", "marie@example.com", false, "fr");

    [Fact]
    public void Confirming_TellsThePersonWithTheirTicket_InTheirLanguage()
    {
        var scene = Scene.WithEvent();
        scene.When(Marie, new Register(new Registration(null, new PlaceWish(["1/5"], 1, [], [], false), true, true)), Decider.Decide);
        var told = Assert.Single(LastTold(scene));
        Assert.Equal((NotificationKind.RegistrationConfirmed, "marie@example.com", "fr", "marie"), (told.Kind, told.Recipient.Email, told.Recipient.Locale, told.Recipient.PersonId));
        Assert.Equal(("1-1", 1), (told.Data.Invitation, told.Data.Places));
        Assert.Equal(["main/1/5"], told.Data.Seats);
        Assert.NotNull(told.Data.TicketCode);
        Assert.Equal(Notification.KeyOf(1, 2, NotificationKind.RegistrationConfirmed, "MARIE@example.com"), told.Key);
    }

    [Fact]
    public void Registering_WithoutConfirming_TellsNobody()
    {
        var scene = Scene.WithEvent();
        Register(scene, Scene.John, confirm: false);
        Assert.Empty(LastTold(scene));
    }

    [Fact]
    public void Inviting_TellsTheGuest_UntilWhenToAnswer()
    {
        var scene = Scene.WithEvent();
        scene.When(Scene.Owner, new InviteGuest(new GuestInvitation("guest@example.com", new PlaceWish(null, 2, [], [], true), true)), Decider.Decide);
        var told = Assert.Single(LastTold(scene));
        Assert.Equal((NotificationKind.InvitationReceived, "guest@example.com", Scene.Start.AddHours(72)), (told.Kind, told.Recipient.Email, told.Data.RespondBy));
    }

    [Fact]
    public void JoiningTheLine_TellsThePerson_UnlessTheyAreServedAtOnce()
    {
        var scene = Full();
        Join(scene, Scene.Jane);
        Assert.Equal([NotificationKind.WaitlistJoined], LastTold(scene).Select(told => told.Kind));
        var free = Scene.WithEvent();
        Join(free, Scene.Jane);
        Assert.Equal([NotificationKind.PlaceAvailable], LastTold(free).Select(told => told.Kind));
    }

    [Fact]
    public void PlanWithoutThePlaces_TellsWhoWaitedForThem()
    {
        var scene = Full();
        Join(scene, Scene.Jane);
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { Capacity = 3 }, null), Decider.Decide);
        scene.Join(Scene.Jim, 3);
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { Capacity = 2 }, null), Decider.Decide);
        var told = Assert.Single(LastTold(scene));
        Assert.Equal((NotificationKind.InvitationCancelled, "jim.doe@example.com"), (told.Kind, told.Recipient.Email));
        Assert.Equal((true, true, null), (told.Data.WasInLine, told.Data.LeftThePlan, told.Data.OnCalendar));
    }

    [Fact]
    public void FreedPlace_TellsWhoLostItAndWhoGetsIt_UnderOneVersion()
    {
        var scene = Full();
        Join(scene, Scene.Jane);
        scene.When(Scene.John, new CancelInvitation(1, null), Decider.Decide);
        var told = LastTold(scene);
        Assert.Equal([(NotificationKind.InvitationCancelled, "john.doe@example.com"), (NotificationKind.PlaceAvailable, "jane.doe@example.com")], told.Select(one => (one.Kind, one.Recipient.Email)));
        Assert.Single(told.Select(one => one.Version).Distinct());
        Assert.True(told[0].Data.OnCalendar);
    }

    [Fact]
    public void AutomaticPromotion_TellsWithATicket()
    {
        var scene = Full(settings => settings with { AutoPromote = true });
        Join(scene, Scene.Jane);
        scene.When(Scene.John, new CancelInvitation(1, null), Decider.Decide);
        var told = LastTold(scene)[^1];
        Assert.Equal((NotificationKind.Promoted, "jane.doe@example.com"), (told.Kind, told.Recipient.Email));
        Assert.NotNull(told.Data.TicketCode);
    }

    [Fact]
    public void LapsedOffer_TellsThePerson_AndTheNext()
    {
        var scene = Full(settings => settings with { OfferSeconds = 60 });
        Join(scene, Scene.Jane);
        Join(scene, Scene.Jim);
        scene.When(Scene.John, new CancelInvitation(1, null), Decider.Decide);
        scene.After(TimeSpan.FromSeconds(61)).Settle();
        Assert.Equal([NotificationKind.OfferLapsed, NotificationKind.PlaceAvailable], LastTold(scene).Select(told => told.Kind));
    }

    [Fact]
    public void LapsedRegistration_TellsNobody()
    {
        var scene = Scene.WithEvent();
        Register(scene, Scene.John, confirm: false);
        scene.After(TimeSpan.FromMinutes(11)).Settle();
        Assert.Empty(LastTold(scene));
    }

    [Fact]
    public void LeavingTheLine_TellsNobody()
    {
        var scene = Full();
        Join(scene, Scene.Jane);
        scene.When(Scene.Jane, new LeaveWaitlist(), Decider.Decide);
        Assert.Empty(LastTold(scene));
    }

    [Fact]
    public void MovingTheEvent_TellsEverybodyWhatChanged_OncePerPerson()
    {
        var scene = Scene.WithEvent();
        Register(scene, Scene.John, confirm: true);
        Register(scene, Scene.John, confirm: true);
        Register(scene, Scene.Jane, confirm: false);
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { StartsAt = Scene.Start.AddDays(31), Location = "Elsewhere" }, null), Decider.Decide);
        var told = LastTold(scene);
        Assert.Equal(["jane.doe@example.com", "john.doe@example.com"], told.Select(one => one.Recipient.Email).Order());
        Assert.All(told, one => Assert.Equal(NotificationKind.EventChanged, one.Kind));
        Assert.Equal(["LOCATION", "START"], told[0].Data.Changes!.Select(change => change.What));
        Assert.True(told.Single(one => one.Recipient.PersonId == "john").Data.OnCalendar);
        Assert.Null(told.Single(one => one.Recipient.PersonId == "jane").Data.OnCalendar);
    }

    [Fact]
    public void AnotherZone_TellsEverybodyThatTheMomentMoves()
    {
        var scene = Scene.WithEvent();
        Register(scene, Scene.John, confirm: true);
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { TimeZone = "America/New_York" }, null), Decider.Decide);
        var told = Assert.Single(LastTold(scene));
        Assert.Equal((NotificationKind.EventChanged, "START"), (told.Kind, Assert.Single(told.Data.Changes!).What));
        Assert.Equal("America/New_York", told.Data.Event!.TimeZone);
    }

    [Fact]
    public void DomainInItsOwnLetters_AndAsNameServersKnowIt_IsOneRecipientWithOneKey()
    {
        var fact = new Person(null, "olga@müller.example");
        Assert.Equal("olga@xn--mller-kva.example", fact.Email);
        // What an earlier program told has this key.
        Assert.Equal("1/2/EVENT_CHANGED/1f29f88b013a6ba3", Notification.KeyOf(1, 2, NotificationKind.EventChanged, fact.Email));
    }

    [Fact]
    public void ChangingHowAnEventSells_TellsNobody()
    {
        var scene = Scene.WithEvent();
        Register(scene, Scene.John, confirm: true);
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { HoldSeconds = 120, Description = "More" }, null), Decider.Decide);
        Assert.Empty(LastTold(scene));
    }

    [Fact]
    public void CancellingTheEvent_TellsEverybodyWhoseClaimIsAlive()
    {
        var scene = Full();
        Join(scene, Scene.Jane);
        Join(scene, Scene.Jim);
        scene.When(Scene.Jim, new LeaveWaitlist(), Decider.Decide);
        scene.When(Scene.Owner, new CancelEvent("The singer is ill.", null), Decider.Decide);
        var told = LastTold(scene);
        Assert.Equal(["jane.doe@example.com", "john.doe@example.com"], told.Select(one => one.Recipient.Email).Order());
        Assert.All(told, one => Assert.Equal((NotificationKind.EventCancelled, "The singer is ill."), (one.Kind, one.Data.Reason)));
    }

    [Fact]
    public void TheRush_IsSilent()
    {
        var scene = Scene.WithEvent();
        scene.When(Scene.John, new HoldSeats(new PlaceWish(null, 1, [], [], false)), Decider.Decide);
        Assert.Equal(Audience.Nobody, Audiences.Of(scene.LastFacts));
        Assert.All(scene.LastFacts, fact => Assert.Contains(fact.GetType(), Guestbook.Silent));
    }

    [Fact]
    public void EveryFact_HasAnAudience_AndASilentOneHasNone() => Assert.All(FactTypes, type =>
    {
        var audience = Audiences.Of((Fact)RuntimeHelpers.GetUninitializedObject(type));
        if (Guestbook.Silent.Contains(type)) Assert.Equal(Audience.Nobody, audience);
    });

    [Fact]
    public void Portions_OfBothAudiences_AreWhatTheEntryTellsAsAWhole()
    {
        var scene = Full();
        Join(scene, Scene.Jane);
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { Title = "Second night", Capacity = 3 }, null), Decider.Decide);
        scene.When(Scene.Owner, new CancelEvent("Ill.", null), Decider.Decide);
        var (person, everybody) = (Each(scene, Audience.Person), Each(scene, Audience.Everybody));
        Assert.Equal(Told(scene, all: true).Select(one => one.Key).Order(), person.Concat(everybody).Select(one => one.Key).Order());
        Assert.Equal(["EVENT_CANCELLED", "EVENT_CHANGED"], everybody.Select(one => one.Kind.Name()).Distinct().Order());
        Assert.All(person, one => Assert.DoesNotContain(one.Kind.Name(), new[] { "EVENT_CANCELLED", "EVENT_CHANGED" }));
    }

    private static IEnumerable<Type> FactTypes => typeof(Fact).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(derived => derived.DerivedType);

    private static List<Notification> Each(Scene scene, Audience audience)
    {
        var book = new Guestbook(1);
        return [.. scene.Journal.SelectMany(entry => book.Each(entry.Version, entry.At, entry.Facts, audience).ToList())];
    }

    [Fact]
    public void Projection_ThatLeavesSilentEntriesOut_TellsTheSame()
    {
        var scene = Full();
        Join(scene, Scene.Jane);
        scene.When(Scene.John, new HoldSeats(new PlaceWish(null, 1, [], [], false)), Decider.Decide);
        scene.When(Scene.John, new CancelInvitation(1, null), Decider.Decide);
        Assert.Equal(Told(scene, all: true).Select(one => one.Key), Told(scene, all: false).Select(one => one.Key));
    }

    [Fact]
    public void Notification_SurvivesItsJson()
    {
        var scene = Scene.WithEvent();
        Register(scene, Marie, confirm: true);
        var told = LastTold(scene)[0];
        Assert.Equal(NotificationCodec.Encode(told), NotificationCodec.Encode(NotificationCodec.Decode(NotificationCodec.Encode(told))));
        foreach (var kind in Enum.GetValues<NotificationKind>())
        {
            Assert.Equal(kind, NotificationKinds.Find(kind.Name()));
            if (kind != NotificationKind.VerifyEmail) Assert.Contains(kind.Topic(), NotificationKinds.Topics);
        }
    }

    [Fact]
    public void WhatAsksAnAccountForProof_NamesNoEvent_AndTravelsOnNoTopic()
    {
        var mail = new VerificationMail(Guid.NewGuid(), "p1", "john.doe", "John@example.com", "fr", Scene.Start, Scene.Start.AddHours(24));
        var (asked, again) = (Notification.Of(mail), Notification.Of(mail with { Email = "john@example.com" }));
        Assert.Equal(asked.Key, again.Key);
        Assert.NotEqual(asked.Key, Notification.Of(mail with { Id = Guid.NewGuid() }).Key);
        Assert.Null(asked.Kind.Topic());
        var json = System.Text.Encoding.UTF8.GetString(NotificationCodec.Encode(asked));
        foreach (var member in new[] { "eventId", "\"version\"", "\"event\"", "seats" })
            Assert.DoesNotContain(member, json, StringComparison.Ordinal);
        Assert.Equal(asked, NotificationCodec.Decode(NotificationCodec.Encode(asked)));
    }

    [Theory]
    [InlineData("VERIFY_EMAIL", "{}")]
    [InlineData("VERIFY_EMAIL", "{\"event\":{\"title\":\"T\"}}")]
    [InlineData("WAITLIST_JOINED", "{\"account\":{\"username\":\"john\"}}")]
    public void NotificationWithoutWhatItIsAbout_IsNone(string kind, string data)
    {
        const string recipient = "{\"email\":\"a@example.com\",\"locale\":\"en\"}";
        var json = "{\"key\":\"k\",\"kind\":\"" + kind + "\",\"recipient\":" + recipient + ",\"data\":" + data + "}";
        Assert.Throws<System.Text.Json.JsonException>(() => NotificationCodec.Decode(System.Text.Encoding.UTF8.GetBytes(json)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"key":"a","kind":"NOTHING"}""")]
    public void Nonsense_IsNoNotification(string json) =>
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => NotificationCodec.Decode(System.Text.Encoding.UTF8.GetBytes(json)));

    private static Scene Full(Func<EventSettings, EventSettings>? change = null)
    {
        var scene = Scene.WithEvent(settings => (change?.Invoke(settings) ?? settings) with { Capacity = 1 });
        Register(scene, Scene.John, confirm: true);
        return scene;
    }

    private static void Register(Scene scene, Requester by, bool confirm) =>
        scene.When(by, new Register(new Registration(null, new PlaceWish(null, 1, [], [], false), confirm, true)), Decider.Decide);

    private static void Join(Scene scene, Requester by) => scene.When(by, new JoinWaitlist(new WaitlistWish(1, false, [])), Decider.Decide);

    private static IReadOnlyList<Notification> LastTold(Scene scene)
    {
        var book = new Guestbook(1);
        IReadOnlyList<Notification> last = [];
        foreach (var (version, at, facts) in scene.Journal) last = book.Take(version, at, facts);
        return last;
    }

    private static List<Notification> Told(Scene scene, bool all)
    {
        var book = new Guestbook(1);
        return [.. scene.Journal.Where(entry => all || !entry.Facts.All(fact => Guestbook.Silent.Contains(fact.GetType()))).SelectMany(entry => book.Take(entry.Version, entry.At, entry.Facts))];
    }
}
