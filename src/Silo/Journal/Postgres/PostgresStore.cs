using Npgsql;

namespace Seats.Silo.Journal;

/// <summary>
/// The journal in Postgres: one data-modifying statement a batch, in which a slice's rows are written only if its head moved. Has connections of
/// its own, so that no reader keeps it waiting.
/// </summary>
internal sealed class PostgresStore(PostgresPools pools) : IJournalStore
{
    public async Task<HashSet<long>> WriteAsync(IReadOnlyList<PendingSlice> batch)
    {
        await using var pooled = await OpenAsync();
        await using var command = PostgresBatch.CommandFor(batch);
        command.Connection = pooled.Connection;
        try
        {
            await using var reader = await command.ExecuteReaderAsync();
            var landed = new HashSet<long>(batch.Count);
            while (await reader.ReadAsync()) landed.Add(reader.GetInt64(0));
            return landed;
        }
        catch (PostgresException refused) when (!PostgresFailure.EndsTheSession(refused))
        {
            throw new StoreRejectedException(refused.MessageText, refused);
        }
        catch (Exception lost) when (PostgresFailure.IsOne(lost) || lost is OperationCanceledException)
        {
            pools.Writer.Clear();
            throw new StoreAnswerLostException(lost.Message, lost);
        }
    }

    public async Task<Dictionary<long, Guid>> ReadSliceIdsAsync(IReadOnlyList<long> eventIds, CancellationToken cancellationToken)
    {
        await using var pooled = await pools.Writer.OpenAsync(cancellationToken);
        await using var command = pooled.Command("select event_id, slice_id from heads where event_id = any($1) and slice_id is not null", eventIds.ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new Dictionary<long, Guid>();
        while (await reader.ReadAsync(cancellationToken)) ids[reader.GetInt64(0)] = reader.GetGuid(1);
        return ids;
    }

    public async Task PingAsync(CancellationToken cancellationToken)
    {
        await using var pooled = await pools.Writer.OpenAsync(cancellationToken);
        await using var ping = pooled.Command("select 1");
        await ping.ExecuteScalarAsync(cancellationToken);
    }

    private async Task<PooledConnection> OpenAsync()
    {
        try
        {
            return await pools.Writer.OpenAsync();
        }
        catch (Exception unreachable) when (PostgresFailure.IsOne(unreachable))
        {
            throw new StoreUnreachableException(unreachable.Message, unreachable);
        }
    }
}
