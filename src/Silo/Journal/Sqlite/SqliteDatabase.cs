using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Seats.Silo.Journal;

/// <summary>The SQLite file of one machine: write-ahead log, every commit on stable storage.</summary>
internal sealed class SqliteDatabase(string path)
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public string ConnectionString { get; } = new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWriteCreate,
        DefaultTimeout = JournalLimits.CommandTimeoutSeconds,
    }.ToString();

    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString) { DefaultTimeout = JournalLimits.SqliteBusySeconds };
        connection.Open();
        using var pragmas = connection.CreateCommand();
        pragmas.CommandText = $"pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = {JournalLimits.SqliteBusySeconds * 1000};";
        pragmas.ExecuteNonQuery();
        return connection;
    }

    /// <summary>Times as text that sorts, and that people read.</summary>
    public static string Text(DateTimeOffset time) => time.ToUniversalTime().ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static DateTimeOffset Time(string text) =>
        DateTimeOffset.ParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static string? Text(DateTimeOffset? time) => time is { } value ? Text(value) : null;
}
