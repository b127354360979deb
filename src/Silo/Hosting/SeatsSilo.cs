using System.Net;
using Orleans.Configuration;
using Seats.Clustering;
using Seats.Core;
using Seats.Grains;
using Seats.Grains.Actors;
using Seats.Grains.Tickets;
using Seats.Silo.Deadlines;
using Seats.Silo.Health;
using Seats.Silo.Invitations;
using Seats.Silo.Journal;
using Seats.Silo.Membership;
using Seats.Silo.Notifications;
using Seats.Silo.Schema;
using Seats.Silo.Storage;
using Seats.Silo.Tickets;

namespace Seats.Silo.Hosting;

/// <summary>Where a silo listens, and whether it has company.</summary>
/// <param name="Clustered">Membership in Postgres; otherwise this silo is alone.</param>
/// <param name="SiloPort">Silo to silo, on <paramref name="Address"/>.</param>
/// <param name="GatewayPort">API nodes to silo.</param>
public sealed record SiloPlace(bool Clustered, IPAddress Address, int SiloPort, int GatewayPort, string Name);

/// <summary>Adds a silo with everything an event needs to a host.</summary>
public static class SeatsSilo
{
    /// <summary>Adds the journal, the ticket office and the Orleans silo; the schema is made before the silo starts.</summary>
    /// <param name="mailFolder">Where mails are written as long as <c>Smtp:Host</c> names no server.</param>
    public static IHostApplicationBuilder AddSeatsSilo(this IHostApplicationBuilder builder, SeatsStorage storage, SiloPlace place, string mailFolder)
    {
        builder.Services.AddSeatsJournal(storage);
        builder.Services.AddSingleton(_ => new ReadLimit(JournalLimits.ReadsAtOnceAtMost, JournalLimits.ReadsWaitingAtMost));
        builder.Services.AddSingleton<StoppedEvents>();
        builder.Services.AddSingleton<ClusterHealth>();
        builder.Services.AddSingleton<IStoppedEvents>(provider => provider.GetRequiredService<ClusterHealth>());
        builder.Services.AddSingleton<IClusterClocks>(provider => provider.GetRequiredService<ClusterHealth>());
        builder.Services.AddSingleton<TicketOffice>();
        builder.Services.AddSingleton<ITicketOffice>(provider => provider.GetRequiredService<TicketOffice>());
        builder.Services.AddSingleton<InvitationLinks>();
        builder.Services.AddSingleton<IInvitationLinks>(provider => provider.GetRequiredService<InvitationLinks>());
        builder.Services.AddSingleton<PostgresDurability>();
        builder.Services.AddHostedService<SiloPreparation>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<TextRefill>());
        builder.Services.AddHostedService<DeadlineSweep>();
        builder.Services.AddSingleton(RetentionSettings.From(builder.Configuration));
        builder.Services.AddHostedService<Retention>();
        builder.Services.AddHostedService<StoppedEventsWatch>();
        builder.UseOrleans(silo =>
        {
            Configure(silo, storage, place);
            silo.AddGrainService<SiloHealthService>();
            silo.AddSeatsNotifications(builder.Configuration, storage, mailFolder);
        });
        return builder;
    }

    private static void Configure(ISiloBuilder silo, SeatsStorage storage, SiloPlace place)
    {
        // Alone, it takes no calls from other processes: there is no gateway, and what listens for other silos wants a certificate that
        // only this one can read.
        var gateway = place.Clustered ? place.GatewayPort : 0;
        if (!place.Clustered) silo.UseLocalhostClustering(place.SiloPort, gateway, null, ClusterNames.Cluster, ClusterNames.Cluster);
        if (!place.Clustered || NodeTls.IsWanted(silo.Configuration)) silo.UseNodeTls();
        silo.UseSeatsStorage(storage, place.Clustered);
        silo.Configure<ClusterOptions>(options => options.ClusterId = options.ServiceId = ClusterNames.Cluster);
        silo.Configure<SiloOptions>(options => options.SiloName = place.Name);
        silo.Configure<EndpointOptions>(options =>
        {
            (options.AdvertisedIPAddress, options.SiloPort, options.GatewayPort) = (place.Address, place.SiloPort, gateway);
            options.SiloListeningEndpoint = new IPEndPoint(place.Address, place.SiloPort);
            if (place.Clustered) options.GatewayListeningEndpoint = new IPEndPoint(place.Address, gateway);
        });
        silo.Configure<SiloMessagingOptions>(options =>
        {
            options.MaxEnqueuedRequestsHardLimit = Limits.CallsInFlightAtMost + 1_000;
            options.ResponseTimeout = TimeSpan.FromSeconds(10);
        });
        silo.Configure<ConnectionOptions>(options => options.ConnectionsPerEndpoint = 2);
        silo.Configure<ClusterMembershipOptions>(DieFast);
        if (place.Clustered) AddMembership(silo.Services);
    }

    private static void AddMembership(IServiceCollection services)
    {
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, PreviousIncarnations>();
        services.AddSingleton(provider => new SiloEnd(provider.GetRequiredService<ILoggerFactory>(), Environment.Exit));
        services.AddSingleton<IFatalErrorHandler>(provider => provider.GetRequiredService<SiloEnd>());
        services.AddSingleton<MembershipWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<MembershipWatch>());
    }

    /// <summary>
    /// A silo that stops answering is voted dead in seconds: its events move to those that answer, and the journal fences it. From three
    /// silos on two must say so: one whose own way to the others is broken kills nobody. Of two silos, the vote of the other is enough.
    /// </summary>
    private static void DieFast(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(1);
        options.NumMissedProbesLimit = 3;
        options.NumVotesForDeathDeclaration = 2;
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        options.NumMissedTableIAmAliveLimit = 2;
    }
}
