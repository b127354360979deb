using System.Text;
using Seats.Core.Notifications;
using Seats.Mail;
using Seats.Mail.Composing;
using Seats.Silo.Storage;

namespace Seats.Silo.Notifications;

/// <summary>
/// Links that prove an address. A token comes into being when its mail is composed and is kept nowhere: neither accounts nor ledger hold
/// anything that somebody who reads them could use. The address is part of its code, so that a mail that went elsewhere proves nothing.
/// </summary>
internal sealed class VerificationLinks(SharedKeys keys, MailSettings settings) : IVerificationLinks
{
    private readonly SharedCode code = new(keys, "verification-links");

    public Task OpenAsync() => code.OpenAsync();

    /// <inheritdoc/>
    public Uri For(Guid verification, string email) =>
        settings.Link($"auth/verify?token={VerificationToken.Write(verification, code.Of(NameOf(verification, email)))}");

    /// <summary>Whether a token was made here, for this address.</summary>
    public bool IsToken(string token, string email) =>
        VerificationToken.TryRead(token, out var verification, out var theirs) && code.IsOf(theirs, NameOf(verification, email));

    private static byte[] NameOf(Guid verification, string email) =>
        [.. verification.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(email)];
}
