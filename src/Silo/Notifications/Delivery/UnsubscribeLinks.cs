using System.Buffers.Text;
using System.Text;
using Seats.Core.Notifications;
using Seats.Mail;
using Seats.Mail.Composing;
using Seats.Silo.Storage;

namespace Seats.Silo.Notifications;

/// <summary>
/// Links that name an address and prove that we wrote to it: <c>address.code</c>, both in base64url; those about invitations begin with
/// <c>invitations.</c>. One-click as mail programs do it (RFC 8058).
/// </summary>
internal sealed class UnsubscribeLinks(SharedKeys keys, MailSettings settings) : IUnsubscribeLinks
{
    private readonly SharedCode reminders = new(keys, "unsubscribe");
    private readonly SharedCode invitations = new(keys, "unsubscribe-invitations");

    public async Task OpenAsync()
    {
        await reminders.OpenAsync();
        await invitations.OpenAsync();
    }

    /// <inheritdoc/>
    public Uri For(string email, OptionalMail what)
    {
        var address = Encoding.UTF8.GetBytes(email);
        var prefix = what == OptionalMail.Invitations ? UnsubscribeToken.OfInvitations : "";
        return settings.Link($"unsubscribe/{prefix}{Base64Url.EncodeToString(address)}.{Base64Url.EncodeToString(CodeOf(what).Of(address))}");
    }

    /// <summary>The address a link was made for, and what it declines; null when it is none of ours.</summary>
    public (string Email, OptionalMail What)? Read(string token)
    {
        var what = UnsubscribeToken.IsOfInvitations(token) ? OptionalMail.Invitations : OptionalMail.Reminders;
        var link = what == OptionalMail.Invitations ? token[UnsubscribeToken.OfInvitations.Length..] : token;
        var dot = link.IndexOf('.');
        if (dot < 1 || !Base64Url.IsValid(link.AsSpan(0, dot)) || !Base64Url.IsValid(link.AsSpan(dot + 1))) return null;
        var address = Base64Url.DecodeFromChars(link.AsSpan(0, dot));
        return CodeOf(what).IsOf(Base64Url.DecodeFromChars(link.AsSpan(dot + 1)), address) ? (Encoding.UTF8.GetString(address), what) : null;
    }

    private SharedCode CodeOf(OptionalMail what) => what switch
    {
        OptionalMail.Reminders => reminders,
        OptionalMail.Invitations => invitations,
    };
}
