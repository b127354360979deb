using MimeKit;

namespace Seats.Mail.Transports;

/// <summary>Hands a message to whoever delivers it.</summary>
public interface IMailTransport
{
    /// <summary>Where mail goes, for the console.</summary>
    string Destination { get; }

    /// <summary>Returns what the server answered when it took the message.</summary>
    /// <param name="mayGoOn">Asked right before the point of no return: false when another mailer owns the message by now.</param>
    /// <exception cref="MailRefusedException">The server said no to this message.</exception>
    /// <exception cref="MailServerAwayException">There is no server to speak to; the message is not at fault.</exception>
    /// <exception cref="LeaseLostException">Nothing was sent: it is another's by now.</exception>
    Task<string> SendAsync(MimeMessage message, Func<bool> mayGoOn, CancellationToken cancellationToken);
}

/// <summary>The server answered with a code that is not success.</summary>
/// <param name="code">Reply code of RFC 5321; 0 when the connection broke off during the message.</param>
/// <param name="isRecipients">
/// The server refused the recipient's address or mailbox. Everything else it refuses is between it and us: who we are, how we send, how it is.
/// </param>
public sealed class MailRefusedException(int code, string answer, Exception? inner = null, bool isRecipients = false) : Exception(answer, inner)
{
    public bool IsRecipients => isRecipients;

    /// <summary>The server means it for good (5xx).</summary>
    public bool IsPermanent => code >= 500;

    /// <summary>No later try reaches this recipient.</summary>
    public bool IsFinal => isRecipients && IsPermanent;
}

/// <summary>No connection, no greeting, no TLS, no sign-in.</summary>
public sealed class MailServerAwayException(string reason, Exception? inner = null) : Exception(reason, inner);

/// <summary>The message belongs to another mailer by now.</summary>
public sealed class LeaseLostException() : Exception("Another mailer owns the message by now.");
