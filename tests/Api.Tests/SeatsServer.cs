using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Seats.Silo.Hosting;
using Seats.Silo.Storage;
using Seats.Testing;
using Seats.Testing.Smtp;

namespace Seats.Api.Tests;

/// <summary>Silo, issuer and API in this process over SQLite, spoken to over HTTP as anybody would; and the people of the tests.</summary>
public sealed class SeatsServer : IAsyncLifetime
{
    private const string Password = "correct-horse-9";
    private WebApplication app = null!;
    private string url = "";
    private string data = "";

    public string Url => url;

    /// <summary>Where everything is kept.</summary>
    public string Data => data;

    public IServiceProvider Services => app.Services;

    /// <summary>Takes all mail, but for addresses that begin with <c>refused</c>.</summary>
    public ScriptedSmtp Mail { get; } = new() { Script = (recipient, _) => recipient.StartsWith("refused", StringComparison.Ordinal) ? SmtpAct.RefuseRecipientForGood : SmtpAct.Accept };

    /// <summary>Events that were called, however they answered.</summary>
    internal CalledEvents Called { get; } = new();

    internal OpenApiCheck? Document { get; private set; }

    internal Client Anonymous { get; private set; } = null!;
    internal Client Owner { get; private set; } = null!;
    internal Client John { get; private set; } = null!;
    internal Client Jane { get; private set; } = null!;
    internal Client Admin { get; private set; } = null!;

    internal IEnumerable<RouteEndpoint> Endpoints =>
        app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    public async Task InitializeAsync()
    {
        url = $"http://127.0.0.1:{FreePort.Next()}";
        data = Directory.CreateTempSubdirectory("seats-api-").FullName;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration["urls"] = url;
        builder.Configuration["Admin:Username"] = "root";
        builder.Configuration["Admin:Password"] = Password;
        builder.Configuration["Smtp:Host"] = "127.0.0.1";
        builder.Configuration["Smtp:Port"] = Mail.Port.ToString();
        builder.Configuration["Smtp:Security"] = "None";
        builder.Configuration["Mail:BackoffSeconds"] = "0.01";
        builder.WebHost.UseSetting("urls", url);
        builder.Logging.UseSeatsLogging(builder.Configuration);
        builder.AddSeatsSilo(SeatsStorage.InFolder(data), new SiloPlace(false, IPAddress.Loopback, FreePort.Next(), FreePort.Next(), "test"), Path.Combine(data, "mail"));
        builder.AddSeatsApi(data);
        builder.Services.AddSingleton<IIncomingGrainCallFilter>(Called);
        app = builder.Build();
        app.MapSeatsApi();
        await app.StartAsync();
        Document = new OpenApiCheck(JsonDocument.Parse((await new Client(url, null).GetAsync("/openapi/v1.json")).Must(200).Body).RootElement);
        Anonymous = new Client(url, null, () => Document);
        Owner = await RegisterAsync("owner");
        John = await RegisterAsync("john.doe");
        Jane = await RegisterAsync("jane.doe");
        Admin = await SignInAsync("root");
    }

    public async Task DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await Mail.DisposeAsync();
    }

    /// <summary>Somebody who proved their address, unless no mail can reach it.</summary>
    internal async Task<Client> RegisterAsync(string username, string? locale = null)
    {
        var email = $"{username}@example.com";
        var client = await RegisterUnprovedAsync(username, email, locale);
        if (username.StartsWith("refused", StringComparison.Ordinal)) return client;
        (await Anonymous.PostAsync("/auth/verify", new { token = await TokenMailedAsync(username, email) })).Must(200);
        return await SignInAsync(username);
    }

    /// <summary>Somebody who says that an address is theirs.</summary>
    internal async Task<Client> RegisterUnprovedAsync(string username, string email, string? locale = null)
    {
        var person = new { username, email, password = Password, firstName = "A", lastName = "B", locale };
        (await Anonymous.PostAsync("/auth/register", person)).Must(201);
        return await SignInAsync(username);
    }

    /// <summary>The token of the newest mail that asks an account to prove an address, as its person reads it.</summary>
    internal async Task<string> TokenMailedAsync(string username, string email)
    {
        await Eventually.TrueAsync(() => Task.FromResult(ProofMails(username, email).Count > 0), TimeSpan.FromSeconds(30));
        return Regex.Match(ProofMails(username, email)[^1], "token=([A-Za-z0-9_.-]+)").Groups[1].Value;
    }

    /// <summary>The mails that asked an account to prove an address, as text.</summary>
    internal IReadOnlyList<string> ProofMails(string username, string email) =>
    [
        .. Mail.Taken.Where(mail => mail.Header("X-Seats-Kind") == "VERIFY_EMAIL")
            .Select(mail => MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(mail.Content))))
            .Where(mail => mail.To.Mailboxes.Single().GetAddress(idnEncode: true) == email).Select(mail => mail.TextBody ?? "")
            .Where(text => new[] { $"“{username}”", $"«\u00a0{username}\u00a0»" }.Any(name => text.Contains(name, StringComparison.Ordinal))),
    ];

    internal async Task<Client> SignInAsync(string username)
    {
        var tokens = await Anonymous.PostAsync("/auth/login", new { username, password = Password });
        Assert.Equal(200, tokens.Status);
        return new Client(url, tokens["access_token"].GetString(), () => Document);
    }

    internal T Service<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>Runs SQL on the journal's file, or another one, behind the back of everybody.</summary>
    public async Task TamperAsync(string sql, string file = "seats.db")
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(data, file)}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>An event of the owner's.</summary>
    public async Task<long> EventAsync(int maxCapacity = 20, string? visibility = null, bool? autoPromote = null)
    {
        var made = await Owner.PostAsync("/events", new { title = "First night", eventDate = "2030-06-15T20:00:00", maxCapacity, visibility, autoPromote });
        Assert.Equal(201, made.Status);
        return made["id"].GetInt64();
    }
}

/// <summary>All tests of the API share one server.</summary>
[CollectionDefinition(Name)]
public sealed class SharedServer : ICollectionFixture<SeatsServer>
{
    public const string Name = "server";
}
