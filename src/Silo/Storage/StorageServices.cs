using Microsoft.Extensions.DependencyInjection.Extensions;
using Seats.Grains.Actors;
using Seats.Grains.Journal;
using Seats.Silo.Journal;
using Seats.Silo.Schema;

namespace Seats.Silo.Storage;

/// <summary>Puts the journal, its lists and Orleans's own storage on the chosen database.</summary>
public static class StorageServices
{
    /// <summary>Name of the grain storage that keeps snapshots.</summary>
    public const string SnapshotStorage = "snapshots";

    private const string PostgresInvariant = "Npgsql";

    // The one name Orleans knows SQLite by; it loads Microsoft.Data.Sqlite behind it.
    private const string SqliteInvariant = "System.Data.SQLite";

    /// <summary>Registers IJournal, IEventDirectory and the schema for a database.</summary>
    public static IServiceCollection AddSeatsJournal(this IServiceCollection services, SeatsStorage storage)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton(storage);
        services.AddSingleton<StoreGate>();
        services.AddSingleton<JournalMetrics>();
        services.AddSingleton<SchemaUpgrade>();
        services.AddSingleton<TextRefill>();
        services.AddSingleton<SharedKeys>();
        return storage.Postgres is { } connectionString ? services.OnPostgres(connectionString) : services.OnSqlite(storage.File);
    }

    /// <summary>Configures grain storage, reminders and, for a cluster, membership.</summary>
    public static ISiloBuilder UseSeatsStorage(this ISiloBuilder silo, SeatsStorage storage, bool clustered)
    {
        var (invariant, connectionString) = storage.Postgres is { } postgres
            ? (PostgresInvariant, postgres)
            : (SqliteInvariant, new SqliteDatabase(storage.File).ConnectionString);
        silo.AddAdoNetGrainStorage(SnapshotStorage, options =>
        {
            (options.Invariant, options.ConnectionString) = (invariant, connectionString);
            options.GrainStorageSerializer = new RawBytesSerializer();
        });
        silo.UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = (invariant, connectionString));
        if (clustered) silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (invariant, connectionString));
        return silo;
    }

    private static IServiceCollection OnPostgres(this IServiceCollection services, string connectionString)
    {
        services.AddSingleton(_ => new PostgresPools(connectionString));
        services.AddSingleton<PostgresStore>();
        services.AddSingleton<IJournalStore>(provider => provider.GetRequiredService<PostgresStore>());
        services.AddSingleton(provider => Writer(provider, JournalLimits.PostgresLanes));
        services.AddSingleton<IJournal, PostgresJournal>();
        services.AddSingleton<IEventDirectory, PostgresDirectory>();
        services.AddSingleton<SiloDatabase, PostgresSiloDatabase>();
        services.AddSingleton<DatabaseClock>();
        services.AddSingleton<ITimeCheck>(provider => provider.GetRequiredService<DatabaseClock>());
        services.AddHostedService<ClockWatch>();
        return services;
    }

    private static IServiceCollection OnSqlite(this IServiceCollection services, string file)
    {
        services.AddSingleton(new SqliteDatabase(file));
        services.AddSingleton<SqliteStore>();
        services.AddSingleton<IJournalStore>(provider => provider.GetRequiredService<SqliteStore>());
        services.AddSingleton(provider => Writer(provider, JournalLimits.SqliteLanes));
        services.AddSingleton<IJournal, SqliteJournal>();
        services.AddSingleton<IEventDirectory, SqliteDirectory>();
        services.AddSingleton<SiloDatabase, SqliteSiloDatabase>();
        services.AddSingleton<ITimeCheck, OwnTime>();
        return services;
    }

    private static JournalWriter Writer(IServiceProvider provider, int lanes) =>
        ActivatorUtilities.CreateInstance<JournalWriter>(provider, provider.GetRequiredService<IConfiguration>().GetValue("Journal:Lanes", lanes));
}
