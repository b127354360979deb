using System.Buffers.Binary;
using System.Buffers.Text;

namespace Seats.Core;

/// <summary>
/// What the link of an invitation ends with: base64url without padding of 8 bytes with the event's id, 4 with the invitation's number, both
/// big-endian, and a code of 16 bytes that only the silos can make and check.
/// </summary>
public static class InvitationToken
{
    public const int CodeBytes = 16;
    private const int NameBytes = sizeof(long) + sizeof(int);

    public static string Write(long eventId, int invitation, ReadOnlySpan<byte> code) =>
        Base64Url.EncodeToString([.. NameOf(eventId, invitation), .. code[..CodeBytes]]);

    /// <summary>What the code is made of.</summary>
    public static byte[] NameOf(long eventId, int invitation)
    {
        var name = new byte[NameBytes];
        BinaryPrimitives.WriteInt64BigEndian(name, eventId);
        BinaryPrimitives.WriteInt32BigEndian(name.AsSpan(sizeof(long)), invitation);
        return name;
    }

    /// <summary>What a token says, true or not.</summary>
    /// <returns>False for what is no token at all.</returns>
    public static bool TryRead(string token, out long eventId, out int invitation, out byte[] code)
    {
        (eventId, invitation, code) = (0, 0, []);
        if (token.Length != Base64Url.GetEncodedLength(NameBytes + CodeBytes) || !Base64Url.IsValid(token)) return false;
        var bytes = Base64Url.DecodeFromChars(token);
        eventId = BinaryPrimitives.ReadInt64BigEndian(bytes);
        invitation = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(sizeof(long)));
        code = bytes[NameBytes..];
        return eventId > 0;
    }
}
