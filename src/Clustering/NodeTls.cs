using System.Security.Authentication;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Connections.Security;

namespace Seats.Clustering;

/// <summary>Between nodes, TLS in which both sides show the <see cref="NodeCertificate"/>.</summary>
public static class NodeTls
{
    /// <summary>Whether nodes speak TLS: yes, unless <c>Cluster:Tls</c> says no.</summary>
    public static bool IsWanted(IConfiguration configuration) => configuration.GetValue("Cluster:Tls", true);

    /// <summary>Silo to silo, and what listens for API nodes.</summary>
    public static void UseNodeTls(this ISiloBuilder silo) => silo.UseTls(silo.Services.AddCertificate());

    /// <summary>API node to silo.</summary>
    public static void UseNodeTls(this IClientBuilder client) => client.UseTls(client.Services.AddCertificate());

    private static Action<TlsOptions> AddCertificate(this IServiceCollection services)
    {
        var certificate = new NodeCertificate();
        services.AddSingleton(certificate);
        return tls =>
        {
            tls.SslProtocols = SslProtocols.Tls13;
            // Connections are set up before the certificate can be read. A server asks for it at each one; a client takes it from these
            // options when it makes its first one. Who has none to show is refused by the other side.
            tls.LocalServerCertificateSelector = (_, _) => certificate.Own;
            certificate.WhenThere(own => tls.LocalCertificate = own);
            tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
            tls.RemoteCertificateValidation = (shown, _, _) => certificate.IsShownBy(shown);
            // It is the same whoever answers, so no name of a host is in it.
            tls.OnAuthenticateAsClient = (_, client) => client.TargetHost = ClusterNames.Cluster;
        };
    }
}
