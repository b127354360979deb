using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Seats.Core;
using Seats.Core.Notifications;
using Seats.Grains.Abstractions;
using Seats.Grains.Journal;
using Seats.Mail;
using Seats.Mail.Composing;
using Seats.Mail.Resilience;
using Seats.Mail.Transports;
using Seats.Silo.Invitations;
using Seats.Silo.Notifications;
using Seats.Silo.Schema;
using Seats.Silo.Storage;
using Seats.Silo.Tests.Journal;
using Seats.Testing.Postgres;
using Seats.Testing.Smtp;

namespace Seats.Silo.Tests.Notifications;

/// <summary>A journal, a ledger and a mail server: everything between a decision and a mail, without Orleans.</summary>
internal sealed class Post : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private Post(ServiceProvider services)
    {
        this.services = services;
        Database = services.GetRequiredService<SiloDatabase>();
        Outbox = new Outbox(Database);
        Preferences = new Preferences(Database, Time);
        Ledger = new Ledger(Database, Preferences);
        Settings = new MailSettings
        {
            From = "seats@tickets.example",
            PublicUrl = new Uri("https://tickets.example"),
            Folder = "mail",
            Host = "127.0.0.1",
            Port = Server.Port,
            Security = SmtpSecurity.None,
            BackoffSeconds = 0.01,
            TimeoutSeconds = 20,
            LeaseSeconds = 30,
        };
        Unsubscribe = new UnsubscribeLinks(services.GetRequiredService<SharedKeys>(), Settings);
        Invitations = new InvitationLinks(services.GetRequiredService<SharedKeys>());
        Verification = new VerificationLinks(services.GetRequiredService<SharedKeys>(), Settings);
    }

    public SiloDatabase Database { get; }

    public Outbox Outbox { get; }

    public Preferences Preferences { get; }

    public UnsubscribeLinks Unsubscribe { get; }

    public InvitationLinks Invitations { get; }

    public VerificationLinks Verification { get; }

    public Ledger Ledger { get; }

    public ScriptedSmtp Server { get; } = new();

    public MailSettings Settings { get; set; }

    /// <summary>What events say of notifications that had to wait.</summary>
    public KnownStandings Standings { get; } = new();

    public TimeProvider Time => TimeProvider.System;

    public IJournal Journal => services.GetRequiredService<IJournal>();

    public static async Task<Post> OpenAsync(string store)
    {
        var storage = store == JournalUnderTest.Sqlite
            ? SeatsStorage.InFolder(Directory.CreateTempSubdirectory("seats-post-").FullName)
            : SeatsStorage.OnPostgres(await PostgresServer.CreateDatabaseAsync());
        var services = JournalUnderTest.Services(storage);
        await services.GetRequiredService<SchemaUpgrade>().EnsureAsync(CancellationToken.None);
        var post = new Post(services);
        await post.Unsubscribe.OpenAsync();
        await post.Invitations.OpenAsync();
        await post.Verification.OpenAsync();
        return post;
    }

    /// <summary>An event whose guests confirm, an entry each.</summary>
    public async Task<long> EventAsync(int guests, DateTimeOffset? at = null)
    {
        var eventId = await Journal.AllocateEventIdAsync(Guid.NewGuid(), unguessable: false, CancellationToken.None);
        var start = at ?? new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        var settings = new EventSettings { Title = "Night", StartsAt = start.AddDays(30), EndsAt = start.AddDays(30).AddHours(3), TimeZone = "UTC" };
        var row = new PlacedRow("1", 1, 100_000, 0, null);
        await AppendAsync(eventId, 0, start, new EventCreated(new Person("owner", "owner@example.com"), settings, [new PlacedSection("main", "main", "standard", false, [row])]));
        await ConfirmAsync(eventId, 1, guests, start);
        return eventId;
    }

    /// <summary>More guests: entries after a version.</summary>
    /// <param name="guest">Number of the first guest's invitation; as the version where nothing else was written in between.</param>
    public Task ConfirmAsync(long eventId, long after, int guests, DateTimeOffset at, int? guest = null)
    {
        var entries = Enumerable.Range(0, guests).Select(index =>
        {
            var number = (guest ?? (int)after) + index;
            var who = new Person($"p{number}", AddressOf(number));
            return Entry(after + index + 1, at,
                new InvitationMade(number, who, InvitationOrigin.Registration, [number], null, at.AddMinutes(10), who.Id!), new InvitationConfirmed(number, who, $"ticket-{number}"));
        });
        return AppendAsync(new Slice(eventId, 0, after, [.. entries], IndexChanges.None));
    }

    public static string AddressOf(int number) => $"guest{number}@example.com";

    public static JournalEntry Entry(long version, DateTimeOffset at, params Fact[] facts) => new(
        version, at, Guid.NewGuid(), 0, FactCodec.Kinds(facts), FactCodec.Encode(facts), Audiences.Of(facts));

    public Task AppendAsync(long eventId, long after, DateTimeOffset at, params Fact[] facts) =>
        AppendAsync(new Slice(eventId, 0, after, [Entry(after + 1, at, facts)], IndexChanges.None));

    private async Task AppendAsync(Slice slice) => Assert.Equal(AppendOutcome.Committed, await Journal.AppendAsync(slice));

    public static Notification Sample(int number, NotificationKind kind = NotificationKind.WaitlistJoined, string? email = null, int? about = null)
    {
        var start = new DateTimeOffset(2040, 1, 1, 12, 0, 0, TimeSpan.Zero);
        var address = email ?? AddressOf(number);
        return new Notification(
            Notification.KeyOf(1, number, kind, address), kind, 1, number, start.AddYears(-10), new Recipient(null, address, "en"),
            new NotificationData(new EventFacts("Night", "", start, start.AddHours(3), "UTC"), about == 0 ? null : $"1-{about ?? number}", 1));
    }

    /// <summary>An offer whose time begins with its mail.</summary>
    public static Notification Offer(int number, int seconds)
    {
        var sample = Sample(number, NotificationKind.PlaceAvailable);
        return sample with { At = DateTimeOffset.UtcNow, Data = sample.Data with { RespondSeconds = seconds } };
    }

    public Mailer NewMailer() => new(
        Ledger, new MailComposer(services, NullLoggerFactory.Instance, Settings, Unsubscribe, Invitations, Verification),
        new SmtpTransport(Settings, TimeProvider.System),
        new SendingPolicy(Settings, TimeProvider.System, NotificationLimits.InFlightAtMost),
        new MailBackpressure(services.GetRequiredService<Silo.Journal.JournalMetrics>(), TimeProvider.System), Standings, Settings, NewMetrics(), Time,
        NullLogger<Mailer>.Instance);

    public NotificationMetrics NewMetrics() => new(services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());

    public Relay NewRelay(INotificationOutlet outlet) => new(Outbox, outlet, Time, NullLogger<Relay>.Instance);

    public Intake NewIntake(Mailer mailer) => new(Ledger, mailer, TimeProvider.System);

    public Reconciler NewReconciler(Mailer mailer) => new(Outbox, Ledger, NewIntake(mailer), mailer, Settings, Time, NullLogger<Reconciler>.Instance);

    /// <summary>Moves the ledger back in time: its leases and pauses go by the database's clock, which no test moves.</summary>
    public Task AgeAsync(TimeSpan by) => Database.ExecuteAsync("""
        update notifications set due_at = due_at - @by, claimed_until = claimed_until - @by, created_at = created_at - @by,
            settled_at = settled_at - @by, report_at = report_at - @by, refused_since = refused_since - @by
        """, ("by", (long)by.TotalMilliseconds));

    public Task<List<NotificationView>> AllAsync() => Ledger.ListAsync(new NotificationQuery(null, null, null, null), 100_000);

    public static Task EventuallyAsync(Func<Task<bool>> condition) => Seats.Testing.Eventually.TrueAsync(condition, TimeSpan.FromSeconds(60));

    public Task AllSettledAsync() => EventuallyAsync(async () => await Ledger.CountQueuedAsync(1) == 0);

    /// <summary>No mailer has a message in its hands: those that wait are put off.</summary>
    public Task NothingInFlightAsync() => EventuallyAsync(async () =>
    {
        const string claimed = "select count(*) from notifications where state = 'QUEUED' and claimed_until > 0";
        return (await Database.ReadAsync(claimed, row => row.GetInt64(0))).Single() == 0;
    });

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await services.DisposeAsync();
    }
}

