using Seats.Core.Notifications;

namespace Seats.Mail.Composing;

/// <summary>Where a recipient of a mail that may be unwanted says so, without signing in.</summary>
public interface IUnsubscribeLinks
{
    /// <summary>The same address always has the same link.</summary>
    Uri For(string email, OptionalMail what);
}
