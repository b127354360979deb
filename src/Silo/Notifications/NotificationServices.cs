using System.Text.Json;
using Confluent.Kafka;
using Seats.Core.Notifications;
using Seats.Grains.Notifications;
using Seats.Mail;
using Seats.Mail.Composing;
using Seats.Mail.Resilience;
using Seats.Silo.Storage;
using Seats.Streams.Kafka;

namespace Seats.Silo.Notifications;

/// <summary>Puts telling people together: in process on one machine, through Kafka where brokers are named.</summary>
public static class NotificationServices
{
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Adds the relay, the ledger and the mailer of a silo.</summary>
    public static void AddSeatsNotifications(this ISiloBuilder silo, IConfiguration configuration, SeatsStorage storage, string mailFolder)
    {
        var services = silo.Services;
        services.AddSeatsMail(MailSettings.Read(configuration, mailFolder));
        services.AddSingleton(provider => new SendingPolicy(
            provider.GetRequiredService<MailSettings>(), TimeProvider.System, NotificationLimits.InFlightAtMost, provider.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>()));
        services.AddSingleton<Outbox>();
        services.AddSingleton<Preferences>();
        services.AddSingleton<UnsubscribeLinks>();
        services.AddSingleton<IUnsubscribeLinks>(provider => provider.GetRequiredService<UnsubscribeLinks>());
        services.AddSingleton<VerificationLinks>();
        services.AddSingleton<IVerificationLinks>(provider => provider.GetRequiredService<VerificationLinks>());
        services.AddSingleton<Ledger>();
        services.AddSingleton<NotificationMetrics>();
        services.AddSingleton<IStandings, Standings>();
        services.AddSingleton<Mailer>();
        services.AddSingleton<Intake>();
        services.AddSingleton(provider => new MailBackpressure(provider.GetRequiredService<Journal.JournalMetrics>(), TimeProvider.System));
        services.AddSingleton<DeliveryFeedback>();
        services.AddSingleton<Relay>();
        services.AddSingleton<IRelay>(provider => provider.GetRequiredService<Relay>());
        services.AddSingleton<NotificationWork>();
        services.AddSingleton<MailerServiceClient>();
        services.AddSingleton<INotificationDesk, NotificationDesk>();
        if (KafkaConnection.From(configuration) is { } client) silo.UseKafka(client, configuration);
        else services.AddSingleton<INotificationOutlet, LedgerOutlet>();
        silo.AddGrainService<MailerService>();
    }

    private static void UseKafka(this ISiloBuilder silo, ClientConfig client, IConfiguration configuration)
    {
        silo.AddKafkaStreams(StreamOutlet.Provider, options =>
        {
            options.Client = client;
            options.Topics = [.. NotificationKinds.Topics, NotificationKinds.DeadLetterTopic];
            options.Partitions = configuration.GetValue("Kafka:Partitions", options.Partitions);
            options.Replication = configuration.GetValue("Kafka:Replication", options.Replication);
            options.Json = Json;
            options.Envelope = EnvelopeOf;
        });
        silo.Services.AddSingleton(client);
        silo.Services.AddSingleton<StreamOutlet>();
        silo.Services.AddSingleton<INotificationOutlet>(provider => provider.GetRequiredService<StreamOutlet>());
        silo.Services.AddSingleton<KafkaInbox>();
        silo.Services.AddSingleton<Reconciler>();
    }

    internal static CloudEvent EnvelopeOf(StreamId stream, object item) => item switch
    {
        Notification notification => new CloudEvent(notification.Key, TypeOf(notification.Kind.Name()), $"/events/{notification.EventId}", notification.At),
        DeadLetterRecord letter => new CloudEvent(letter.Key, TypeOf("dead_letter"), letter.EventId == 0 ? "/notifications" : $"/events/{letter.EventId}", letter.FailedAt),
        _ => throw new NotSupportedException($"{item.GetType()} does not travel on these streams."),
    };

    private static string TypeOf(string kind) => $"seats.{kind.ToLowerInvariant()}.v1";
}

/// <summary>How to reach the brokers.</summary>
internal static class KafkaConnection
{
    private const string Section = "Kafka";

    /// <summary>
    /// From <c>Kafka:BootstrapServers</c>, with <c>Kafka:SecurityProtocol</c>, <c>Kafka:SaslMechanism</c>, <c>Kafka:SaslUsername</c>,
    /// <c>Kafka:SaslPassword</c> and <c>Kafka:SslCaLocation</c> where they are set; null without brokers.
    /// </summary>
    public static ClientConfig? From(IConfiguration configuration)
    {
        var kafka = configuration.GetSection(Section);
        if (kafka["BootstrapServers"] is not { Length: > 0 } servers) return null;
        var client = new ClientConfig { BootstrapServers = servers, ClientId = "seats", ReconnectBackoffMaxMs = 2_000, SocketKeepaliveEnable = true };
        if (kafka["SecurityProtocol"] is { Length: > 0 } protocol) client.SecurityProtocol = Named<SecurityProtocol>("SecurityProtocol", protocol);
        if (kafka["SaslMechanism"] is { Length: > 0 } mechanism) client.SaslMechanism = Named<SaslMechanism>("SaslMechanism", mechanism);
        if (kafka["SaslUsername"] is { Length: > 0 } username) client.SaslUsername = username;
        if (kafka["SaslPassword"] is { Length: > 0 } password) client.SaslPassword = password;
        if (kafka["SslCaLocation"] is { Length: > 0 } authority) client.SslCaLocation = authority;
        return client;
    }

    /// <summary>As librdkafka writes it (SASL_SSL, SCRAM-SHA-256) or as .NET does (SaslSsl, ScramSha256).</summary>
    private static T Named<T>(string key, string value)
        where T : struct, Enum => Enum.TryParse<T>(value.Replace("_", "").Replace("-", ""), ignoreCase: true, out var named) ? named
        : throw new InvalidOperationException($"{Section}:{key} is one of {string.Join(", ", Enum.GetNames<T>())}.");
}
