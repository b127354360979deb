using Orleans.Configuration;

namespace Seats.Api.Hosting;

/// <summary>An API node as a client of the cluster: it finds the silos through Postgres.</summary>
public static class ClusterClient
{
    private const string ClusterName = "seats";
    private const string Schema = "seats";

    /// <summary>Adds the Orleans client; keeps trying until a silo answers.</summary>
    public static void UseSeatsCluster(this IHostApplicationBuilder builder, string postgres) => builder.UseOrleansClient(client =>
    {
        client.UseAdoNetClustering(options =>
        {
            options.Invariant = "Npgsql";
            options.ConnectionString = $"{postgres.TrimEnd(';')};Search Path={Schema};Maximum Pool Size=5;Timeout=5;Command Timeout=5";
        });
        client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (ClusterName, ClusterName));
        client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(5));
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
