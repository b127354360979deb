using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Seats.Core.History;
using Seats.Core.Notifications;
using Seats.Core.Tests.History;

namespace Seats.Core.Tests;

/// <summary>Every fact, and everybody who reads it: a fact that somebody forgot is named here.</summary>
public sealed class EveryFactTests
{
    private const string Golden = "every-fact.jsonl";

    // Nothing of a place or an invitation: its changes are told where they were made.
    private static readonly string[] WithoutWords = [nameof(ChangesAnnounced)];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Lives.All().Count())];

    [Fact]
    public void EveryFact_HappensInSomeLife() => Assert.Empty(Types.Except(Happened().Select(item => item.Fact.GetType())));

    [Fact]
    public void EveryFact_IsStoredAsItEverWas()
    {
        // A new fact, or a new member of one, is one more line of the file. A line that is there never changes: journals have it.
        foreach (var line in GoldenLines())
            Assert.Equal(line, Encoding.UTF8.GetString(FactCodec.Encode(FactCodec.Decode(Encoding.UTF8.GetBytes(line)))));
    }

    [Fact]
    public void EveryFact_EveryMember_AndEverySetting_IsAmongThoseStored()
    {
        var stored = GoldenLines().Select(line => JsonNode.Parse(line)!.AsArray().Single()!.AsObject()).ToLookup(fact => (string)fact["fact"]!);
        foreach (var type in Types) Assert.Empty(MembersOf(type).Except(stored[type.Name].SelectMany(fact => fact.Select(member => member.Key))));
        var settings = stored[nameof(EventChanged)].SelectMany(fact => fact["settings"]!.AsObject().Select(member => member.Key));
        // A plan is stored as the sections it leads to.
        Assert.Empty(MembersOf(typeof(EventSettings)).Except(settings).Except(["plan"]));
        var people = stored.SelectMany(facts => facts).Select(fact => fact["who"]).OfType<JsonObject>();
        Assert.Empty(MembersOf(typeof(Person)).Except(people.SelectMany(person => person.Select(member => member.Key))));
    }

    [Fact]
    public void EveryFact_HasWordsInBothLanguages_OrInNone()
    {
        var state = Lives.Ended().State;
        foreach (var (fact, at) in Happened())
        {
            var context = new SentenceContext(state, Scene.Owner, new InvitationStory(1), at);
            var (english, french) = (Words.For("en").Tell(context, fact), Words.For("fr").Tell(context, fact));
            Assert.Equal(WithoutWords.Contains(fact.GetType().Name), english is null);
            Assert.Equal(english is null, french is null);
            if (english is not null) Assert.NotEqual(english, french);
        }
    }

    [Theory, MemberData(nameof(Numbers))]
    public void State_IsTheSameAfterAReplay_AndFromASnapshot(int life)
    {
        var scene = Lives.All().ElementAt(life);
        var replayed = new EventState(1);
        foreach (var (version, at, facts) in scene.Journal) Turn.Replay(replayed, version, at, FactCodec.Decode(FactCodec.Encode(facts)));
        Assert.Equal(SnapshotCodec.Encode(scene.State), SnapshotCodec.Encode(replayed));
        Assert.Equal(SnapshotCodec.Encode(scene.State), SnapshotCodec.Encode(SnapshotCodec.Decode(1, SnapshotCodec.Encode(scene.State))!));
    }

    [Theory, MemberData(nameof(Numbers))]
    public void Map_ThatTookEveryChange_IsTheMapAsItStands(int life)
    {
        var replayed = new EventState(1);
        byte[] copy = [];
        foreach (var (version, at, facts) in Lives.All().ElementAt(life).Journal)
        {
            Turn.Replay(replayed, version, at, facts);
            var (positions, isRearranged) = replayed.TakeChanges();
            if (isRearranged) copy = replayed.ToMap(1).States;
            foreach (var position in positions) copy[position] = replayed.Letter(position);
            Assert.Equal(replayed.ToMap(1).States, copy);
        }
    }

    [Theory, MemberData(nameof(Numbers))]
    public void Index_KnowsTheEventAndItsInvitationsAsTheyAre(int life)
    {
        var replayed = new EventState(1);
        EventIndexRow? row = null;
        var invitations = new Dictionary<int, InvitationIndexRow>();
        foreach (var (version, at, facts) in Lives.All().ElementAt(life).Journal)
        {
            Turn.Replay(replayed, version, at, facts);
            var (changed, made) = replayed.TakeIndexChanges();
            row = changed ?? row;
            foreach (var invitation in made) invitations[invitation.Number] = invitation;
        }
        var settings = replayed.Rules.Settings;
        Assert.Equal((settings.Title, replayed.Rules.StartsAt, replayed.Rules.EndsAt), (row!.Title, row.StartsAt, row.EndsAt));
        Assert.Equal((replayed.IsCancelled ? "CANCELLED" : "ON_SALE", replayed.Places.Total), (row.State, row.Places));
        Assert.Equal(
            replayed.Invitations.Select(invitation => (invitation.Number, invitation.Who.Id, invitation.Who.Email)),
            invitations.Values.OrderBy(invitation => invitation.Number).Select(invitation => (invitation.Number, invitation.PersonId, invitation.Email)));
    }

    [Theory, MemberData(nameof(Numbers))]
    public void Notifications_AreOfThoseFactsAlone_ThatSayWhomTheyMayConcern(int life)
    {
        var book = new Guestbook(1);
        foreach (var (version, at, facts) in Lives.All().ElementAt(life).Journal)
            if (book.Take(version, at, facts).Count > 0) Assert.NotEqual(Audience.Nobody, Audiences.Of(facts));
        Assert.Equal(Lives.All().ElementAt(life).State.LastInvitation, book.Guests.Count);
        Assert.Equal(
            Lives.All().ElementAt(life).State.Invitations.Select(invitation => invitation.Status), book.Guests.Select(guest => guest.Status));
    }

    [Theory, MemberData(nameof(Numbers))]
    public async Task History_OfEveryPlaceAndInvitation_IsToldWithoutAGap(int life)
    {
        var scene = Lives.All().ElementAt(life);
        foreach (var locale in new[] { "en", "fr" })
        {
            foreach (var invitation in scene.State.Invitations) await TellAsync(scene, null, invitation.Number, locale);
            var there = Enumerable.Range(0, scene.State.Places.Positions).Where(position => scene.State.Letter(position) != '-');
            foreach (var place in scene.State.Places.Layout.NamesOf([.. there]).Distinct()) await TellAsync(scene, place, null, locale);
        }
    }

    private static async Task TellAsync(Scene scene, string? place, int? invitation, string locale)
    {
        var (history, refusal) = Explanations.Begin(scene.State, Scene.Owner, place, invitation, locale);
        Assert.Null(refusal);
        await history!.ReadAsync(EntriesInMemory.Of(scene).ReadAsync, scene.State.Version);
        var items = history.Tell().Items;
        Assert.NotEmpty(items);
        Assert.DoesNotContain(items, item => item.Text == Words.For(locale).Unreadable);
    }

    private static IEnumerable<Type> Types => typeof(Fact).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(derived => derived.DerivedType);

    private static IEnumerable<string> MembersOf(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));

    private static IEnumerable<(Fact Fact, DateTimeOffset At)> Happened() =>
        Lives.All().SelectMany(scene => scene.Journal).SelectMany(entry => entry.Facts.Select(fact => (fact, entry.At)));

    private static string[] GoldenLines()
    {
        using var reader = new StreamReader(typeof(EveryFactTests).Assembly.GetManifestResourceStream(Golden)!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
