using Seats.Clustering;
using Seats.Grains.Actors;
using Seats.Silo.Invitations;
using Seats.Silo.Journal;
using Seats.Silo.Notifications;
using Seats.Silo.Schema;
using Seats.Silo.Storage;
using Seats.Silo.Tickets;

namespace Seats.Silo.Hosting;

/// <summary>Makes the database ready before the silo starts: schema first, then the shared keys.</summary>
internal sealed class SiloPreparation(
    SchemaUpgrade schema, PostgresDurability durability, ITimeCheck check, TicketOffice tickets, UnsubscribeLinks unsubscribe,
    InvitationLinks invitations, VerificationLinks verification, SharedKeys keys, ILogger<SiloPreparation> logger,
    NodeCertificate? certificate = null) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (true)
        {
            try
            {
                await schema.EnsureAsync(patience.Token);
                await durability.CheckAsync(patience.Token);
                await check.CompareAsync(patience.Token);
                certificate?.Use(await keys.GetOrAddAsync(ClusterNames.NodeCertificate, NodeCertificate.Create()));
                await tickets.OpenAsync();
                await unsubscribe.OpenAsync();
                await invitations.OpenAsync();
                await verification.OpenAsync();
                return;
            }
            catch (Npgsql.NpgsqlException away) when (away is not Npgsql.PostgresException || away.IsTransient)
            {
                logger.LogWarning("The database is not ready ({Reason}); trying again", away.Message);
                if (patience.IsCancellationRequested) throw NotReady(away);
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
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
