using System.Security.Cryptography;

namespace Seats.Silo.Storage;

/// <summary>
/// Codes that prove that a silo wrote something: the first half of an HMAC-SHA-256 under a key that all silos share (RFC 2104, truncated to
/// 128 bits).
/// </summary>
/// <param name="name">The key's name; each purpose has its own.</param>
internal sealed class SharedCode(SharedKeys keys, string name)
{
    public const int Bytes = 16;
    private const int KeyBytes = 32;
    private byte[] key = [];

    public async Task OpenAsync() =>
        key = Convert.FromBase64String(await keys.GetOrAddAsync(name, Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes))));

    public byte[] Of(ReadOnlySpan<byte> text) => key.Length > 0
        ? HMACSHA256.HashData(key, text)[..Bytes]
        : throw new InvalidOperationException($"The key “{name}” is not open yet.");

    public bool IsOf(ReadOnlySpan<byte> code, ReadOnlySpan<byte> text) => CryptographicOperations.FixedTimeEquals(code, Of(text));
}
