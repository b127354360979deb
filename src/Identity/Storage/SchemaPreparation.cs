using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Seats.Identity.Storage;

/// <summary>Makes the tables before anything else starts; waits for a database that is not there yet.</summary>
internal sealed class SchemaPreparation(IServiceScopeFactory scopes, ILogger<SchemaPreparation> logger) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (true)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<IdentitySchema>().EnsureAsync(patience.Token);
                return;
            }
            catch (Npgsql.NpgsqlException away) when (away is not Npgsql.PostgresException || away.IsTransient)
            {
                logger.LogWarning("The database is not ready ({Reason}); trying again", away.Message);
                if (patience.IsCancellationRequested) throw NotReady(away);
                await Task.Delay(Pause, cancellationToken);
            }
            catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
            {
                throw NotReady(late);
            }
        }
    }

    private static InvalidOperationException NotReady(Exception reason) =>
        new($"The database of ConnectionStrings:Seats did not get ready within {Patience.TotalMinutes:0} minutes.", reason);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
