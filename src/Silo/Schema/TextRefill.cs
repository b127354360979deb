using System.Data.Common;
using Npgsql;
using Seats.Silo.Journal;
using Seats.Silo.Storage;
using Seats.Spelling;

namespace Seats.Silo.Schema;

/// <summary>
/// Brings texts that an earlier program wrote to the form of today: folded for searches, addresses in their canonical form. In the
/// background and in small portions, each durable by itself: no start and no command waits for it, and one that is interrupted goes on at
/// the next start.
/// </summary>
internal sealed class TextRefill(SeatsStorage storage, ILogger<TextRefill> logger) : BackgroundService
{
    private const int RowsInPortion = 200;

    // Rows that somebody else writes at this moment get the form of today by that, or at the next start: nobody waits for anybody.
    private string Locked => storage.Postgres is null ? "" : "for update skip locked";

    private string BeyondAscii => storage.Postgres is null
        ? "length(email) <> length(cast(email as blob))"
        : "octet_length(email) <> char_length(email)";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var rows = await RunAsync(stoppingToken);
            if (rows > 0) logger.LogInformation("Texts of {Rows} rows were brought to the form of today", rows);
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            logger.LogWarning("Texts of earlier versions are left to the next start: {Reason}", failure.GetBaseException().Message);
        }
    }

    /// <summary>How many rows were rewritten.</summary>
    public Task<int> RunAsync(CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            await using var connection = await OpenAsync(cancellationToken);
            var addresses = await RepeatAsync(connection, RewriteAddressesAsync, cancellationToken);
            return addresses + await RepeatAsync(connection, FoldEventsAsync, cancellationToken);
        },
        cancellationToken);

    private async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (storage.Postgres is null) return new SqliteDatabase(storage.File).Open();
        var connection = new NpgsqlConnection(storage.Postgres);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private static async Task<int> RepeatAsync(
        DbConnection connection,
        Func<DbTransaction, CancellationToken, Task<(int Found, int Changed)>> portion,
        CancellationToken cancellationToken)
    {
        var total = 0;
        while (true)
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var (found, changed) = await portion(transaction, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            total += changed;
            // Rows that cannot be changed would be found for ever.
            if (found < RowsInPortion || changed == 0) return total;
        }
    }

    private async Task<(int Found, int Changed)> FoldEventsAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(
            transaction,
            $"""
            select event_id, title, location from event_index where search_edition < {SearchText.Edition}
            order by search_edition, event_id limit {RowsInPortion} {Locked}
            """,
            row => (Id: row.GetInt64(0), Title: row.GetString(1), Location: row.GetString(2)), cancellationToken);
        var changed = await UpdateAsync(
            transaction, rows, row => [row.Id, SearchText.Of(row.Title, row.Location)],
            values => $"""
                with folded (event_id, search) as (values {values})
                update event_index set search = folded.search, search_edition = {SearchText.Edition} from folded
                where event_index.event_id = folded.event_id
                """,
            cancellationToken);
        return (rows.Count, changed);
    }

    private async Task<(int Found, int Changed)> RewriteAddressesAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(
            transaction,
            $"""
            select event_id, number, email from invitation_index where {BeyondAscii}
            order by event_id, number limit {RowsInPortion} {Locked}
            """,
            row => (EventId: row.GetInt64(0), Number: row.GetInt32(1), Email: EmailAddress.Canonical(row.GetString(2))), cancellationToken);
        var changed = await UpdateAsync(
            transaction, [.. rows.Where(row => row.Email is not null)], row => [row.EventId, row.Number, row.Email!],
            values => $"""
                with rewritten (event_id, number, email) as (values {values})
                update invitation_index set email = rewritten.email from rewritten
                where invitation_index.event_id = rewritten.event_id and invitation_index.number = rewritten.number
                """,
            cancellationToken);
        return (rows.Count, changed);
    }

    private static async Task<List<T>> ReadAsync<T>(
        DbTransaction transaction, string sql, Func<DbDataReader, T> row, CancellationToken cancellationToken)
    {
        await using var command = Command(transaction);
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken)) rows.Add(row(reader));
        return rows;
    }

    private static async Task<int> UpdateAsync<T>(
        DbTransaction transaction,
        IReadOnlyList<T> rows,
        Func<T, object[]> values,
        Func<string, string> sql,
        CancellationToken cancellationToken)
    {
        if (rows.Count == 0) return 0;
        await using var command = Command(transaction);
        var tuples = new List<string>(rows.Count);
        foreach (var row in rows) tuples.Add($"({string.Join(", ", values(row).Select(value => Add(command, value)))})");
        command.CommandText = sql(string.Join(", ", tuples));
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static DbCommand Command(DbTransaction transaction)
    {
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        return command;
    }

    private static string Add(DbCommand command, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = $"@p{command.Parameters.Count}";
        parameter.Value = value;
        command.Parameters.Add(parameter);
        return parameter.ParameterName;
    }
}
