using Microsoft.Data.Sqlite;
using Seats.Grains.Journal;

namespace Seats.Silo.Journal;

/// <summary>Reads of the SQLite file: synchronous by nature, so never on the caller's thread.</summary>
internal static class SqliteReading
{
    public static async Task<T> RunAsync<T>(SqliteDatabase database, Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(() =>
            {
                using var connection = database.Open();
                return read(connection);
            }, cancellationToken);
        }
        catch (SqliteException failure)
        {
            throw new JournalUnavailableException("The journal's file cannot be read.", notApplied: true, failure);
        }
    }

    public static SqliteCommand Command(SqliteConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var index = 0; index < values.Length; index++) command.Parameters.AddWithValue($"${index + 1}", values[index] ?? DBNull.Value);
        return command;
    }

    public static List<T> Rows<T>(SqliteCommand command, Func<SqliteDataReader, T> row)
    {
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(row(reader));
        return rows;
    }
}
