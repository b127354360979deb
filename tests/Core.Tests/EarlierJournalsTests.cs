using System.Text.Json;

namespace Seats.Core.Tests;

/// <summary>
/// Journals that the first program wrote: an offer lists everybody it overtook, a cancellation everything that ended. They replay to what
/// they say for ever, and go on by the rules of today.
/// </summary>
public sealed class EarlierJournalsTests
{
    [Theory]
    [InlineData("line-open.jsonl")]
    [InlineData("line-ended.jsonl")]
    [InlineData("line-cancelled.jsonl")]
    public void EarlierJournal_LeadsToWhatItSays_AndGoesOn(string name)
    {
        var (replayed, listed, served, now) = (new EventState(1), new Dictionary<int, int>(), 0, default(DateTimeOffset));
        foreach (var (version, at, facts) in Read(name))
        {
            Turn.Replay(replayed, version, at, facts);
            now = at;
            foreach (var number in facts.SelectMany(Overtaken)) listed[number] = listed.GetValueOrDefault(number) + 1;
            foreach (var entry in replayed.Waitlist.After(0).Select(number => replayed.FindInvitation(number)!))
                Assert.Equal(listed.GetValueOrDefault(entry.Number), replayed.Waitlist.OvertakesOf(entry));
            served += facts.Count(IsServed);
        }
        Assert.InRange(served, 30, 40);
        Assert.InRange(listed.Values.Max(), 2, 3);
        while (Turn.Due(replayed, now) is { Count: > 0 } due) Turn.Run(replayed, due, now, number => $"ticket-{number}");
        Assert.True(replayed.NextDeadline is null || replayed.NextDeadline > now);
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
}
