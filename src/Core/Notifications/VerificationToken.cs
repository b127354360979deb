using System.Buffers.Text;

namespace Seats.Core.Notifications;

/// <summary>
/// What the link of a mail ends with that asks an account to prove its address: base64url without padding of 16 bytes that name what was
/// asked, big-endian, and a code of 16 bytes that only the silos can make and check.
/// </summary>
public static class VerificationToken
{
    public const int CodeBytes = 16;
    private const int IdBytes = 16;

    public static string Write(Guid verification, ReadOnlySpan<byte> code) =>
        Base64Url.EncodeToString([.. verification.ToByteArray(bigEndian: true), .. code[..CodeBytes]]);

    /// <summary>What a token says, true or not.</summary>
    /// <returns>False for what is no token at all.</returns>
    public static bool TryRead(string? token, out Guid verification, out byte[] code)
    {
        (verification, code) = (Guid.Empty, []);
        if (token?.Length != Base64Url.GetEncodedLength(IdBytes + CodeBytes) || !Base64Url.IsValid(token)) return false;
        var bytes = Base64Url.DecodeFromChars(token);
        (verification, code) = (new Guid(bytes.AsSpan(0, IdBytes), bigEndian: true), bytes[IdBytes..]);
        return true;
    }
}
