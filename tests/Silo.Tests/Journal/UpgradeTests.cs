using DbUp;
using DbUp.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Seats.Clustering;
using Seats.Core;
using Seats.Grains.Abstractions;
using Seats.Grains.Journal;
using Seats.Silo.Journal;
using Seats.Silo.Notifications;
using Seats.Silo.Schema;
using Seats.Silo.Storage;
using Seats.Testing.Postgres;

namespace Seats.Silo.Tests.Journal;

/// <summary>A database of the first release becomes one of today, and loses nothing that still counts.</summary>
public sealed class UpgradeTests
{
    private const string LastOfTheFirstRelease = "0006_";

    [Theory, MemberData(nameof(JournalContractTests.Stores), MemberType = typeof(JournalContractTests))]
    public async Task DatabaseOfTheFirstRelease_KeepsItsEvents_TheirCommands_AndWhoWasNotified(string store)
    {
        var storage = store == JournalUnderTest.Sqlite
            ? SeatsStorage.InFolder(Directory.CreateTempSubdirectory("seats-upgrade-").FullName)
            : SeatsStorage.OnPostgres(await PostgresServer.CreateDatabaseAsync());
        InstallFirstRelease(storage);
        await using var services = JournalUnderTest.Services(storage);
        var database = services.GetRequiredService<SiloDatabase>();
        var command = Guid.NewGuid();
        await SeedAsync(database, command);

        await services.GetRequiredService<SchemaUpgrade>().EnsureAsync(CancellationToken.None);

        var journal = services.GetRequiredService<IJournal>();
        var head = await journal.TakeOverAsync(1, CancellationToken.None);
        Assert.Equal((3, true), (head!.Version, head.HasReplies));
        Assert.Equal(AppendOutcome.Committed, await journal.AppendAsync(JournalUnderTest.Slice(1, 3, 1) with { Epoch = head.Epoch }));
        var obeyed = Assert.Single(await journal.FindRepliesAsync(1, [command], CancellationToken.None));
        Assert.Equal((77, 2, 0), (obeyed.BodyHash, obeyed.Version, obeyed.Reply.Length));
        var outbox = new Outbox(database);
        Assert.Equal(new OutboxPosition(3, 2), await outbox.ReadPositionAsync(1, Audience.Person));
        Assert.Equal([1L], (await outbox.ListBehindAsync(0, 10)).Select(row => row.EventId));
        Assert.Equal([(1L, new OutboxPosition(3, 1))], await outbox.ListUnreconciledAsync(0, 10));
    }

    [Theory, MemberData(nameof(JournalContractTests.Stores), MemberType = typeof(JournalContractTests))]
    public async Task EventsAndAddressesOfTheFirstRelease_AreFoundAsTodays(string store)
    {
        // More than one portion.
        const int events = 1_001;
        var storage = store == JournalUnderTest.Sqlite
            ? SeatsStorage.InFolder(Directory.CreateTempSubdirectory("seats-upgrade-").FullName)
            : SeatsStorage.OnPostgres(await PostgresServer.CreateDatabaseAsync());
        InstallFirstRelease(storage);
        await using var services = JournalUnderTest.Services(storage);
        var database = services.GetRequiredService<SiloDatabase>();
        await SeedListsAsync(database, events);

        await services.GetRequiredService<SchemaUpgrade>().EnsureAsync(CancellationToken.None);
        var refill = services.GetRequiredService<TextRefill>();
        Assert.Equal(events + 2, await refill.RunAsync(CancellationToken.None));
        Assert.Equal(0, await refill.RunAsync(CancellationToken.None));

        var lists = services.GetRequiredService<IEventDirectory>();
        var filter = new EventFilter("creme", null, null, null, null, false, JournalUnderTest.At(0), null, events + 1);
        Assert.Equal(events, (await lists.ListEventsAsync(filter, CancellationToken.None)).Count);
        Assert.Single(await lists.ListEventsAsync(filter with { Text = "lodz 0500" }, CancellationToken.None));
        var mine = new InvitationFilter(null, "olga@xn--mller-kva.example", null, 10);
        Assert.Equal([new InvitationListing(2, 1), new InvitationListing(1, 1)], await lists.ListInvitationsAsync(mine, CancellationToken.None));
        // Snapshots have the addresses of before.
        Assert.Equal([3L], await database.ReadAsync("select n1 from orleans_state order by n1", row => row.GetInt64(0)));
    }

