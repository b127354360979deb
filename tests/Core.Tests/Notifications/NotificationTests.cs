using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Seats.Core.Notifications;

namespace Seats.Core.Tests.Notifications;

/// <summary>Whom an event tells what: given commands, when one more, then these notifications.</summary>
public sealed class NotificationTests
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
    public void Change_IsToldOnceToAMailbox_AboutEverythingItHas_TicketsFirst()
    {
        var scene = Scene.WithEvent();
        Register(scene, Scene.John, confirm: false);
        Register(scene, Scene.John, confirm: true);
        Register(scene, Scene.John, confirm: true);
        // Somebody else who reads the same mailbox.
        Register(scene, Scene.Jane with { Email = "", Contact = Scene.John.Email }, confirm: true);
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { Location = "Elsewhere" }, null), Decider.Decide);
        var told = Assert.Single(LastTold(scene));
        Assert.Equal(("1-2", "CONFIRMED", true), (told.Data.Invitation, told.Data.Status, told.Data.OnCalendar));
        Assert.Equal(["1-3 CONFIRMED", "1-4 CONFIRMED", "1-1 PENDING"], told.Data.Also!.Select(claim => $"{claim.Invitation} {claim.Status}"));
        Assert.Equal(["ticket-2", "ticket-3", "ticket-4"], told.Data.Also!.Select(claim => claim.TicketCode).Prepend(told.Data.TicketCode).OfType<string>());
        Assert.Equal(scene.Read(1)!.RespondBy, told.Data.Also![2].RespondBy);
    }

    [Fact]
    public void Change_OfMoreThanOneMailHolds_GoesOnInTheNext()
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 100, PlacesPerPerson = 100 });
        for (var place = 0; place < 45; place++) Register(scene, Scene.John, confirm: true);
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { Location = "Elsewhere" }, null), Decider.Decide);
        var told = LastTold(scene);
        Assert.Equal([19, 19, 4], told.Select(one => one.Data.Also!.Count));
        Assert.Equal([told[0].Key, told[0].Key + "/21", told[0].Key + "/41"], told.Select(one => one.Key));
    }

    [Fact]
    public void TwoWhoShareAMailbox_ServedInOneVersion_AreBothTold()
    {
        var scene = Scene.WithEvent(settings => settings with { Capacity = 2, AutoPromote = true });
        Register(scene, Scene.John, confirm: true, places: 2);
        Join(scene, Scene.Jane);
        Join(scene, Scene.Jim with { Email = "", Contact = Scene.Jane.Email });
        scene.When(Scene.John, new CancelInvitation(1, null), Decider.Decide);
        var told = LastTold(scene).Where(one => one.Kind == NotificationKind.Promoted).ToList();
        Assert.Equal([("1-2", "ticket-2"), ("1-3", "ticket-3")], told.Select(one => (one.Data.Invitation, one.Data.TicketCode)));
        Assert.Equal(told[0].Key + "/3", told[1].Key);
    }

    [Fact]
    public void Guest_IsToldWhoInvitedThem_AlsoToAFullEvent()
    {
        var scene = Full();
        Join(scene, Scene.Jane);
        scene.When(Scene.Owner, new ChangeEvent(new EventSettings { Description = new string('a', 599) + "🎶" + new string('b', 100) }, null), Decider.Decide);
        scene.When(Scene.Owner, new InviteGuest(new GuestInvitation("guest@example.com", PlaceWish.Any(1), true)), Decider.Decide);
        var told = Assert.Single(LastTold(scene));
        Assert.Equal((NotificationKind.WaitlistJoined, true, 2), (told.Kind, told.Data.IsInvited, told.Data.Position));
        Assert.Equal(("owner@example.com", new string('a', 599) + "…"), (told.Data.Event!.Organiser, told.Data.Event.Description));
    }

    [Fact]
    public void OrganiserWithoutAProvedAddress_IsNotNamed()
    {
        var scene = new Scene();
        scene.When(new Requester("owner", "", false, Contact: "ceo@example.com"), new CreateEvent(Scene.Settings), Decider.Decide);
        Register(scene, Scene.John, confirm: true);
        Assert.Null(Assert.Single(LastTold(scene)).Data.Event!.Organiser);
    }

    [Fact]
    public void Places_AreToldByRow_WithTheNameOfTheirSection()
    {
        var scene = Scene.WithPlan(Scene.Rows("par", "standard", 5, 5) with { Name = "Parterre & Loges" }, Scene.Area("back", "cheap", 10) with { Name = "Behind" });
        scene.Register(Scene.John, PlaceWish.Named(["par/1/2", "par/1/3", "par/2/1", "back", "back"]), confirm: true);
        var rows = Assert.Single(LastTold(scene)).Data.Rows!;
        Assert.Equal(["Parterre & Loges 1 2,3 2", "Parterre & Loges 2 1 1", "Behind   2"],
            rows.Select(row => $"{row.Section} {row.Row} {string.Join(',', row.Numbers ?? [])} {row.Count}"));
    }

    [Fact]
    public void TimeToAnswer_EndsWithTheEvent()
    {
        var scene = Scene.WithEvent(settings => settings with { StartsAt = Scene.Start.AddMinutes(30), EndsAt = Scene.Start.AddMinutes(50), Capacity = 1, OfferSeconds = 2_592_000, OfferClock = OfferClock.MailAccepted });
        Join(scene, Scene.Jane);
        var offered = Assert.Single(LastTold(scene));
        Assert.Equal((Scene.Start.AddMinutes(50), (int?)null), (offered.Data.RespondBy, offered.Data.RespondSeconds));
        var other = Scene.WithEvent(settings => settings with { StartsAt = Scene.Start.AddMinutes(30), EndsAt = Scene.Start.AddMinutes(50) });
        other.When(Scene.Owner, new InviteGuest(new GuestInvitation("guest@example.com", PlaceWish.Any(1), true)), Decider.Decide);
        Assert.Equal(other.Read(1)!.RespondBy, Assert.Single(LastTold(other)).Data.RespondBy);
    }

    [Fact]
    public void End_SaysWhoseDoingItWas()
    {
        var scene = Scene.WithEvent();
        Register(scene, Scene.John, confirm: true);
        scene.When(Scene.John, new CancelInvitation(1, null), Decider.Decide);
        Assert.Equal(("CONFIRMED", true), (LastTold(scene)[0].Data.Status, LastTold(scene)[0].Data.EndedByRecipient));
        Register(scene, Scene.Jane, confirm: true);
        scene.When(Scene.Owner, new CancelInvitation(2, null), Decider.Decide);
        Assert.Equal(("CONFIRMED", (bool?)null, (string?)null), (LastTold(scene)[0].Data.Status, LastTold(scene)[0].Data.EndedByRecipient, LastTold(scene)[0].Data.TicketCode));
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
            if (kind is not (NotificationKind.VerifyEmail or NotificationKind.MailUndelivered)) Assert.Contains(kind.Topic(), NotificationKinds.Topics);
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

    private static void Register(Scene scene, Requester by, bool confirm, int places = 1) =>
        scene.When(by, new Register(new Registration(null, new PlaceWish(null, places, [], [], false), confirm, true)), Decider.Decide);

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
