using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Seats.Grains.Journal;
using Seats.Silo.Schema;
using Seats.Silo.Storage;
using Seats.Testing.Postgres;

namespace Seats.Silo.Tests.Journal;

/// <summary>What the journal does when its database is away, or its answers are lost.</summary>
public sealed class OutageTests
{
    [Theory, MemberData(nameof(JournalContractTests.Stores), MemberType = typeof(JournalContractTests))]
    public async Task Schema_UpgradedByTenProcessesAtOnce_IsThereOnce(string store)
    {
        var storage = store == JournalUnderTest.Sqlite
            ? SeatsStorage.InFolder(Directory.CreateTempSubdirectory("seats-schema-").FullName)
            : SeatsStorage.OnPostgres(await PostgresServer.CreateDatabaseAsync());
        await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            await using var services = JournalUnderTest.Services(storage);
            await services.GetRequiredService<SchemaUpgrade>().EnsureAsync(CancellationToken.None);
        }));
        await using var opened = JournalUnderTest.Services(storage);
        Assert.Equal(1, await opened.GetRequiredService<IJournal>().AllocateEventIdAsync(Guid.NewGuid(), unguessable: false, CancellationToken.None));
    }

    [PostgresFact]
    public async Task DatabaseDown_FailsFastAndClaimsNothing_ThenServesAgainByItself()
    {
        if (PostgresServer.Given is not null) return;
        await using var server = await PostgresServer.StartAsync();
        await using var opened = await JournalUnderTest.OpenAsync(JournalUnderTest.Postgres, await server.CreateAsync());
        var id = await opened.NewEventAsync();
        await opened.Journal.AppendAsync(JournalUnderTest.Slice(id, 0, 1));
        await server.CrashAsync();
        var failures = 0;
        for (var attempt = 0; attempt < 20; attempt++)
            if (await Record.ExceptionAsync(() => opened.Journal.AppendAsync(JournalUnderTest.Slice(id, 1, 1))) is JournalUnavailableException) failures++;
        Assert.Equal(20, failures);
        await server.StartServerAsync();
        await Eventually.HoldsAsync(async () =>
        {
            var head = await opened.Journal.ReadHeadAsync(id, CancellationToken.None);
            return await opened.Journal.AppendAsync(JournalUnderTest.Slice(id, head!.Value, 1)) == AppendOutcome.Committed;
        });
        var versions = (await opened.ReadAsync(id)).Select(entry => entry.Version).ToArray();
        Assert.Equal(Enumerable.Range(1, versions.Length).Select(version => (long)version), versions);
    }

    [PostgresFact]
    public async Task DatabaseFrozen_IsWaitedForOnce_ThenCallsFailAtOnceUntilItAnswers()
    {
        if (PostgresServer.Given is not null) return;
        await using var server = await PostgresServer.StartAsync();
        await using var opened = await JournalUnderTest.OpenAsync(JournalUnderTest.Postgres, await server.CreateAsync());
        var id = await opened.NewEventAsync();
        await opened.Journal.AppendAsync(JournalUnderTest.Slice(id, 0, 1));
        await server.FreezeAsync();
        try
        {
            var first = await Assert.ThrowsAsync<JournalUnavailableException>(() => opened.Journal.AppendAsync(JournalUnderTest.Slice(id, 1, 1)));
            Assert.False(first.NotApplied);
            for (var call = 0; call < 20; call++)
            {
                var later = opened.Journal.AppendAsync(JournalUnderTest.Slice(id, 1, 1));
                Assert.True(later.IsFaulted);
                Assert.True(Assert.IsType<JournalUnavailableException>(later.Exception!.InnerException).NotApplied);
            }
        }
        finally
        {
            await server.ThawAsync();
        }
        await Eventually.HoldsAsync(async () => await opened.Journal.ReadHeadAsync(id, CancellationToken.None) is { } head
            && await opened.Journal.AppendAsync(JournalUnderTest.Slice(id, head, 1)) == AppendOutcome.Committed);
        var versions = (await opened.ReadAsync(id)).Select(entry => entry.Version).ToArray();
        Assert.Equal(Enumerable.Range(1, versions.Length).Select(version => (long)version), versions);
    }

    [PostgresFact]
    public async Task AnswersLost_WhileBackendsAreKilled_AreNeverToldWrong()
    {
        var connection = await PostgresServer.CreateDatabaseAsync();
        await using var opened = await JournalUnderTest.OpenAsync(JournalUnderTest.Postgres, connection);
        var id = await opened.NewEventAsync();
        using var end = new CancellationTokenSource();
        using var landed = new SemaphoreSlim(0);
        var killer = Task.Run(() => KillBackendsAsync(connection, landed, end.Token));
        var told = new List<(Guid Command, bool? Committed)>();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (told.Count(answer => answer.Committed == true) < 40 || told.Count(answer => answer.Committed != true) < 40)
        {
            told.Add(await TryAppendAsync(opened, id));
            if (told[^1].Committed == true) landed.Release();
            else await Task.Delay(TimeSpan.FromMilliseconds(2), patience.Token);
        }
        await end.CancelAsync();
        await killer;
        HashSet<Guid> written = [];
        await Eventually.HoldsAsync(async () =>
        {
            written = [.. (await opened.ReadAsync(id)).Select(entry => entry.CommandId!.Value)];
            return true;
        });
        Assert.Contains(told, answer => answer.Committed == true);
        Assert.All(told, answer =>
        {
            if (answer.Committed is { } committed) Assert.Equal(committed, written.Contains(answer.Command));
        });
    }

    private static async Task<(Guid Command, bool? Committed)> TryAppendAsync(JournalUnderTest opened, long id)
    {
        var command = Guid.NewGuid();
        try
        {
            var head = await opened.Journal.ReadHeadAsync(id, CancellationToken.None);
            var entry = JournalUnderTest.Entry(head!.Value + 1, command: command);
            return (command, await opened.Journal.AppendAsync(new Slice(id, 0, head.Value, [entry], IndexChanges.None)) == AppendOutcome.Committed);
        }
        catch (JournalUnavailableException away)
        {
            return (command, away.NotApplied ? false : null);
        }
    }

    /// <summary>Kills the silo's backends, each time soon after something landed: however slow the machine is, something lands in between.</summary>
    private static async Task KillBackendsAsync(string connection, SemaphoreSlim landed, CancellationToken cancellationToken)
    {
        var random = new Random(5);
        await using var killer = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connection) { Pooling = false, ApplicationName = "killer" }.ConnectionString);
        await killer.OpenAsync(CancellationToken.None);
        while (true)
        {
            await landed.WaitAsync(cancellationToken).ContinueWith(_ => { }, CancellationToken.None);
            if (cancellationToken.IsCancellationRequested) return;
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 6)), CancellationToken.None);
            await using var kill = new NpgsqlCommand(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'seats' and datname = current_database()", killer);
            await kill.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }
}

/// <summary>Waits for what a real process does in its own time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                if (await condition()) return;
            }
            catch (JournalUnavailableException) when (!patience.IsCancellationRequested)
            {
                // Not yet.
            }
            await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
        }
    }
}