    [Theory, MemberData(nameof(JournalContractTests.Stores), MemberType = typeof(JournalContractTests))]
    public async Task EventsOfTheFirstRelease_CountForTheirOwner_WithThePlacesTheyWereMadeWith(string store)
    {
        var storage = store == JournalUnderTest.Sqlite
            ? SeatsStorage.InFolder(Directory.CreateTempSubdirectory("seats-upgrade-").FullName)
            : SeatsStorage.OnPostgres(await PostgresServer.CreateDatabaseAsync());
        InstallFirstRelease(storage);
        await using var services = JournalUnderTest.Services(storage);
        var database = services.GetRequiredService<SiloDatabase>();
        await SeedListsAsync(database, 4);
        foreach (var (id, facts) in new[]
        {
            (1, """[{"fact":"EventCreated","owner":{"id":"john","email":""},"settings":{"title":"Crème","capacity":120},"sections":[]}]"""),
            (2, """[{"fact":"EventCreated","owner":{"id":"john","email":""},"settings":{"title":"Crème","capacity":30},"sections":[]}]"""),
            // Somebody damaged this one.
            (3, """{"fact":"EventCreated","owner":"john"}"""),
        })
            await database.ExecuteAsync(
                """
                insert into journal (event_id, version, at, body_hash, kinds, facts)
                values (@id, 1, @at, 0, 'EventCreated', @facts
                """ + (database is SqliteSiloDatabase ? ")" : "::json)"),
                ("id", id), ("at", database.Value(JournalUnderTest.At(0))), ("facts", facts));

        await services.GetRequiredService<SchemaUpgrade>().EnsureAsync(CancellationToken.None);

        var lists = services.GetRequiredService<IEventDirectory>();
        Assert.Equal(new PlannedEvents(2, 150), await lists.CountPlannedAsync("john", JournalUnderTest.At(0), CancellationToken.None));
    }

    private static async Task SeedListsAsync(SiloDatabase database, int events)
    {
        var time = database.Value(JournalUnderTest.At(0).AddDays(1));
        var organisers = database is SqliteSiloDatabase ? ("", "") : (", organisers", ", '{}'");
        for (var id = 1; id <= events; id++)
            await database.ExecuteAsync(
                $"""
                insert into event_index (event_id, title, location, visibility, state, starts_at, ends_at, search{organisers.Item1})
                values (@id, @title, @location, 'PUBLIC', 'ON_SALE', @time, @time, 'as it was'{organisers.Item2})
                """,
                ("id", id), ("title", id % 2 == 0 ? "Crème" : "Cre\u0300me"), ("location", $"Łódź {id:0000}"), ("time", time));
        foreach (var (id, email) in new[] { (1, "olga@müller.example"), (2, "olga@müller.example"), (3, "john.doe@example.com") })
        {
            await database.ExecuteAsync(
                "insert into invitation_index (event_id, number, email, created_at) values (@id, 1, @email, @time)",
                ("id", id), ("email", email), ("time", time));
            await database.ExecuteAsync(
                "insert into orleans_state (service_id, state_name, n0, n1, extension, version) values ('seats', 'event-snapshot', 0, @id, '', 1)", ("id", id));
        }
    }

    private static void InstallFirstRelease(SeatsStorage storage)
    {
        UpgradeEngineBuilder builder;
        if (storage.Postgres is { } connectionString)
        {
            using var connection = new NpgsqlConnection(connectionString);
            connection.Open();
            using var schema = new NpgsqlCommand($"create schema if not exists {ClusterNames.Schema}", connection);
            schema.ExecuteNonQuery();
            builder = DeployChanges.To.PostgresqlDatabase(connectionString).JournalToPostgresqlTable(ClusterNames.Schema, "schema_versions");
        }
        else builder = DeployChanges.To.SqliteDatabase(new SqliteDatabase(storage.File).ConnectionString);
        var folder = storage.Postgres is null ? ".Schema.Sqlite." : ".Schema.Postgres.";
        var upgrade = builder
            .WithScriptsEmbeddedInAssembly(typeof(SchemaUpgrade).Assembly, name => IsOfTheFirstRelease(name, folder))
            .WithTransactionPerScript().WithVariablesDisabled().LogToNowhere().Build();
        Assert.True(upgrade.PerformUpgrade().Successful);
    }

    private static bool IsOfTheFirstRelease(string script, string folder)
    {
        var at = script.IndexOf(folder, StringComparison.Ordinal);
        return at >= 0 && string.CompareOrdinal(script, at + folder.Length, LastOfTheFirstRelease, 0, LastOfTheFirstRelease.Length) <= 0;
    }

    /// <summary>An event of three entries, the second by a command of today, notified up to the second and compared up to the first.</summary>
    private static async Task SeedAsync(SiloDatabase database, Guid command)
    {
        var now = database.Value(DateTimeOffset.UtcNow);
        object id = database is SqliteSiloDatabase ? command.ToString() : command;
        await database.ExecuteAsync("insert into heads (version, published_version) values (3, 2)");
        for (var version = 1; version <= 3; version++)
            await database.ExecuteAsync(
                """
                insert into journal (event_id, version, at, command_id, body_hash, kinds, facts)
                values (1, @version, @now, @command, 77, 'EventPaused', '[{"fact":"EventPaused","by":"john"}]')
                """,
                ("version", version), ("now", now), ("command", version == 2 ? id : DBNull.Value));
        await database.ExecuteAsync("insert into reconciled (event_id, version) values (1, 1)");
    }
}
