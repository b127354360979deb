using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using Seats.Silo.Journal;

namespace Seats.Silo.Storage;

/// <summary>Both databases by the same SQL: what differs between them is named here.</summary>
internal abstract class SiloDatabase
{
    /// <summary>Makes mailers that take messages at the same moment take different ones.</summary>
    public abstract string SkipLocked { get; }

    public abstract Task<T> RunAsync<T>(Func<DbConnection, Task<T>> work);

    /// <summary>
    /// Now, in SQL, in milliseconds since 1970: by the database's clock, which all silos share. Whose lease is over must not depend on who
    /// asks.
    /// </summary>
    public abstract string Now { get; }

    /// <summary>A moment that long ago, in SQL, by the same clock, as the journal's own tables hold moments.</summary>
    public abstract string Ago(TimeSpan span);

    /// <summary>Now by that clock.</summary>
    public abstract Task<DateTimeOffset> NowAsync();

    /// <summary>A moment as the journal's own tables hold it.</summary>
    public abstract DateTimeOffset Time(object value);

    public abstract object Value(DateTimeOffset time);

    /// <summary>Whether the database is well and refuses what it was given: the same will be refused again.</summary>
    public abstract bool Refuses(Exception failure);

    public Task<int> ExecuteAsync(string sql, params (string Name, object? Value)[] values) => RunAsync(async connection =>
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync();
    });

    public Task<List<T>> ReadAsync<T>(string sql, Func<DbDataReader, T> row, params (string Name, object? Value)[] values) => RunAsync(async connection =>
    {
        await using var command = Command(connection, sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync()) rows.Add(row(reader));
        return rows;
    });

    private static DbCommand Command(DbConnection connection, string sql, (string Name, object? Value)[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = JournalLimits.CommandTimeoutSeconds * 2;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            if (value is null) parameter.DbType = System.Data.DbType.String;
            command.Parameters.Add(parameter);
        }
        return command;
    }
}

internal sealed class PostgresSiloDatabase(PostgresPools pools) : SiloDatabase
{
    public override string SkipLocked => "for update skip locked";

    public override string Now => "(extract(epoch from now()) * 1000)::bigint";

    public override string Ago(TimeSpan span) =>
        string.Create(CultureInfo.InvariantCulture, $"now() - interval '{span.TotalSeconds} seconds'");

    public override async Task<DateTimeOffset> NowAsync() =>
        (await ReadAsync("select now()", row => new DateTimeOffset(row.GetDateTime(0)))).Single();

    public override async Task<T> RunAsync<T>(Func<DbConnection, Task<T>> work)
    {
        await using var pooled = await pools.General.OpenAsync();
        return await work(pooled.Connection);
    }

    public override DateTimeOffset Time(object value) => new((DateTime)value);

    public override object Value(DateTimeOffset time) => time.UtcDateTime;

    public override bool Refuses(Exception failure) =>
        failure is PostgresException refused && !refused.IsTransient && !PostgresFailure.EndsTheSession(refused);
}

/// <summary>
/// SQLite works on the caller's thread, so it is given another one. One process has the file: its clock is that of this process.
/// </summary>
internal sealed class SqliteSiloDatabase(SqliteDatabase database, TimeProvider time) : SiloDatabase
{
    public override string SkipLocked => "";

    public override string Now => time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    public override string Ago(TimeSpan span) => $"'{SqliteDatabase.Text(time.GetUtcNow() - span)}'";

    public override Task<DateTimeOffset> NowAsync() => Task.FromResult(time.GetUtcNow());

    public override Task<T> RunAsync<T>(Func<DbConnection, Task<T>> work) => Task.Run(async () =>
    {
        await using var connection = database.Open();
        return await work(connection);
    });

    public override DateTimeOffset Time(object value) => SqliteDatabase.Time((string)value);

    public override object Value(DateTimeOffset time) => SqliteDatabase.Text(time);

    public override bool Refuses(Exception failure) => failure is SqliteException refused
        && refused.SqliteErrorCode is SQLitePCL.raw.SQLITE_CONSTRAINT or SQLitePCL.raw.SQLITE_TOOBIG or SQLitePCL.raw.SQLITE_MISMATCH;
}
