using Npgsql;
using Seats.Clustering;
using Seats.Silo.Journal;

namespace Seats.Silo.Storage;

/// <summary>Where everything is kept: a Postgres database for clusters, or a SQLite file in the data folder of one machine.</summary>
public sealed record SeatsStorage
{
    private SeatsStorage(string? postgres, string? folder) => (Postgres, Folder) = (postgres, folder);

    /// <summary>Connection string, its schema and pool set; null on one machine.</summary>
    public string? Postgres { get; }

    /// <summary>Folder of <c>seats.db</c>; null on Postgres.</summary>
    public string? Folder { get; }

    /// <summary>Chooses by configuration: <c>ConnectionStrings:Seats</c>, else the data folder.</summary>
    public static SeatsStorage From(IConfiguration configuration, string dataFolder) =>
        configuration.GetConnectionString("Seats") is { Length: > 0 } connection ? OnPostgres(connection) : InFolder(dataFolder);

    /// <summary>A Postgres database.</summary>
    public static SeatsStorage OnPostgres(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString)
        {
            SearchPath = ClusterNames.Schema,
            MaxPoolSize = JournalLimits.OrleansConnectionsAtMost,
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 2,
            Timeout = JournalLimits.CommandTimeoutSeconds,
            CommandTimeout = JournalLimits.CommandTimeoutSeconds,
            CancellationTimeout = JournalLimits.CancellationMilliseconds,
            ApplicationName = "seats",
        };
        builder.Options = Durable(builder.Options);
        return new SeatsStorage(builder.ConnectionString, null);
    }

    /// <summary>
    /// Every session of ours commits to stable storage, whatever the server, the database or the role says; who wants more than that
    /// (<c>remote_apply</c>) says so in the connection string.
    /// </summary>
    private static string Durable(string? options)
    {
        const string setting = "synchronous_commit";
        options ??= Environment.GetEnvironmentVariable("PGOPTIONS");
        return options?.Contains(setting, StringComparison.Ordinal) == true ? options : $"{options} -c {setting}=on".Trim();
    }

    /// <summary>A SQLite file; the folder is made where it is missing.</summary>
    public static SeatsStorage InFolder(string folder)
    {
        DataFolder.Ensure(folder);
        return new SeatsStorage(null, folder);
    }

    /// <summary>The SQLite file.</summary>
    public string File => Path.Combine(Folder!, "seats.db");
}
