using Seats.Core;
using Seats.Core.Notifications;
using Seats.Mail.Composing;

namespace Seats.Mail.Kinds;

/// <summary>How a link looks.</summary>
public enum LinkLook
{
    /// <summary>A button: what most readers want.</summary>
    Primary,

    /// <summary>A button beside it that is less loud.</summary>
    Secondary,

    /// <summary>Underlined text.</summary>
    Quiet,
}

/// <summary>A link with words; the plain text prints it in full.</summary>
/// <param name="Plain">What is printed under buttons, for mail programs that show none.</param>
public sealed record MailLink(string Label, Uri Url, LinkLook Look, Uri Plain)
{
    public MailLink(string label, Uri url, LinkLook look = LinkLook.Primary)
        : this(label, url, look, url)
    {
    }
}

/// <summary>Where the links of mails lead, and the host that mails are of.</summary>
public sealed class MailLinks(
    MailSettings settings, IUnsubscribeLinks unsubscribe, IInvitationLinks invitations, IVerificationLinks verification)
{
    /// <summary>The host of message ids.</summary>
    public string Host => settings.MessageHost;

    public Uri Event(long id) => settings.Link($"events/{id}");

    /// <summary>Where an invitation is seen and answered without signing in; null for what is none.</summary>
    public Uri? Invitation(string invitation) => InvitationId.TryParse(invitation, out var id)
        ? settings.Link($"i/{invitations.TokenOf(id.EventId, id.Number)}") : null;

    /// <summary>Where a recipient says that they do not want such mails.</summary>
    public Uri Unsubscribe(string email, OptionalMail what) => unsubscribe.For(email, what);

    /// <summary>Where a recipient proves that they could read a mail.</summary>
    public Uri Proof(Guid id, string email) => verification.For(id, email);
}
