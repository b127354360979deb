using Npgsql;

namespace Seats.Silo.Journal;

/// <summary>
/// Connections for one purpose, so that no other purpose can use them up. Whoever finds all of them in use waits for a while in front of the pool;
/// a pool that is busy says nothing about the health of the database.
/// </summary>
internal sealed class PostgresPool : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(JournalLimits.PoolWaitMilliseconds);
    private readonly NpgsqlDataSource source;
    private readonly SemaphoreSlim free;
    private readonly string purpose;

    public PostgresPool(string connectionString, string purpose, int connectionsAtMost)
    {
        source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = connectionsAtMost }.ConnectionString);
        free = new SemaphoreSlim(connectionsAtMost);
        this.purpose = purpose;
    }

    /// <summary>A connection, given back when it is disposed.</summary>
    /// <exception cref="PoolBusyException">All connections stayed in use.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public async Task<PooledConnection> OpenAsync(CancellationToken cancellationToken = default)
    {
        if (!await free.WaitAsync(Patience, cancellationToken)) throw new PoolBusyException($"All connections for {purpose} are in use.");
        try
        {
            return new PooledConnection(await source.OpenConnectionAsync(cancellationToken), free);
        }
        catch
        {
            free.Release();
            throw;
        }
    }

    /// <summary>A connection turned out to be broken: the idle ones may be too, and are closed instead of failing one caller each.</summary>
    public void Clear() => source.Clear();

    public ValueTask DisposeAsync() => source.DisposeAsync();
}

/// <summary>A connection of a pool while somebody uses it.</summary>
internal sealed class PooledConnection(NpgsqlConnection connection, SemaphoreSlim free) : IAsyncDisposable
{
    public NpgsqlConnection Connection => connection;

    public NpgsqlCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = JournalLimits.CommandTimeoutSeconds };
        foreach (var value in values) command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        return command;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await connection.DisposeAsync();
        }
        finally
        {
            free.Release();
        }
    }
}

/// <summary>All connections of a pool stayed in use: the caller is one too many, and the database may be well.</summary>
internal sealed class PoolBusyException(string message) : TimeoutException(message);

/// <summary>The pools of a silo, each for one purpose.</summary>
internal sealed class PostgresPools(string connectionString) : IAsyncDisposable
{
    /// <summary>Slices, and questions about what became of them.</summary>
    public PostgresPool Writer { get; } = new(connectionString, "writing the journal", JournalLimits.WriterConnectionsAtMost);

    /// <summary>Short questions to the journal: heads, replies, ids.</summary>
    public PostgresPool Reader { get; } = new(connectionString, "reading the journal", JournalLimits.ReaderConnectionsAtMost);

    /// <summary>Reads of many entries.</summary>
    public PostgresPool Replays { get; } = new(connectionString, "replaying journals", JournalLimits.ReplayConnectionsAtMost);

    /// <summary>Histories in words: each looks at a whole journal, so that few do at the same time.</summary>
    public PostgresPool Histories { get; } = new(connectionString, "telling histories", JournalLimits.HistoriesAtMost);

    /// <summary>Lists, notifications, sweeps.</summary>
    public PostgresPool General { get; } = new(connectionString, "lists and notifications", JournalLimits.GeneralConnectionsAtMost);

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        await Reader.DisposeAsync();
        await Replays.DisposeAsync();
        await Histories.DisposeAsync();
        await General.DisposeAsync();
    }
}
