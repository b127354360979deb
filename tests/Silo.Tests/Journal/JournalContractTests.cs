using System.Text;
using Npgsql;
using Seats.Clustering;
using Seats.Core;
using Seats.Core.History;
using Seats.Grains.Abstractions;
using Seats.Grains.Journal;
using Seats.Testing.Postgres;

namespace Seats.Silo.Tests.Journal;

/// <summary>What every journal promises, on each store.</summary>
public sealed class JournalContractTests
{
    public static TheoryData<string> Stores() => JournalUnderTest.Stores();

    [PostgresFact]
    public void Contract_RunsOnPostgresToo() => Assert.Equal(2, ((IEnumerable<object[]>)Stores()).Count());

    [Theory, MemberData(nameof(Stores))]
    public async Task Append_ThenRead_GivesTheEntriesAsTheyWere(string store)
    {
        await using var opened = await JournalUnderTest.OpenAsync(store);
        var id = await opened.NewEventAsync();
        var facts = """[{"fact":"X","text":"é \" \\ \n \u2028 \ud83c\udfad"}]""";
        var written = JournalUnderTest.Entry(1, facts);
        Assert.Equal(AppendOutcome.Committed, await opened.Journal.AppendAsync(new Slice(id, 0, 0, [written, JournalUnderTest.Entry(2)], IndexChanges.None)));
        var read = await opened.ReadAsync(id);
        Assert.Equal([1L, 2L], read.Select(entry => entry.Version));
        Assert.Equal((written.At, written.CommandId, written.BodyHash, written.Kinds), (read[0].At, read[0].CommandId, read[0].BodyHash, read[0].Kinds));
        Assert.Equal(facts, Encoding.UTF8.GetString(read[0].Facts.Span));
        Assert.Equal([2L], (await opened.ReadAsync(id, after: 1)).Select(entry => entry.Version));
        Assert.Equal(2, await opened.Journal.ReadHeadAsync(id, CancellationToken.None));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Append_BehindTheHead_IsAConflictAndWritesNothing(string store)
    {
        await using var opened = await JournalUnderTest.OpenAsync(store);
        var id = await opened.NewEventAsync();
        await opened.Journal.AppendAsync(JournalUnderTest.Slice(id, 0, 3));
        var row = new EventIndexRow("Stale", "", "PUBLIC", "ON_SALE", JournalUnderTest.At(1), JournalUnderTest.At(2), ["john"]);
        var stale = JournalUnderTest.Slice(id, 1, 5, new IndexChanges(row, [new InvitationIndexRow(1, "john", "john.doe@example.com", JournalUnderTest.At(1))], [], null));
        Assert.Equal(AppendOutcome.Conflict, await opened.Journal.AppendAsync(stale));
        Assert.Equal(3, (await opened.ReadAsync(id)).Count);
        Assert.Empty(await opened.Directory.ListInvitationsAsync(new InvitationFilter("john", null, null, 10), CancellationToken.None));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task StaleActivation_InABatchWithOthers_LosesAlone(string store)
    {
        await using var opened = await JournalUnderTest.OpenAsync(store);
        var ids = new List<long>();
        for (var number = 0; number < 40; number++) ids.Add(await opened.NewEventAsync());
        await opened.Journal.AppendAsync(JournalUnderTest.Slice(ids[7], 0, 1));
        var outcomes = await Task.WhenAll(ids.Select(id => opened.Journal.AppendAsync(JournalUnderTest.Slice(id, 0, 2))));
        Assert.Equal(ids.Select(id => id == ids[7] ? AppendOutcome.Conflict : AppendOutcome.Committed), outcomes);
        foreach (var id in ids) Assert.Equal(id == ids[7] ? 1 : 2, (await opened.ReadAsync(id)).Count);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task EmptySlice_ConfirmsTheHead(string store)
    {
        await using var opened = await JournalUnderTest.OpenAsync(store);
        var id = await opened.NewEventAsync();
        await opened.Journal.AppendAsync(JournalUnderTest.Slice(id, 0, 2));
        Assert.Equal(AppendOutcome.Committed, await opened.Journal.AppendAsync(JournalUnderTest.Slice(id, 2, 0)));
        Assert.Equal(AppendOutcome.Conflict, await opened.Journal.AppendAsync(JournalUnderTest.Slice(id, 1, 0)));
        Assert.Equal(AppendOutcome.Conflict, await opened.Journal.AppendAsync(JournalUnderTest.Slice(id, 3, 0)));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task TakeOver_FencesEverythingOfTheActivationsBefore(string store)
    {
        await using var opened = await JournalUnderTest.OpenAsync(store);
        var id = await opened.NewEventAsync();
        var first = await opened.Journal.TakeOverAsync(id, CancellationToken.None);
        var late = JournalUnderTest.Slice(id, 0, 2) with { Epoch = first!.Epoch };
        var second = await opened.Journal.TakeOverAsync(id, CancellationToken.None);
        Assert.Equal((0, false), (second!.Version, second.HasReplies));
        Assert.True(second.Epoch > first.Epoch);
        var reply = JournalUnderTest.Reply();
        Assert.Equal(AppendOutcome.Conflict, await opened.Journal.AppendAsync(late));
        Assert.Equal(AppendOutcome.Conflict, await opened.Journal.AppendAsync(JournalUnderTest.Slice(id, 0, 0) with { Epoch = first.Epoch }));
        Assert.Equal(AppendOutcome.Conflict, await opened.Journal.AppendAsync(
            JournalUnderTest.Slice(id, 0, 0, IndexChanges.None with { Replies = [reply] }) with { Epoch = first.Epoch }));
        Assert.Empty(await opened.Journal.FindRepliesAsync(id, [reply.CommandId], CancellationToken.None));
        Assert.Equal(AppendOutcome.Committed, await opened.Journal.AppendAsync(JournalUnderTest.Slice(id, 0, 1) with { Epoch = second.Epoch }));
        Assert.Equal(1, (await opened.Journal.TakeOverAsync(id, CancellationToken.None))!.Version);
        Assert.Null(await opened.Journal.TakeOverAsync(id + 1_000, CancellationToken.None));
    }

    [PostgresFact]
    public async Task TakeOver_ThatWaitsForTheLastSliceOfTheActivationBefore_SeesAllOfIt()
    {
        var connection = await PostgresServer.CreateDatabaseAsync();
        await using var opened = await JournalUnderTest.OpenAsync(JournalUnderTest.Postgres, connection);
        var id = await opened.NewEventAsync();
        await using var before = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { SearchPath = ClusterNames.Schema }.ConnectionString);
        await before.OpenAsync();
        await using var slice = await before.BeginTransactionAsync();
        await using var write = new NpgsqlCommand($"""
            update heads set version = 1 where event_id = {id};
            insert into replies (event_id, command_id, body_hash, version, at) values ({id}, gen_random_uuid(), 0, 1, now())
            """, before);
        await write.ExecuteNonQueryAsync();
        var takeOver = opened.Journal.TakeOverAsync(id, CancellationToken.None);
        await using var waiting = new NpgsqlCommand("select exists (select from pg_locks where not granted)", before);
        await Seats.Testing.Eventually.TrueAsync(async () => (bool)(await waiting.ExecuteScalarAsync())!, TimeSpan.FromSeconds(30));
        await slice.CommitAsync();
        Assert.Equal((1, true), await takeOver is var head ? (head!.Version, head.HasReplies) : default);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Replies_AreStored_WithASliceThatWritesNothingElse_AndTheFirstCounts(string store)
    {
        await using var opened = await JournalUnderTest.OpenAsync(store);
        var id = await opened.NewEventAsync();
        var (reply, other) = (JournalUnderTest.Reply(), JournalUnderTest.Reply());
        await opened.Journal.AppendAsync(JournalUnderTest.Slice(id, 0, 0, IndexChanges.None with { Replies = [reply, other] }));
        await opened.Journal.AppendAsync(JournalUnderTest.Slice(id, 0, 1, IndexChanges.None with { Replies = [reply with { BodyHash = 43 }] }));
        var found = Assert.Single(await opened.Journal.FindRepliesAsync(id, [reply.CommandId, Guid.NewGuid()], CancellationToken.None));
        Assert.Equal((reply.CommandId, reply.BodyHash, reply.Version, reply.At), (found.CommandId, found.BodyHash, found.Version, found.At));
        Assert.Equal(Encoding.UTF8.GetString(reply.Reply.Span), Encoding.UTF8.GetString(found.Reply.Span));
        Assert.Empty(await opened.Journal.FindRepliesAsync(id + 1, [reply.CommandId], CancellationToken.None));
        Assert.True((await opened.Journal.TakeOverAsync(id, CancellationToken.None))!.HasReplies);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Key_IsBoundToTheFirstEventItCameWith(string store)
    {
        await using var opened = await JournalUnderTest.OpenAsync(store);
        var key = Guid.NewGuid();
        var bound = await Task.WhenAll(Enumerable.Range(1, 10).Select(id => opened.Journal.BindKeyAsync(key, id, CancellationToken.None)));
        Assert.Single(bound.Distinct());
        Assert.Equal(bound[0], await opened.Journal.BindKeyAsync(key, 99, CancellationToken.None));
        Assert.Equal(99, await opened.Journal.BindKeyAsync(Guid.NewGuid(), 99, CancellationToken.None));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task AllocateEventId_UnderOneCommand_IsOneIdHoweverManyAsk(string store)
    {
        await using var opened = await JournalUnderTest.OpenAsync(store);
        var command = Guid.NewGuid();
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            while (true)
            {
                try
                {
                    return await opened.Journal.AllocateEventIdAsync(command, unguessable: false, CancellationToken.None);
                }
                catch (JournalUnavailableException raced) when (raced.NotApplied)
                {
                    // Somebody else is making it at this moment: ask again, as the API does.
                }
            }
        }));
        Assert.Single(ids.Distinct());
        Assert.NotEqual(ids[0], await opened.NewEventAsync());
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task AllocateEventId_ThatNobodyMayGuess_IsDrawn_AndTheCountGoesOnAsBefore(string store)
    {
        await using var opened = await JournalUnderTest.OpenAsync(store);
        Task<long> DrawnAsync(Guid command) => opened.Journal.AllocateEventIdAsync(command, unguessable: true, CancellationToken.None);
        var command = Guid.NewGuid();
        var before = await opened.NewEventAsync();
        long[] drawn = [await DrawnAsync(command), await DrawnAsync(Guid.NewGuid()), await DrawnAsync(Guid.NewGuid())];
        Assert.Equal(before + 1, await opened.NewEventAsync());
        Assert.Equal(drawn[0], await DrawnAsync(command));
        Assert.Equal(drawn.Length, drawn.Distinct().Count());
        Assert.All(drawn, id => Assert.InRange(id, EventIds.FirstDrawn, (1L << 53) - 1));
        // Neighbours would tell that they were counted.
        Assert.DoesNotContain(drawn, id => drawn.Contains(id + 1));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task History_IsOfTheEntriesThatMatchAClause_TheLatestFirst(string store)
    {
        await using var opened = await JournalUnderTest.OpenAsync(store);
        var id = await opened.NewEventAsync();
        JournalEntry[] entries =
        [
            Told(1, "SeatsHeld", """[{"fact":"SeatsHeld","hold":12,"places":[1,2,3]}]"""),
            Told(2, "SeatsHeld", """[{"fact":"SeatsHeld","hold":13,"places":[21,32]}]"""),
            Told(3, "EventPaused", """[{"fact":"EventPaused","by":"12"}]"""),
            Told(4, "SeatsReleased PlacesOffered", """[{"fact":"SeatsReleased","hold":12,"places":[2]},{"fact":"PlacesOffered","invitation":5,"places":[2]}]"""),
            Told(5, "SeatsHeldBack", """[{"fact":"X","places":[2]}]"""),
            // Somebody damaged these.
            Told(6, "SeatsHeld", """{"hold":"x"}"""),
            Told(7, "SeatsHeld", """["x",1,null,{"hold":{"x":1},"places":"x"}]"""),
        ];
        await opened.Journal.AppendAsync(new Slice(id, 0, 0, entries, IndexChanges.None));
        int[] many = [.. Enumerable.Range(100, 50), 2];
        Assert.Equal([4L, 1L], await VersionsAsync(new HistoryClause(["SeatsHeld", "SeatsReleased"], Mention.InLists([2], "places"))));
        Assert.Equal([4L, 3L], await VersionsAsync(
            new HistoryClause(["EventPaused"]), new HistoryClause(["PlacesOffered"], Mention.Of([5], "hold", "invitation"))));
        Assert.Equal([4L], await VersionsAsync(new HistoryClause(["PlacesOffered"], Mention.Of([5, 77], "invitation"))));
        Assert.Empty(await VersionsAsync(new HistoryClause(["PlacesOffered"], Mention.Of([12], "invitation"))));
        Assert.Equal([4L, 1L], await VersionsAsync(new HistoryClause(["SeatsHeld", "SeatsReleased"], Mention.InLists(many, "holds", "places"))));
        Assert.Equal([4L, 1L], await VersionsAsync(new HistoryClause(["SeatsHeld", "SeatsReleased"], Mention.Of([12, 77], "invitation", "hold"))));
        Assert.Equal([4L], await VersionsAsync(new HistoryClause(["SeatsHeld", "SeatsReleased"], Mention.InLists([2], "places"), 2)));
        Assert.Equal([2L], await ReadAsync(3, 1, new HistoryClause(["SeatsHeld"])));

        static JournalEntry Told(long version, string kinds, string facts) => JournalUnderTest.Entry(version, facts) with { Kinds = kinds };

        Task<List<long>> VersionsAsync(params HistoryClause[] clauses) => ReadAsync(100, 100, clauses);

        Task<List<long>> ReadAsync(long upTo, int atMost, params HistoryClause[] clauses) => opened.HistoryAsync(id, new HistoryQuery(upTo, clauses, atMost));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task LargeSlice_LandsWhole(string store)
    {
        await using var opened = await JournalUnderTest.OpenAsync(store);
        var id = await opened.NewEventAsync();
        Assert.Equal(AppendOutcome.Committed, await opened.Journal.AppendAsync(JournalUnderTest.Slice(id, 0, 10_000)));
        Assert.Equal(Enumerable.Range(1, 10_000).Select(version => (long)version), (await opened.ReadAsync(id)).Select(entry => entry.Version));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Events_AreListedSoonestFirst_PageByPage_ToThoseWhoMaySeeThem(string store)
    {
        await using var opened = await JournalUnderTest.OpenAsync(store);
        var ids = new List<long>();
        for (var number = 0; number < 5; number++)
        {
            var id = await opened.NewEventAsync();
            ids.Add(id);
            var row = new EventIndexRow($"Night {number} 100%", "Große Hal\u0301le", number == 4 ? "UNLISTED" : "PUBLIC", "ON_SALE",
                JournalUnderTest.At(0).AddDays(10 - number), JournalUnderTest.At(0).AddDays(11 - number), ["owner"]);
            await opened.Journal.AppendAsync(JournalUnderTest.Slice(id, 0, 1, new IndexChanges(row, [], [], null)));
        }
        var filter = new EventFilter(null, null, null, null, null, false, JournalUnderTest.At(0), null, 2);
        var first = await opened.Directory.ListEventsAsync(filter, CancellationToken.None);
        Assert.Equal([ids[3], ids[2]], first.Select(listing => listing.EventId));
        var second = await opened.Directory.ListEventsAsync(filter with { After = first[^1] }, CancellationToken.None);
        Assert.Equal([ids[1], ids[0]], second.Select(listing => listing.EventId));
        Assert.Equal(ids[4], (await opened.Directory.ListEventsAsync(filter with { Viewer = "owner" }, CancellationToken.None))[0].EventId);
        Assert.Single(await opened.Directory.ListEventsAsync(filter with { Text = "night 2 100%" }, CancellationToken.None));
        Assert.Equal(2, (await opened.Directory.ListEventsAsync(filter with { Text = "GROSSE Haĺle" }, CancellationToken.None)).Count);
        Assert.Empty(await opened.Directory.ListEventsAsync(filter with { Text = "night _" }, CancellationToken.None));
        Assert.Equal([ids[3], ids[2]], (await opened.Directory.ListEventsAsync(filter with { State = "OVER", Now = JournalUnderTest.At(0).AddDays(20) }, CancellationToken.None)).Select(listing => listing.EventId));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task EventsThatAreOverOrCancelled_AreListedOnlyWhenAskedFor_AndStatesFollowFromTheTimes(string store)
    {
        await using var opened = await JournalUnderTest.OpenAsync(store);
        var now = JournalUnderTest.At(0);
        foreach (var (title, state, start, from, until) in new (string, string, double, double?, double?)[]
        {
            ("over", "ON_SALE", -2, -9, -2), ("running", "ON_SALE", -0.5, -9, null), ("cancelled", "CANCELLED", 1, -9, 1), ("paused", "PAUSED", 2, -9, 2),
            ("early", "ON_SALE", 3, 1, 3), ("late", "ON_SALE", 4, -9, -1), ("open", "ON_SALE", 5, -9, 5), ("of before", "ON_SALE", 6, null, null),
        })
        {
            var row = new EventIndexRow(title, "", "PUBLIC", state, now.AddDays(start), now.AddDays(start + 1), ["owner"])
            {
                SalesFrom = from is { } begin ? now.AddDays(begin) : null,
                SalesUntil = until is { } end ? now.AddDays(end) : null,
            };
            await opened.Journal.AppendAsync(JournalUnderTest.Slice(await opened.NewEventAsync(), 0, 1, new IndexChanges(row, [], [], null)));
        }
        Assert.Equal(6, (await ListAsync(null)).Count);
        foreach (var (state, days) in new[] { ("OVER", -2.0), ("SALES_OVER", -0.5), ("CANCELLED", 1), ("PAUSED", 2), ("NOT_ON_SALE", 3), ("ON_SALE", 5) })
            Assert.Equal(now.AddDays(days), (await ListAsync(state))[0].StartsAt);
        Assert.Equal(2, (await ListAsync("ON_SALE")).Count);

        Task<IReadOnlyList<EventListing>> ListAsync(string? state) =>
            opened.Directory.ListEventsAsync(new EventFilter(null, null, null, state, null, false, now, null, 10), CancellationToken.None);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task PlannedEvents_AreThoseOfTheirOwnerThatAreNeitherOverNorCancelled(string store)
    {
        await using var opened = await JournalUnderTest.OpenAsync(store);
        var now = JournalUnderTest.At(0);
        foreach (var (owner, state, end, places) in new (string?, string, double, int?)[]
        {
            ("owner", "ON_SALE", 1, 100_000), ("owner", "PAUSED", 2, 7), ("owner", "ON_SALE", 0, 20), ("owner", "CANCELLED", 1, 300),
            ("other", "ON_SALE", 1, 4_000), (null, "ON_SALE", 1, 50_000), ("owner", "ON_SALE", 9, null),
        })
        {
            // Whoever helps to organise owns nothing.
            string[] organisers = [owner ?? "", "owner", "other"];
            var row = new EventIndexRow("Night", "", "PUBLIC", state, now.AddDays(end - 1), now.AddDays(end), organisers)
            {
                Owner = owner,
                Places = places,
            };
            await WriteAsync(await opened.NewEventAsync(), 0, row);
        }
        Assert.Equal(new PlannedEvents(3, 100_007), await CountAsync("owner"));
        Assert.Equal(new PlannedEvents(1, 4_000), await CountAsync("other"));
        Assert.Equal(new PlannedEvents(0, 0), await CountAsync("nobody"));
        var id = await opened.NewEventAsync();
        var made = new EventIndexRow("Night", "", "PUBLIC", "ON_SALE", now, now.AddDays(1), ["owner"]) { Owner = "owner", Places = 10 };
        await WriteAsync(id, 0, made);
        Assert.Equal(new PlannedEvents(4, 100_017), await CountAsync("owner"));
        await WriteAsync(id, 1, made with { Places = 30 });
        Assert.Equal(new PlannedEvents(4, 100_037), await CountAsync("owner"));

        Task WriteAsync(long id, long version, EventIndexRow row) =>
            opened.Journal.AppendAsync(JournalUnderTest.Slice(id, version, 1, new IndexChanges(row, [], [], null)));

        Task<PlannedEvents> CountAsync(string owner) => opened.Directory.CountPlannedAsync(owner, now, CancellationToken.None);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Invitations_AreFoundByPerson_AndByAddressWhileUnclaimed(string store)
    {
        await using var opened = await JournalUnderTest.OpenAsync(store);
        var id = await opened.NewEventAsync();
        InvitationIndexRow[] rows =
        [
            new(1, null, "john.doe@example.com", JournalUnderTest.At(1)),
            new(2, "john", "john.doe@example.com", JournalUnderTest.At(1)),
            new(3, "other", "john.doe@example.com", JournalUnderTest.At(1)),
        ];
        await opened.Journal.AppendAsync(JournalUnderTest.Slice(id, 0, 1, new IndexChanges(null, rows, [], null)));
        var mine = await opened.Directory.ListInvitationsAsync(new InvitationFilter("john", "john.doe@example.com", null, 10), CancellationToken.None);
        Assert.Equal([2, 1], mine.Select(listing => listing.Number));
        Assert.Equal([1], (await opened.Directory.ListInvitationsAsync(new InvitationFilter("john", "john.doe@example.com", mine[0], 10), CancellationToken.None)).Select(listing => listing.Number));
        Assert.Equal(3, (await opened.Directory.ListInvitationsAsync(new InvitationFilter(null, "john.doe@example.com", null, 10), CancellationToken.None)).Count);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Existing_IsWhatHasAVersion_HoweverManyAreAskedFor(string store)
    {
        await using var opened = await JournalUnderTest.OpenAsync(store);
        var (one, other, handedOut) = (await opened.NewEventAsync(), await opened.NewEventAsync(), await opened.NewEventAsync());
        foreach (var id in new[] { one, other }) await opened.Journal.AppendAsync(JournalUnderTest.Slice(id, 0, 1));
        long[] asked = [one, handedOut, long.MaxValue, 0, -1, other, .. Enumerable.Range(1_000_000, 40_000)];
        Assert.Equal([one, other], (await opened.Directory.FindExistingAsync(asked, CancellationToken.None)).Order());
        Assert.Empty(await opened.Directory.FindExistingAsync([], CancellationToken.None));
    }
}
