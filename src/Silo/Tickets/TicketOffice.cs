using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Seats.Grains.Abstractions;
using Seats.Grains.Tickets;
using Seats.Silo.Storage;

namespace Seats.Silo.Tickets;

/// <summary>
/// Ticket codes signed with ES256 (ECDSA on P-256 with SHA-256, RFC 7518): 12 bytes that name event and invitation, then the 64-byte signature,
/// in base64url. Whoever has the public key (<c>GET /tickets/keys</c>) verifies them offline.
/// </summary>
internal sealed class TicketOffice(SharedKeys keys, IConfiguration configuration) : ITicketOffice, IDisposable
{
    private const string KeyName = "tickets";
    private const int PayloadBytes = 12;
    private const int SignatureBytes = 64;
    private ECDsa? key;

    /// <summary>Takes the key from <c>Tickets:PrivateKey</c> (PEM), else the one the cluster shares.</summary>
    public async Task OpenAsync()
    {
        var given = configuration["Tickets:PrivateKey"];
        using var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = given is { Length: > 0 } ? given : await keys.GetOrAddAsync(KeyName, fresh.ExportPkcs8PrivateKeyPem());
        key = ECDsa.Create();
        key.ImportFromPem(pem);
        if (key.KeySize != 256) throw new InvalidOperationException("Tickets:PrivateKey must be a P-256 key in PEM.");
        PublicKey = PublicKeyOf(key);
    }

    public TicketKey PublicKey { get; private set; } = new("", "", "");

    public string Issue(long eventId, int invitation)
    {
        Span<byte> code = stackalloc byte[PayloadBytes + SignatureBytes];
        BinaryPrimitives.WriteInt64BigEndian(code, eventId);
        BinaryPrimitives.WriteInt32BigEndian(code[8..], invitation);
        lock (Key) Key.SignData(code[..PayloadBytes], code[PayloadBytes..], HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return Base64Url.EncodeToString(code);
    }

    public bool TryRead(string code, out long eventId, out int invitation)
    {
        (eventId, invitation) = (0, 0);
        Span<byte> bytes = stackalloc byte[PayloadBytes + SignatureBytes];
        if (code.Length != Base64Url.GetEncodedLength(bytes.Length)
            || Base64Url.DecodeFromChars(code, bytes, out _, out var written) != OperationStatus.Done || written != bytes.Length) return false;
        bool genuine;
        lock (Key) genuine = Key.VerifyData(bytes[..PayloadBytes], bytes[PayloadBytes..], HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        if (!genuine) return false;
        (eventId, invitation) = (BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt32BigEndian(bytes[8..]));
        return true;
    }

    public void Dispose() => key?.Dispose();

    private static TicketKey PublicKeyOf(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var (x, y) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
        var thumbprint = SHA256.HashData(Encoding.UTF8.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}"""));
        return new TicketKey(Base64Url.EncodeToString(thumbprint), x, y);
    }

    private ECDsa Key => key ?? throw new InvalidOperationException("The ticket office is not open yet.");
}
