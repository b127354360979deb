using Npgsql;
using Seats.Silo.Storage;

namespace Seats.Silo.Journal;

/// <summary>
/// Whether what Postgres says is written is on stable storage. A server that was told not to wait for its disk takes acknowledged holds with
/// it when the power goes, and may not start again: nothing is promised on one, so nothing is served from one.
/// </summary>
internal sealed class PostgresDurability(
    SeatsStorage storage, IConfiguration configuration, IHostEnvironment environment, ILogger<PostgresDurability> logger)
{
    /// <summary>Lets a start go on where nothing has to last.</summary>
    public const string Allowed = "Journal:AllowUnsafeDatabase";

    private const string Settings = """
        select name from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off' order by name
        """;

    /// <exception cref="InvalidOperationException">Postgres does not keep what it acknowledges.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (storage.Postgres is not { } connectionString) return;
        var off = await OffAsync(connectionString, cancellationToken);
        if (off.Count == 0) return;
        var trouble = $"Postgres runs with {string.Join(" and ", off.Select(name => $"{name} = off"))}: what it acknowledges can be lost. "
            + $"Switch it on in the server's configuration, or set {Allowed} to true where nothing has to last.";
        if (!environment.IsDevelopment() && !configuration.GetValue(Allowed, false)) throw new InvalidOperationException(trouble);
        logger.LogWarning("{Trouble}", trouble);
    }

    private static async Task<List<string>> OffAsync(string connectionString, CancellationToken cancellationToken)
    {
        // As every session of ours is opened: what the connection string itself switches off counts.
        var unpooled = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        await using var session = new NpgsqlConnection(unpooled.ConnectionString);
        await session.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Settings, session);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var off = new List<string>();
        while (await reader.ReadAsync(cancellationToken)) off.Add(reader.GetString(0));
        return off;
    }
}
