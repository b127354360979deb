using Npgsql;
using Seats.Silo.Journal;

namespace Seats.Silo.Storage;

/// <summary>Secrets that every silo shares, made once by whichever silo comes first.</summary>
internal interface ISharedKeys
{
    /// <summary>The key of this name; <paramref name="proposal"/> becomes it when there is none yet.</summary>
    Task<string> GetOrAddAsync(string name, string proposal, CancellationToken cancellationToken);
}

internal sealed class PostgresKeys(NpgsqlDataSource database) : ISharedKeys
{
    public async Task<string> GetOrAddAsync(string name, string proposal, CancellationToken cancellationToken)
    {
        await using var add = database.CreateCommand("insert into keys (name, value) values ($1, $2) on conflict do nothing");
        add.Parameters.AddWithValue(name);
        add.Parameters.AddWithValue(proposal);
        await add.ExecuteNonQueryAsync(cancellationToken);
        await using var find = database.CreateCommand("select value from keys where name = $1");
        find.Parameters.AddWithValue(name);
        return (string)(await find.ExecuteScalarAsync(cancellationToken))!;
    }
}

internal sealed class SqliteKeys(SqliteDatabase database) : ISharedKeys
{
    public Task<string> GetOrAddAsync(string name, string proposal, CancellationToken cancellationToken) => SqliteReading.RunAsync(database, connection =>
    {
        using var add = SqliteReading.Command(connection, "insert or ignore into keys (name, value) values ($1, $2)", name, proposal);
        add.ExecuteNonQuery();
        using var find = SqliteReading.Command(connection, "select value from keys where name = $1", name);
        return (string)find.ExecuteScalar()!;
    }, cancellationToken);
}
