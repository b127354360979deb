using System.Buffers.Text;
using System.Text;
using Seats.Mail;
using Seats.Mail.Composing;
using Seats.Silo.Storage;

namespace Seats.Silo.Notifications;

/// <summary>
/// Links that name an address and prove that we wrote to it: <c>address.code</c>, both in base64url. One-click as mail programs do it
/// (RFC 8058).
/// </summary>
internal sealed class UnsubscribeLinks(SharedKeys keys, MailSettings settings) : IUnsubscribeLinks
{
    private readonly SharedCode code = new(keys, "unsubscribe");

    public Task OpenAsync() => code.OpenAsync();

    public Uri For(string email)
    {
        var address = Encoding.UTF8.GetBytes(email);
        return settings.Link($"unsubscribe/{Base64Url.EncodeToString(address)}.{Base64Url.EncodeToString(code.Of(address))}");
    }

    /// <summary>The address a link was made for; null when it is none of ours.</summary>
    public string? Read(string token)
    {
        var dot = token.IndexOf('.');
        if (dot < 1 || !Base64Url.IsValid(token.AsSpan(0, dot)) || !Base64Url.IsValid(token.AsSpan(dot + 1))) return null;
        var address = Base64Url.DecodeFromChars(token.AsSpan(0, dot));
        return code.IsOf(Base64Url.DecodeFromChars(token.AsSpan(dot + 1)), address) ? Encoding.UTF8.GetString(address) : null;
    }
}
