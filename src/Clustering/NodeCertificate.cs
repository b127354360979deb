using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Seats.Clustering;

/// <summary>
/// The one certificate that all nodes of a cluster share, kept in its database. A node shows it to the others and believes nobody who has
/// another: who may read the database may speak to silos, and nobody else.
/// </summary>
public sealed class NodeCertificate : IDisposable
{
    // RFC 5280, section 4.1.2.5: a certificate without an end of its own says this.
    private static readonly DateTimeOffset NoEnd = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);
    private static readonly OidCollection BothSides = [new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")];

    private X509Certificate2? certificate;
    private Action<X509Certificate2>? whenThere;

    /// <summary>A new one with its private key (ECDSA, P-256), as PEM.</summary>
    public static string Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={ClusterNames.Cluster}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(BothSides, critical: true));
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, NoEnd);
        return $"{made.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }

    /// <summary>Makes it the one that is shown and believed.</summary>
    /// <exception cref="CryptographicException">It is no certificate with its private key, in PEM.</exception>
    public void Use(string pem)
    {
        certificate = X509Certificate2.CreateFromPem(pem, pem);
        whenThere?.Invoke(certificate);
    }

    /// <summary>The certificate with its private key.</summary>
    internal X509Certificate2 Own => certificate ?? throw new InvalidOperationException("The nodes' certificate is not there yet.");

    /// <summary>Calls back with the certificate and its private key as soon as it was read.</summary>
    internal void WhenThere(Action<X509Certificate2> callback) => whenThere += callback;

    /// <summary>Whether somebody else has the same one; its private key was proved when it was shown.</summary>
    internal bool IsShownBy(X509Certificate? other) =>
        other is not null && CryptographicOperations.FixedTimeEquals(other.GetRawCertData(), Own.RawDataMemory.Span);

    /// <inheritdoc/>
    public void Dispose() => certificate?.Dispose();
}
