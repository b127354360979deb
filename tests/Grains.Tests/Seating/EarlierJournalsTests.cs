using System.Text.Json;
using Seats.Grains.Seating;
using EventState = Seats.Grains.Seating.EventState;

namespace Seats.Grains.Tests.Seating;

/// <summary>
/// Journals that the first program wrote: an offer lists everybody it overtook, a cancellation everything that ended. They replay to the
/// same decisions for ever: who is served, in which order, with how many places. Which places those were, the journal says: the rule that
/// chooses them may change.
/// </summary>
public sealed class EarlierJournalsTests
{
    [Theory]
    [InlineData("line-open.jsonl")]
    [InlineData("line-ended.jsonl")]
    [InlineData("line-cancelled.jsonl")]
    public void EarlierJournal_LeadsToTheSameDecisions(string name)
    {
        var (replayed, listed, served, same) = (new EventState(1), new Dictionary<int, int>(), 0, 0);
        foreach (var (version, at, facts) in Read(name))
        {
            var again = SnapshotCodec.Decode(1, SnapshotCodec.Encode(replayed))!;
            Turn.Replay(replayed, version, at, facts);
            var decided = Turn.Run(again, facts.Where(fact => !IsServed(fact)).ToList(), at, number => $"ticket-{number}");
            Assert.Equal(facts.Select(WithoutPlaces), decided.Select(WithoutPlaces));
            if (facts.SelectMany(Places).SequenceEqual(decided.SelectMany(Places)))
            {
                Assert.Equal(SnapshotCodec.Encode(replayed), SnapshotCodec.Encode(again));
                same += facts.Count(IsServed);
            }
            foreach (var number in facts.SelectMany(Overtaken)) listed[number] = listed.GetValueOrDefault(number) + 1;
            foreach (var entry in replayed.Waitlist.After(0).Select(number => replayed.FindInvitation(number)!))
                Assert.Equal(listed.GetValueOrDefault(entry.Number), replayed.Waitlist.OvertakesOf(entry));
            served += facts.Count(IsServed);
        }
        Assert.InRange(served, 30, 40);
        Assert.InRange(same, served / 2, served);
        Assert.InRange(listed.Values.Max(), 2, 3);
    }

    [Fact]
    public void Cancellation_WithoutLists_EndsWhatTheListsEnded()
    {
        var entries = Read("line-cancelled.jsonl").ToList();
        var cancelled = Assert.IsType<EventCancelled>(Assert.Single(entries[^1].Facts));
        Assert.NotEmpty(cancelled.Invitations!);
        Assert.Equal(End(cancelled), End(new EventCancelled(cancelled.By, cancelled.Reason)));

        byte[] End(Fact last)
        {
            var state = new EventState(1);
            foreach (var (version, at, facts) in entries[..^1]) Turn.Replay(state, version, at, facts);
            Turn.Replay(state, entries[^1].Version, entries[^1].At, FactCodec.Decode(FactCodec.Encode([last])));
            return SnapshotCodec.Encode(state);
        }
    }

    private static IEnumerable<(long Version, DateTimeOffset At, Fact[] Facts)> Read(string name)
    {
        using var reader = new StreamReader(typeof(EarlierJournalsTests).Assembly.GetManifestResourceStream(name)!);
        while (reader.ReadLine() is { } line)
        {
            using var entry = JsonDocument.Parse(line);
            var root = entry.RootElement;
            var facts = FactCodec.Decode(JsonSerializer.SerializeToUtf8Bytes(root.GetProperty("facts")));
            yield return (root.GetProperty("version").GetInt64(), root.GetProperty("at").GetDateTimeOffset(), facts);
        }
    }

    private static bool IsServed(Fact fact) => fact is PlacesOffered or WaitlistPromoted;

    private static IReadOnlyList<int> Overtaken(Fact fact) => fact switch
    {
        PlacesOffered offered => offered.Overtaken ?? [],
        WaitlistPromoted promoted => promoted.Overtaken ?? [],
        _ => [],
    };

    private static IReadOnlyList<int> Places(Fact fact) => fact switch
    {
        PlacesOffered offered => offered.Places,
        WaitlistPromoted promoted => promoted.Places,
        _ => [],
    };

    /// <summary>As it is written, without the places chosen (but how many they are) and the names of the overtaken.</summary>
    private static string WithoutPlaces(Fact fact) => Places(fact).Count + System.Text.Encoding.UTF8.GetString(FactCodec.Encode([fact switch
    {
        PlacesOffered offered => offered with { Places = [], Overtaken = null },
        WaitlistPromoted promoted => promoted with { Places = [], Overtaken = null },
        _ => fact,
    }]));
}
