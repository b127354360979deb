using CsCheck;

namespace Seats.Core.Tests;

/// <summary>What holds for the line after any history: it is served as the plain rule says, in one version or in many.</summary>
public sealed class WaitlistLaws
{
    private const int Sequences = 1_500;
    private static readonly Portions Tiny = new(Promotions: 1, Places: 2, Lapses: 1);

    [Fact]
    public void Offers_AreThoseOfThePlainRule() => Check(scene => PlainLine.Follow(scene.Journal, inOneVersion: true));

    [Fact]
    public void Overtakes_AreCountedAsThePlainRuleCountsThem() => Check(scene =>
    {
        var plain = PlainLine.Follow(scene.Journal, inOneVersion: true);
        foreach (var entry in scene.State.Waitlist.After(0).Select(number => scene.State.FindInvitation(number)!))
            Assert.Equal(plain.OvertakesOf(entry.Number), scene.State.Waitlist.OvertakesOf(entry));
    });

    [Fact]
    public void Snapshot_KeepsHowOftenAnEntryWasOvertaken() => Check(scene =>
    {
        var restored = SnapshotCodec.Decode(1, SnapshotCodec.Encode(scene.State))!;
        Assert.Equal(scene.State.Waitlist.Kinds.Select(Describe), restored.Waitlist.Kinds.Select(Describe));
    });

    [Fact]
    public void Position_AndOrder_AreThoseOfJoining() => Check(scene =>
    {
        var waiting = scene.State.Invitations.Where(one => one.Status == InvitationStatus.Waitlist).Select(one => one.Number).ToArray();
        Assert.Equal(waiting, scene.State.Waitlist.After(0));
        Assert.Equal(Enumerable.Range(1, waiting.Length), waiting.Select(scene.State.Waitlist.PositionOf));
        foreach (var number in waiting) Assert.Equal(waiting.Where(other => other > number), scene.State.Waitlist.After(number));
    });

    [Fact]
    public void Portions_BringWhatOneVersionWould() => Lines.Histories.Sample(steps =>
    {
        var (whole, portions) = (Lines.Begin(), Lines.Begin(Tiny));
        foreach (var step in steps)
        {
            portions.Drain();
            step(whole);
            step(portions);
        }
        whole.Drain();
        portions.Drain();
        Assert.Equal(Served(whole), Served(portions));
        Assert.Equal(Invitations(whole), Invitations(portions));
        Assert.Equal(whole.Counts, portions.Counts);
        Assert.All(portions.Journal, entry => Assert.InRange(entry.Facts.Count(IsServed), 0, 1));
    }, iter: Sequences);

    [Fact]
    public void Commands_BetweenPortions_TakeNothingThatIsTheLines_NorWhatHasLapsed() => Lines.Histories.Sample(steps =>
    {
        var scene = Lines.Begin(Tiny);
        foreach (var step in steps) step(scene);
        scene.Drain();
        var state = PlainLine.Follow(scene.Journal, inOneVersion: false).State;
        Assert.Equal(SnapshotCodec.Encode(scene.State), SnapshotCodec.Encode(state));
        Bystander.Watch(scene.Journal);
    }, iter: Sequences);

    [Fact]
    public void Restart_BetweenPortions_GoesOnByItself() => Lines.Histories.Sample(steps =>
    {
        var scene = Lines.Begin(Tiny);
        foreach (var step in steps) step(scene);
        var replayed = new EventState(1) { Portions = Tiny };
        foreach (var (version, at, facts) in scene.Journal) Turn.Replay(replayed, version, at, FactCodec.Decode(FactCodec.Encode(facts)));
        var restored = SnapshotCodec.Decode(1, SnapshotCodec.Encode(scene.State))!;
        restored.Portions = Tiny;
        foreach (var again in new[] { replayed, restored })
        {
            Assert.Equal(scene.State.NextDeadline, again.NextDeadline);
            Assert.Equal(Encode(Turn.Due(scene.State, scene.Now)), Encode(Turn.Due(again, scene.Now)));
        }
    }, iter: Sequences);

    [Fact]
    public void NothingIsDue_WithoutFactsThatSaySo() => Lines.Histories.Sample(steps =>
    {
        var scene = Lines.Begin(Tiny);
        foreach (var step in steps)
        {
            step(scene);
            Assert.Equal(scene.State.NextDeadline <= scene.Now, Turn.Due(scene.State, scene.Now).Count > 0);
        }
    }, iter: Sequences);

    [Fact]
    public void Line_ThatStandsStill_KeepsNothingForEver() => Check(scene =>
    {
        scene.When(Scene.Owner, new ResumeEvent(), Decider.Decide);
        // Every offer lapses, and whoever is first then has places kept once more.
        for (var round = 0; round <= scene.State.LastInvitation + 1; round++) scene.After(TimeSpan.FromHours(1)).Drain();
        Assert.True(scene.Now < scene.State.Rules.StartsAt);
        foreach (var row in scene.State.Places.Layout.Rows)
            for (var offset = 0; offset < row.Count; offset++)
                if (scene.State.Places[row.Base + offset] == PlaceState.Free) Assert.False(scene.State.KeptPlaces.Keeps(scene.State.Places, row, offset));
    });

    [Fact]
    public void Entries_WaitForWhatThePlanHas() => Check(scene =>
    {
        scene.Drain();
        var categories = scene.State.Places.Layout.Sections.Select(section => section.Category).ToHashSet();
        Assert.All(scene.State.Waitlist.Kinds, kind => Assert.True(kind.CanBeServed && kind.Wish.Categories.All(categories.Contains)));
    });

    private static void Check(Action<Scene> law) => Lines.Histories.Sample(steps =>
    {
        var scene = Lines.Begin();
        foreach (var step in steps) step(scene);
        law(scene);
    }, iter: Sequences);

    private static (int, string, int, string) Describe(WaitlistKind kind) =>
        (kind.Places, kind.Wish.Kind, kind.First, string.Join(' ', kind.Overtakers));

    private static bool IsServed(Fact fact) => fact is PlacesOffered or WaitlistPromoted;

    private static string[] Served(Scene scene) =>
        [.. scene.Journal.SelectMany(entry => entry.Facts).Where(IsServed).Select(fact => Encode([fact]))];

    private static string[] Invitations(Scene scene) => [.. scene.State.Invitations.Select(invitation =>
        System.Text.Json.JsonSerializer.Serialize(Views.Invitation(scene.State, invitation, scene.Now) with { Version = 0 }))];

    private static string Encode(IReadOnlyList<Fact> facts) => System.Text.Encoding.UTF8.GetString(FactCodec.Encode(facts));
}
