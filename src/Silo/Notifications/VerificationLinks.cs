using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Seats.Mail;
using Seats.Mail.Composing;
using Seats.Silo.Storage;

namespace Seats.Silo.Notifications;

/// <summary>
/// Links that prove an address: <c>id.code</c>, both in base64url, the code being the HMAC-SHA-256 of the id and the address under a key that
/// all silos share. A link comes into being when its mail is composed and is kept nowhere: neither accounts nor ledger hold anything that
/// somebody who reads them could use. The address is part of it, so that a mail that went elsewhere proves nothing.
/// </summary>
internal sealed class VerificationLinks(SharedKeys keys, MailSettings settings) : IVerificationLinks
{
    private const string KeyName = "verification";
    private const int KeyBytes = 32;
    private byte[] key = [];

    public async Task OpenAsync()
    {
        var proposal = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));
        key = Convert.FromBase64String(await keys.GetOrAddAsync(KeyName, proposal));
    }

    public Uri For(Guid verification, string email) => settings.Link(
        $"auth/verify?token={Base64Url.EncodeToString(verification.ToByteArray(bigEndian: true))}.{Base64Url.EncodeToString(CodeOf(verification, email))}");

    /// <summary>Whether a code is that of the link for this verification of this address.</summary>
    public bool IsCode(Guid verification, string email, string code) =>
        Base64Url.IsValid(code) && CryptographicOperations.FixedTimeEquals(Base64Url.DecodeFromChars(code), CodeOf(verification, email));

    private byte[] CodeOf(Guid verification, string email) => key.Length > 0
        ? HMACSHA256.HashData(key, (byte[])[.. verification.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(email.ToLowerInvariant())])
        : throw new InvalidOperationException("The key of verification links is not open yet.");
}
