using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Seats.Clustering;

/// <summary>Reads the nodes' certificate from Postgres before a client of the cluster starts; the first silo puts it there.</summary>
internal sealed class NodeCertificateReader(string postgres, NodeCertificate certificate, ILogger<NodeCertificateReader> logger) : IHostedService
{
    private const string Read = $"select value from {ClusterNames.Schema}.keys where name = '{ClusterNames.NodeCertificate}'";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(postgres);
        while (true)
        {
            if (await TryReadAsync(database, cancellationToken) is { } pem)
            {
                certificate.Use(pem);
                return;
            }
            await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task<string?> TryReadAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = database.CreateCommand(Read);
            if (await command.ExecuteScalarAsync(cancellationToken) is string pem) return pem;
            logger.LogInformation("No silo has started with this database yet; trying again");
        }
        // Among others, the database or the table is not there yet: a silo makes both.
        catch (NpgsqlException failure)
        {
            logger.LogInformation("No silo has prepared the database yet ({Reason}); trying again", failure.Message.ReplaceLineEndings(" "));
        }
        return null;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
