using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Seats.Testing.Smtp;

/// <summary>What the server does to a message.</summary>
public enum SmtpAct
{
    Accept,
    RefuseRecipientNow,
    RefuseRecipientForGood,

    /// <summary>At RCPT, but about who sends.</summary>
    RefuseRelaying,

    /// <summary>Of a connection: at MAIL.</summary>
    RefuseSenderForGood,
    RefuseMessageNow,
    RefuseMessageForGood,
    HangAtGreeting,
    HangAtHello,
    HangAtSender,
    HangAtRecipient,
    HangAtData,
    CloseAtRecipient,
    CloseAfterMessage,
    TakeAndNeverAnswer,
    OneByteASecond,
}

/// <summary>A message the server took: it said 250, or would have.</summary>
/// <param name="Answered">False when the 250 was kept back: the sender cannot know.</param>
public sealed record TakenMail(string Sender, IReadOnlyList<string> Recipients, string Content, bool Answered)
{
    /// <summary>When, as a timestamp of the stopwatch.</summary>
    public long At { get; } = System.Diagnostics.Stopwatch.GetTimestamp();

    /// <summary>The first line of a header, unfolded.</summary>
    public string? Header(string name)
    {
        var head = Content[..Math.Max(0, Content.IndexOf("\r\n\r\n", StringComparison.Ordinal))].Replace("\r\n\t", " ").Replace("\r\n ", " ");
        return head.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
    }
}

/// <summary>A mail server that does what a test tells it, on loopback, without TLS. Speaks as much of RFC 5321 as a client needs.</summary>
public sealed class ScriptedSmtp : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<TakenMail> taken = new();
    private readonly ConcurrentDictionary<string, int> tries = new();
    private readonly Task accepting;
    private int connections;

    public ScriptedSmtp(int port = 0)
    {
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>What happens to the nth try (from 1) for a recipient.</summary>
    public Func<string, int, SmtpAct> Script { get; set; } = (_, _) => SmtpAct.Accept;

    /// <summary>What happens to the nth connection (from 1), before anybody is named.</summary>
    public Func<int, SmtpAct> OnConnection { get; set; } = _ => SmtpAct.Accept;

    /// <summary>How long the server thinks before it says 250 to a message.</summary>
    public TimeSpan Delay { get; set; }

    public IReadOnlyList<TakenMail> Taken => [.. taken];

    public int TakenCount => taken.Count;

    public int Connections => Volatile.Read(ref connections);

    /// <summary>How often a recipient was named.</summary>
    public int TriesOf(string recipient) => tries.GetValueOrDefault(recipient);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                client.NoDelay = true;
                _ = Task.Run(() => ServeAsync(client, Interlocked.Increment(ref connections)));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client, int number)
    {
        using var _ = client;
        try
        {
            var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);
            var conversation = new Conversation(this, stream, reader, number);
            await conversation.RunAsync(stop.Token);
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The client went away, or the test is over.
        }
    }

    private sealed class Conversation(ScriptedSmtp server, Stream stream, StreamReader reader, int number)
    {
        private readonly List<string> recipients = [];
        private string sender = "";
        private SmtpAct act;

        public async Task RunAsync(CancellationToken stop)
        {
            act = server.OnConnection(number);
            if (act == SmtpAct.HangAtGreeting) await HangAsync(stop);
            await SayAsync("220 sink ESMTP", stop);
            while (await reader.ReadLineAsync(stop) is { } line)
                if (!await ObeyAsync(line, stop)) return;
        }

        private async Task<bool> ObeyAsync(string line, CancellationToken stop)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO" or "HELO":
                    if (act == SmtpAct.HangAtHello) await HangAsync(stop);
                    await SayAsync("250-sink\r\n250-8BITMIME\r\n250-ENHANCEDSTATUSCODES\r\n250-SMTPUTF8\r\n250 SIZE 10000000", stop);
                    return true;
                case "MAIL":
                    (sender, act) = (AddressIn(line), server.OnConnection(number));
                    recipients.Clear();
                    if (act == SmtpAct.HangAtSender) await HangAsync(stop);
                    if (act == SmtpAct.RefuseSenderForGood)
                    {
                        await SayAsync("554 5.7.1 client host blocked", stop);
                        return true;
                    }
                    await SayAsync("250 ok", stop);
                    return true;
                case "RCPT":
                    return await RecipientAsync(AddressIn(line), stop);
                case "DATA":
                    return await MessageAsync(stop);
                case "RSET" or "NOOP":
                    await SayAsync("250 ok", stop);
                    return true;
                case "QUIT":
                    await SayAsync("221 bye", stop);
                    return false;
                default:
                    await SayAsync("502 not here", stop);
                    return true;
            }
        }

        private async Task<bool> RecipientAsync(string recipient, CancellationToken stop)
        {
            act = server.Script(recipient, server.tries.AddOrUpdate(recipient, 1, (_, count) => count + 1));
            switch (act)
            {
                case SmtpAct.RefuseRecipientNow: await SayAsync("450 4.2.1 mailbox busy", stop); return true;
                case SmtpAct.RefuseRecipientForGood: await SayAsync("550 5.1.1 no such mailbox", stop); return true;
                case SmtpAct.RefuseRelaying: await SayAsync("550 5.7.1 relaying denied", stop); return true;
                case SmtpAct.HangAtRecipient: await HangAsync(stop); return false;
                case SmtpAct.CloseAtRecipient: return false;
                default:
                    recipients.Add(recipient);
                    await SayAsync("250 ok", stop);
                    return true;
            }
        }

        private async Task<bool> MessageAsync(CancellationToken stop)
        {
            if (act == SmtpAct.HangAtData) await HangAsync(stop);
            await SayAsync("354 go ahead", stop);
            var content = new StringBuilder();
            while (await reader.ReadLineAsync(stop) is { } line)
            {
                if (line == ".") return await EndAsync(content.ToString(), stop);
                content.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
            }
            return false;
        }

        private async Task<bool> EndAsync(string content, CancellationToken stop)
        {
            switch (act)
            {
                case SmtpAct.RefuseMessageNow: await SayAsync("451 4.3.0 try later", stop); return true;
                case SmtpAct.RefuseMessageForGood: await SayAsync("554 5.6.0 not wanted", stop); return true;
            }
            var answered = act is not (SmtpAct.CloseAfterMessage or SmtpAct.TakeAndNeverAnswer);
            server.taken.Enqueue(new TakenMail(sender, [.. recipients], content, answered));
            if (act == SmtpAct.CloseAfterMessage) return false;
            if (act == SmtpAct.TakeAndNeverAnswer) await HangAsync(stop);
            if (server.Delay > TimeSpan.Zero) await Task.Delay(server.Delay, stop);
            await SayAsync("250 2.0.0 taken", stop);
            return true;
        }

        private async Task SayAsync(string answer, CancellationToken stop)
        {
            var bytes = Encoding.ASCII.GetBytes(answer + "\r\n");
            if (act != SmtpAct.OneByteASecond)
            {
                await stream.WriteAsync(bytes, stop);
                return;
            }
            foreach (var one in bytes)
            {
                await stream.WriteAsync(new[] { one }, stop);
                await Task.Delay(TimeSpan.FromSeconds(1), stop);
            }
        }

        private static Task HangAsync(CancellationToken stop) => Task.Delay(Timeout.Infinite, stop);

        private static string AddressIn(string line)
        {
            var (from, to) = (line.IndexOf('<'), line.IndexOf('>'));
            return from >= 0 && to > from ? line[(from + 1)..to] : line;
        }
    }
}
