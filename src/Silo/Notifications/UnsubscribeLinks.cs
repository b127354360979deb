using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Seats.Mail;
using Seats.Mail.Composing;
using Seats.Silo.Storage;

namespace Seats.Silo.Notifications;

/// <summary>
/// Links that name an address and prove that we wrote to it: <c>address.code</c>, both in base64url, the code being the first half of an HMAC-SHA-256
/// of the address under a key that all silos share. One-click as mail programs do it (RFC 8058).
/// </summary>
internal sealed class UnsubscribeLinks(SharedKeys keys, MailSettings settings) : IUnsubscribeLinks
{
    private const string KeyName = "unsubscribe";
    private const int KeyBytes = 32;
    private const int CodeBytes = 16;
    private byte[] key = [];

    public async Task OpenAsync() => key = Convert.FromBase64String(await keys.GetOrAddAsync(KeyName, Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes))));

    public Uri For(string email) => settings.Link($"unsubscribe/{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(email))}.{Base64Url.EncodeToString(CodeOf(email))}");

    /// <summary>The address a link was made for; null when it is none of ours.</summary>
    public string? Read(string token)
    {
        var dot = token.IndexOf('.');
        if (dot < 1 || !Base64Url.IsValid(token.AsSpan(0, dot)) || !Base64Url.IsValid(token.AsSpan(dot + 1))) return null;
        var email = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.AsSpan(0, dot)));
        return CryptographicOperations.FixedTimeEquals(Base64Url.DecodeFromChars(token.AsSpan(dot + 1)), CodeOf(email)) ? email : null;
    }

    private byte[] CodeOf(string email) => key.Length > 0
        ? HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(email))[..CodeBytes]
        : throw new InvalidOperationException("The key of unsubscribe links is not open yet.");
}
