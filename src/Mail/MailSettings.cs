using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Seats.Mail;

/// <summary>How the connection to the mail server is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>TLS by STARTTLS, required: a server that does not offer it gets no mail.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,

    /// <summary>In the clear: for a server on the same machine.</summary>
    None,
}

/// <summary>Where mail goes and what is promised about it, from the configuration.</summary>
public sealed record MailSettings
{
    private const double DefaultLifeHours = 120;
    private static readonly double[] DefaultPauses = [1, 5, 15, 60];

    /// <summary>False for a silo that leaves telling people to the others.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Absent: mails are written to <see cref="Folder"/>.</summary>
    public string? Host { get; init; }
    public int Port { get; init; } = 587;
    public SmtpSecurity Security { get; init; }
    public string? Username { get; init; }
    public string? Password { get; init; }
    public required string From { get; init; }

    /// <summary>Base of the links in mails, and host of message ids.</summary>
    public required Uri PublicUrl { get; init; }
    public required string Folder { get; init; }

    /// <summary>Sends at the same time at most.</summary>
    public int Concurrency { get; init; } = 10;

    /// <summary>Tries of one message in a round, seconds apart.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>
    /// How long a message that is refused for now waits after its first round, its second, and so on; the last one is for all further rounds.
    /// </summary>
    public IReadOnlyList<TimeSpan> Pauses { get; init; } = [.. DefaultPauses.Select(TimeSpan.FromMinutes)];

    /// <summary>How long a message that is refused for now is tried, from its first refusal on, before it is a dead letter.</summary>
    public TimeSpan Life { get; init; } = TimeSpan.FromHours(DefaultLifeHours);
    public double BackoffSeconds { get; init; } = 2;
    public double TimeoutSeconds { get; init; } = 30;
    public double BreakerFailureRatio { get; init; } = 0.5;

    /// <summary>Calls the breaker judges by.</summary>
    public int BreakerWindow { get; init; } = 10;
    public double BreakerSeconds { get; init; } = 60;

    /// <summary>How long a mailer owns a message without renewing; another may send it afterwards.</summary>
    public double LeaseSeconds { get; init; } = 45;

    /// <summary>How old a decision is before its mail is missed in the ledger.</summary>
    public double ReconcileSeconds { get; init; } = 60;

    /// <param name="mailFolder">Where mails are written without a mail server.</param>
    /// <exception cref="InvalidOperationException">A key has a value that means nothing.</exception>
    public static MailSettings Read(IConfiguration configuration, string mailFolder)
    {
        var publicUrl = PublicUrlOf(configuration);
        var settings = new MailSettings
        {
            Enabled = configuration.GetValue("Mail:Enabled", true),
            Host = configuration["Smtp:Host"] is { Length: > 0 } host ? host : null,
            Security = Enum.TryParse<SmtpSecurity>(configuration["Smtp:Security"] ?? nameof(SmtpSecurity.StartTls), ignoreCase: true, out var security)
                ? security : throw new InvalidOperationException("Smtp:Security is StartTls, Tls or None."),
            Username = configuration["Smtp:Username"],
            Password = configuration["Smtp:Password"],
            From = configuration["Smtp:From"] is { Length: > 0 } from ? from : $"Seats <seats@{HostOf(publicUrl)}>",
            PublicUrl = publicUrl,
            Folder = configuration["Mail:Folder"] is { Length: > 0 } folder ? Path.GetFullPath(folder) : mailFolder,
            Concurrency = Positive(configuration, "Mail:Concurrency", 10, 1_000),
            Attempts = Positive(configuration, "Mail:Attempts", 3, 100),
            BackoffSeconds = Seconds(configuration, "Mail:BackoffSeconds", 2),
            Pauses = PausesOf(configuration),
            Life = LifeOf(configuration),
            TimeoutSeconds = Seconds(configuration, "Mail:TimeoutSeconds", 30),
            BreakerFailureRatio = Ratio(configuration, "Mail:BreakerFailureRatio", 0.5),
            BreakerWindow = Math.Max(2, Positive(configuration, "Mail:BreakerWindow", 10, 10_000)),
            BreakerSeconds = Math.Max(0.5, Seconds(configuration, "Mail:BreakerSeconds", 60)),
            LeaseSeconds = Seconds(configuration, "Mail:LeaseSeconds", 45),
            ReconcileSeconds = Seconds(configuration, "Mail:ReconcileSeconds", 60),
        };
        if (!MimeKit.MailboxAddress.TryParse(settings.From, out _)) throw new InvalidOperationException("Smtp:From is not an address.");
        return settings with { Port = Positive(configuration, "Smtp:Port", settings.Security switch { SmtpSecurity.StartTls => 587, SmtpSecurity.Tls => 465, SmtpSecurity.None => 25 }, 65_535) };
    }

    /// <summary>The host message ids are of.</summary>
    public string MessageHost => HostOf(PublicUrl);

    /// <summary><c>PublicUrl</c>, else the first address this process listens on.</summary>
    private static Uri PublicUrlOf(IConfiguration configuration)
    {
        if (configuration["PublicUrl"] is { Length: > 0 } url) return new Uri(url);
        var first = (configuration["urls"] ?? "").Split(';')[0].Replace("//*", "//localhost").Replace("//+", "//localhost").Replace("//0.0.0.0", "//localhost").Replace("//[::]", "//localhost");
        return new Uri(first.Length > 0 ? first : "http://localhost:8080");
    }

    private static string HostOf(Uri url) => url.HostNameType is UriHostNameType.IPv6 ? "localhost" : url.IdnHost;

    /// <summary>An address under <see cref="PublicUrl"/>, whatever path that has.</summary>
    public Uri Link(string path) => new(new Uri(PublicUrl.AbsoluteUri.TrimEnd('/') + "/"), path);

    private static int Positive(IConfiguration configuration, string key, int otherwise, int atMost) =>
        configuration.GetValue(key, otherwise) is var value && value >= 1 && value <= atMost ? value : throw new InvalidOperationException($"{key} is 1 to {atMost}.");

    /// <summary><c>Mail:PauseMinutes</c>: numbers with commas between them.</summary>
    private static IReadOnlyList<TimeSpan> PausesOf(IConfiguration configuration)
    {
        if (configuration["Mail:PauseMinutes"] is not { Length: > 0 } text) return [.. DefaultPauses.Select(TimeSpan.FromMinutes)];
        var minutes = text.Split(',').Select(MinutesOf).ToList();
        return minutes.All(number => number is > 0 and <= 1_440) ? [.. minutes.Select(TimeSpan.FromMinutes)]
            : throw new InvalidOperationException("Mail:PauseMinutes is numbers of more than 0 and at most 1440, with commas between them.");
    }

    private static double MinutesOf(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var minutes) ? minutes : 0;

    private static TimeSpan LifeOf(IConfiguration configuration) =>
        configuration.GetValue("Mail:LifeHours", DefaultLifeHours) is var hours and > 0 and <= 720
            ? TimeSpan.FromHours(hours) : throw new InvalidOperationException("Mail:LifeHours is more than 0 and at most 720.");

    private static double Seconds(IConfiguration configuration, string key, double otherwise) =>
        configuration.GetValue(key, otherwise) is var value and > 0 and <= 86_400 ? value : throw new InvalidOperationException($"{key} is more than 0 and at most 86400.");

    private static double Ratio(IConfiguration configuration, string key, double otherwise) =>
        configuration.GetValue(key, otherwise) is var value and > 0 and <= 1 ? value : throw new InvalidOperationException($"{key} is more than 0 and at most 1.");
}
