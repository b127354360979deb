using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Seats.Clustering;
using Seats.Core;
using Seats.Silo.Hosting;
using Seats.Silo.Storage;
using Seats.Testing;

namespace Seats.Silo.Tests.Membership;

/// <summary>Who may speak to a silo.</summary>
public sealed class NodeTlsTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string folder = Directory.CreateTempSubdirectory("seats-tls-").FullName;
    private readonly int port = FreePort.Next();
    private WebApplication silo = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.AddSeatsSilo(SeatsStorage.InFolder(folder), new SiloPlace(false, IPAddress.Loopback, port, 0, "silo"), folder);
        silo = builder.Build();
        silo.Urls.Add("http://127.0.0.1:0");
        await silo.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await silo.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task WhoShowsTheNodesCertificate_IsAnswered()
    {
        var pem = await silo.Services.GetRequiredService<SharedKeys>().GetOrAddAsync(ClusterNames.NodeCertificate, "none yet");
        Assert.NotEmpty(await HearAsync(pem));
    }

    [Fact]
    public async Task WhoShowsNone_HearsNothing() => Assert.Empty(await HearAsync(null));

    [Fact]
    public async Task WhoShowsAnother_HearsNothing_ThoughItNamesTheSame() => Assert.Empty(await HearAsync(NodeCertificate.Create()));

    /// <summary>What the silo says first: to another silo, its address and the name of the cluster.</summary>
    private async Task<byte[]> HearAsync(string? pem)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, patience.Token);
        await using var tls = new SslStream(client.GetStream());
        using var shown = pem is null ? null : X509Certificate2.CreateFromPem(pem, pem);
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = ClusterNames.Cluster,
                    ClientCertificates = shown is null ? null : [shown],
                    RemoteCertificateValidationCallback = (_, _, _, _) => true,
                }, patience.Token);
            var heard = new byte[1_000];
            return heard[..await tls.ReadAsync(heard, patience.Token)];
        }
        catch (IOException)
        {
            // The silo hung up.
            return [];
        }
    }
}
