using System.Net;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Npgsql;
using Seats.Api;
using Seats.Core;
using Seats.Grains.Abstractions;
using Seats.Identity.Issuer;
using Seats.Silo.Hosting;
using Seats.Silo.Storage;
using Seats.Testing.Postgres;

namespace Seats.Bench;

/// <summary>Silo and API in this process over a private Postgres, with the endpoints that they are compared to.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly PostgresServer postgres;

    private BenchServer(WebApplication app, PostgresServer postgres, string connection, int port) =>
        (this.app, this.postgres, Connection, Port) = (app, postgres, connection, port);

    public string Connection { get; }
    public int Port { get; }
    public IServiceProvider Services => app.Services;
    public IGrainFactory Grains => app.Services.GetRequiredService<IGrainFactory>();

    public static async Task<BenchServer> StartAsync(params (string Key, string Value)[] settings)
    {
        var postgres = await PostgresServer.StartAsync();
        var connection = await postgres.CreateAsync();
        var data = Directory.CreateTempSubdirectory("seats-bench-").FullName;
        const int port = 18080;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration["ConnectionStrings:Seats"] = connection;
        builder.Configuration["urls"] = $"http://127.0.0.1:{port}";
        foreach (var (key, value) in settings) builder.Configuration[key] = value;
        builder.WebHost.UseSetting("urls", $"http://127.0.0.1:{port}");
        builder.Logging.UseSeatsLogging(builder.Configuration);
        builder.Logging.AddFilter("Seats", LogLevel.Warning);
        builder.AddSeatsSilo(SeatsStorage.OnPostgres(connection), new SiloPlace(false, IPAddress.Loopback, 18111, 18112, "bench"), Path.Combine(Path.GetTempPath(), "seats-bench-mail"));
        builder.AddSeatsApi(data);
        var app = builder.Build();
        app.MapSeatsApi();
        var server = new BenchServer(app, postgres, connection, port);
        await Peers.MapAsync(app, connection);
        await app.StartAsync();
        return server;
    }

    /// <summary>An event made by a person of its own.</summary>
    public async Task<long> CreateEventAsync(int capacity, Func<EventSettings, EventSettings>? change = null)
    {
        var stamp = Stamp(Owner);
        var id = await Grains.GetGrain<IDirectoryGrain>(0).AllocateEventId(stamp.Id);
        var settings = new EventSettings { Title = "Bench", StartsAt = DateTimeOffset.UtcNow.AddDays(30), Capacity = capacity, PlacesPerPerson = capacity };
        var reply = await Grains.GetGrain<IEventGrain>(id).Create(stamp, change?.Invoke(settings) ?? settings);
        return reply.Refusal is null ? id : throw new InvalidOperationException($"{reply.Refusal.Status}");
    }

    public static Requester Owner { get; } = new("owner", "owner@example.com", false);

    public static CommandStamp Stamp(Requester by) => new(Guid.NewGuid(), 0, false, by);

    /// <summary>An access token for a person, signed by the server's own issuer.</summary>
    public string TokenFor(string person) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Services.GetRequiredService<IssuerOptions>().Issuer.AbsoluteUri,
        Audience = IssuerOptions.DefaultAudience,
        TokenType = "at+jwt",
        Expires = DateTime.UtcNow.AddHours(1),
        Claims = new Dictionary<string, object>
        {
            ["sub"] = person,
            ["email"] = $"{person}@example.com",
            ["email_verified"] = true,
            ["realm_access"] = new Dictionary<string, object> { ["roles"] = new[] { "USER" } },
        },
        SigningCredentials = new SigningCredentials(Services.GetRequiredService<IdentityKeys>().Signing, SecurityAlgorithms.RsaSha256),
    });

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await postgres.DisposeAsync();
    }
}