/// <summary>Says what a test tells it, in place of the events.</summary>
internal sealed class KnownStandings : IStandings
{
    /// <summary>Why a notification is not true any more; null where it is.</summary>
    public Func<Notification, string?> WhyNot { get; set; } = _ => null;

    public Task<Standing> AskAsync(Notification notification) =>
        Task.FromResult(WhyNot(notification) is { } why ? Standing.Outdated(why) : Standing.True(notification));
}

/// <summary>An outlet that keeps what it is given, and fails when told to.</summary>
internal sealed class KeptOutlet : INotificationOutlet
{
    private readonly Lock gate = new();
    private readonly List<Notification> kept = [];

    /// <summary>Batches to take before the next one fails.</summary>
    public int FailAfter { get; set; } = int.MaxValue;

    public IReadOnlyList<Notification> Kept
    {
        get
        {
            lock (gate) return [.. kept];
        }
    }

    /// <summary>Takes only what this lets through; null for everything.</summary>
    public Func<Notification, bool>? HasRoom { get; set; }

    /// <summary>Events whose notifications the outlet fails with.</summary>
    public HashSet<long> Refused { get; } = [];

    public Task<IReadOnlyList<Notification>> PublishAsync(IReadOnlyList<Notification> notifications, CancellationToken stop)
    {
        lock (gate)
        {
            if (FailAfter-- <= 0 || notifications.Any(item => Refused.Contains(item.EventId))) throw new IOException("The outlet is down.");
            kept.AddRange(notifications.Where(item => HasRoom?.Invoke(item) != false));
            return Task.FromResult<IReadOnlyList<Notification>>([.. notifications.Where(item => HasRoom?.Invoke(item) == false)]);
        }
    }
}
