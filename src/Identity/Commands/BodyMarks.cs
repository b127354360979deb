using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Seats.Identity.Storage;

namespace Seats.Identity.Commands;

/// <summary>
/// What is stored of bodies and replies: a salted hash of the one, the other encrypted. Both may hold passwords and tokens.
/// </summary>
public sealed class BodyMarks(IDataProtectionProvider protection)
{
    private const int SaltBytes = 16;
    private readonly IDataProtector protector = protection.CreateProtector("Seats.Identity.Answers");

    public string Protect(string reply) => protector.Protect(reply);

    public string Unprotect(string reply) => protector.Unprotect(reply);

    /// <summary>
    /// Notes the hash of a body under a fresh salt. The salt is encrypted: who reads the table alone cannot try passwords against it.
    /// </summary>
    internal void Mark(CommandRow row, long bodyHash)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        row.Salt = Convert.ToBase64String(protector.Protect(salt));
        row.BodyHash = Salted(salt, bodyHash);
    }

    internal bool IsSame(CommandRow row, long bodyHash) =>
        row.BodyHash == (row.Salt is { } salt ? Salted(protector.Unprotect(Convert.FromBase64String(salt)), bodyHash) : bodyHash);

    private static long Salted(byte[] salt, long bodyHash)
    {
        Span<byte> content = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(content, bodyHash);
        return BinaryPrimitives.ReadInt64LittleEndian(HMACSHA256.HashData(salt, content));
    }
}
