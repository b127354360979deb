using System.Collections.Concurrent;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Seats.Mail.Transports;

/// <summary>Speaks SMTP to one server, over connections that are kept for the next message.</summary>
public sealed class SmtpTransport(MailSettings settings, TimeProvider time) : IMailTransport, IDisposable
{
    private static readonly TimeSpan ByeAtMost = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan IdleAtMost = TimeSpan.FromSeconds(20);
    private readonly ConcurrentStack<Connection> idle = new();

    public string Destination => $"{settings.Host}:{settings.Port} ({settings.Security})";

    public async Task<string> SendAsync(MimeMessage message, Func<bool> mayGoOn, CancellationToken cancellationToken)
    {
        var (connection, reused) = await TakeAsync(cancellationToken);
        try
        {
            return await SendAsync(connection, message, mayGoOn, cancellationToken);
        }
        catch (MailRefusedException broken) when (reused && broken.InnerException is StaleConnectionException)
        {
            // The server had closed it meanwhile: that says nothing about the message.
            return await SendAsync(await ConnectAsync(cancellationToken), message, mayGoOn, cancellationToken);
        }
    }

    public void Dispose()
    {
        while (idle.TryPop(out var connection)) connection.SayGoodbye();
    }

    private async Task<string> SendAsync(Connection connection, MimeMessage message, Func<bool> mayGoOn, CancellationToken cancellationToken)
    {
        var keep = false;
        var progress = new PointOfNoReturn(mayGoOn);
        try
        {
            if (!mayGoOn()) throw new LeaseLostException();
            var answer = await connection.Client.SendAsync(message, cancellationToken, progress);
            keep = true;
            return $"250 {answer}".TrimEnd();
        }
        catch (SmtpCommandException refused)
        {
            keep = connection.Client.IsConnected && (int)refused.StatusCode != RecipientReply.ServiceClosing;
            throw new MailRefusedException(
                (int)refused.StatusCode, $"{(int)refused.StatusCode} {refused.Message}".ReplaceLineEndings(" "), refused,
                isRecipients: refused.ErrorCode == SmtpErrorCode.RecipientNotAccepted
                    && RecipientReply.IsAboutTheRecipient((int)refused.StatusCode, refused.Message));
        }
        catch (Exception broken) when (broken is SmtpProtocolException or IOException or ServiceNotConnectedException)
        {
            throw new MailRefusedException(
                0, $"The connection broke off: {broken.Message}".ReplaceLineEndings(" "), progress.Started ? broken : new StaleConnectionException(broken));
        }
        finally
        {
            if (keep) Keep(connection);
            else connection.Dispose();
        }
    }

    private void Keep(Connection connection)
    {
        connection.UsedAt = time.GetTimestamp();
        idle.Push(connection);
    }

    private async Task<(Connection Connection, bool Reused)> TakeAsync(CancellationToken cancellationToken)
    {
        while (idle.TryPop(out var connection))
        {
            if (connection.Client.IsConnected && time.GetElapsedTime(connection.UsedAt) < IdleAtMost) return (connection, true);
            connection.Dispose();
        }
        return (await ConnectAsync(cancellationToken), false);
    }

    private async Task<Connection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = new Connection();
        try
        {
            var security = settings.Security switch
            {
                SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
                SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
                SmtpSecurity.None => SecureSocketOptions.None,
            };
            await connection.Client.ConnectAsync(await DialAsync(cancellationToken), settings.Host!, settings.Port, security, cancellationToken);
            if (settings.Username is { Length: > 0 }) await connection.Client.AuthenticateAsync(settings.Username, settings.Password ?? "", cancellationToken);
            return connection;
        }
        catch (Exception away) when (away is not OutOfMemoryException)
        {
            var reason = away switch
            {
                OperationCanceledException => "The mail server did not greet in time.",
                NotSupportedException when !connection.Client.IsConnected => "The mail server does not offer TLS, which Smtp:Security asks for.",
                NotSupportedException => "The mail server knows no sign-in, and Smtp:Username asks for one.",
                AuthenticationException => "The mail server refused the user name or password.",
                _ => $"The mail server cannot be reached: {away.Message}".ReplaceLineEndings(" "),
            };
            connection.Dispose();
            throw new MailServerAwayException(reason, away);
        }
    }

    /// <summary>Without waiting for more to send: the end of a message is a small packet of its own, and was measured to cost 40 ms.</summary>
    private async Task<Socket> DialAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(settings.Host!, settings.Port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class Connection : IDisposable
    {
        public SmtpClient Client { get; } = new() { CheckCertificateRevocation = false, Timeout = Timeout.Infinite };

        public long UsedAt { get; set; }

        /// <summary>QUIT (RFC 5321, 4.1.1.10), for a server that listens.</summary>
        public void SayGoodbye()
        {
            try
            {
                using var patience = new CancellationTokenSource(ByeAtMost);
                Client.Disconnect(quit: true, patience.Token);
            }
            catch (Exception gone) when (gone is IOException or SmtpProtocolException or SmtpCommandException or ServiceNotConnectedException or OperationCanceledException)
            {
                // It is gone already, which is all that was wanted.
            }
            Client.Dispose();
        }

        public void Dispose() => Client.Dispose();
    }

    /// <summary>Called while the message flows, before the dot that ends it: the last moment at which nothing has happened yet.</summary>
    private sealed class PointOfNoReturn(Func<bool> mayGoOn) : ITransferProgress
    {
        public bool Started { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => Report(bytesTransferred);

        public void Report(long bytesTransferred)
        {
            Started = true;
            if (!mayGoOn()) throw new LeaseLostException();
        }
    }

    private sealed class StaleConnectionException(Exception inner) : Exception(inner.Message, inner);
}
