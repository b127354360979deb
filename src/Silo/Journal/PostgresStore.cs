using Npgsql;
using Seats.Grains.Journal;

namespace Seats.Silo.Journal;

/// <summary>The journal in Postgres: one data-modifying statement a batch, in which a slice's rows are written only if its head moved.</summary>
internal sealed class PostgresStore(NpgsqlDataSource database) : IJournalStore
{
    public async Task<HashSet<long>> WriteAsync(IReadOnlyList<PendingSlice> batch)
    {
        await using var connection = await OpenAsync();
        await using var command = PostgresBatch.CommandFor(batch);
        command.Connection = connection;
        try
        {
            await using var reader = await command.ExecuteReaderAsync();
            var landed = new HashSet<long>(batch.Count);
            while (await reader.ReadAsync()) landed.Add(reader.GetInt64(0));
            return landed;
        }
        catch (PostgresException refused) when (refused.Severity != "FATAL")
        {
            throw new StoreRejectedException(refused.MessageText, refused);
        }
        catch (Exception lost) when (lost is NpgsqlException or TimeoutException or IOException or OperationCanceledException)
        {
            throw new StoreAnswerLostException(lost.Message, lost);
        }
    }

    public async Task<Dictionary<long, Guid>> ReadSliceIdsAsync(IReadOnlyList<long> eventIds, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select event_id, slice_id from heads where event_id = any($1) and slice_id is not null");
        command.Parameters.Add(new NpgsqlParameter { Value = eventIds.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new Dictionary<long, Guid>();
        while (await reader.ReadAsync(cancellationToken)) ids[reader.GetInt64(0)] = reader.GetGuid(1);
        return ids;
    }

    public async Task PingAsync(CancellationToken cancellationToken)
    {
        await using var ping = database.CreateCommand("select 1");
        await ping.ExecuteScalarAsync(cancellationToken);
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        try
        {
            return await database.OpenConnectionAsync();
        }
        catch (Exception away) when (away is NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException)
        {
            throw new StoreUnreachableException(away.Message, away);
        }
    }
}
