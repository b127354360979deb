using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace Seats.Clustering;

/// <summary>An API node as a client of the cluster: it finds the silos through Postgres.</summary>
public static class ClusterClient
{
    /// <summary>Adds the Orleans client; keeps trying until a silo answers.</summary>
    public static void UseSeatsCluster(this IHostApplicationBuilder builder, string postgres)
    {
        var connection = $"{postgres.TrimEnd(';')};Search Path={ClusterNames.Schema};Maximum Pool Size=5;Timeout=5;Command Timeout=5";
        var isSecure = NodeTls.IsWanted(builder.Configuration);
        // Before the client, which needs it: services start in the order in which they are added.
        if (isSecure) builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<NodeCertificateReader>(services, connection));
        var losses = new GatewayLosses();
        builder.Services.AddSingleton(losses);
        builder.UseOrleansClient(client =>
        {
            if (isSecure) client.UseNodeTls();
            client.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", connection));
            client.Configure<ClusterOptions>(options => options.ClusterId = options.ServiceId = ClusterNames.Cluster);
            client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(2));
            client.AddGatewayCountChangedHandler((_, change) =>
            {
                if (change.NumberOfConnectedGateways < change.PreviousNumberOfConnectedGateways) losses.Note();
            });
            client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(8));
            client.Configure<ConnectionOptions>(options => options.ConnectionsPerEndpoint = 2);
            client.UseConnectionRetryFilter(async (failure, cancellationToken) =>
            {
                Console.WriteLine($"No silo answers yet ({failure.Message.ReplaceLineEndings(" ")}); trying again.");
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
                return true;
            });
        });
    }
}
