using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Seats.Core;
using Seats.Core.History;
using Seats.Grains.Journal;
using Seats.Silo.Schema;
using Seats.Silo.Storage;
using Seats.Testing.Postgres;

namespace Seats.Silo.Tests.Journal;

/// <summary>A journal on an empty database.</summary>
internal sealed class JournalUnderTest : IAsyncDisposable
{
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgres";
    private readonly ServiceProvider services;

    private JournalUnderTest(ServiceProvider services) => this.services = services;

    /// <summary>SQLite always; Postgres where there is one.</summary>
    public static TheoryData<string> Stores() => PostgresServer.Programs is null && PostgresServer.Given is null ? [Sqlite] : [Sqlite, Postgres];

    public IJournal Journal => services.GetRequiredService<IJournal>();

    public SiloDatabase Database => services.GetRequiredService<SiloDatabase>();

    public T Of<T>() where T : notnull => services.GetRequiredService<T>();

    public IEventDirectory Directory => services.GetRequiredService<IEventDirectory>();

    public static async Task<JournalUnderTest> OpenAsync(string store, string? connection = null)
    {
        var storage = store == Sqlite
            ? SeatsStorage.InFolder(System.IO.Directory.CreateTempSubdirectory("seats-journal-").FullName)
            : SeatsStorage.OnPostgres(connection ?? await PostgresServer.CreateDatabaseAsync());
        var opened = new JournalUnderTest(Services(storage));
        await opened.services.GetRequiredService<SchemaUpgrade>().EnsureAsync(CancellationToken.None);
        return opened;
    }

    public static ServiceProvider Services(SeatsStorage storage)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging();
        services.AddSeatsJournal(storage);
        return services.BuildServiceProvider();
    }

    /// <summary>An event id with a head at version 0, which nobody took over: its epoch is 0.</summary>
    public Task<long> NewEventAsync() => Journal.AllocateEventIdAsync(Guid.NewGuid(), unguessable: false, CancellationToken.None);

    public static Slice Slice(long eventId, long expected, int entries, IndexChanges? indexes = null) =>
        new(eventId, 0, expected, [.. Enumerable.Range(1, entries).Select(number => Entry(expected + number))], indexes ?? IndexChanges.None);

    public static JournalEntry Entry(long version, string facts = """[{"fact":"EventPaused","by":"john"}]""", Guid? command = null) =>
        new(version, At(version), command ?? Guid.NewGuid(), version * 31, "EventPaused", Encoding.UTF8.GetBytes(facts));

    public static StoredReply Reply(Guid? id = null, long version = 1, DateTimeOffset? at = null) =>
        new(id ?? Guid.NewGuid(), 42, version, at ?? At(5), """{"version":1}"""u8.ToArray());

    public static DateTimeOffset At(long version) => new DateTimeOffset(2027, 1, 1, 12, 0, 0, TimeSpan.Zero).AddMicroseconds(version);

    public async Task<List<JournalEntry>> ReadAsync(long eventId, long after = 0)
    {
        var entries = new List<JournalEntry>();
        await foreach (var entry in Journal.ReadAsync(eventId, after, CancellationToken.None)) entries.Add(entry);
        return entries;
    }

    public async Task<List<long>> HistoryAsync(long eventId, HistoryQuery query) =>
        [.. (await Journal.ReadHistoryAsync(eventId, query, CancellationToken.None)).Select(entry => entry.Version)];

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
