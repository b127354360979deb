using System.Security.Cryptography;
using System.Text;

namespace Seats.Mail.Composing;

/// <summary>What the ids of a message and its parts begin with: the same for the same notification.</summary>
internal static class MessageHash
{
    private const int Bytes = 16;

    public static string Of(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, Bytes));
}
