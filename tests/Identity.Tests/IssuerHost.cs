using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Seats.Identity.Addresses;
using Seats.Identity.Issuer;
using Seats.Identity.Storage;

namespace Seats.Identity.Tests;

/// <summary>The embedded issuer on a data folder, without a network.</summary>
internal sealed class IssuerHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private IssuerHost(WebApplication app, string folder, FakeTimeProvider time, (string, string)[] settings) =>
        (this.app, Folder, Time, Settings) = (app, folder, time, settings);

    public string Folder { get; }

    public (string Key, string Value)[] Settings { get; }

    public IServiceProvider Services => app.Services;

    /// <summary>Where the issuer's own endpoints are.</summary>
    public string Url => app.Urls.Single();

    public FakeTimeProvider Time { get; }

    public IAccounts Accounts => app.Services.GetRequiredService<IAccounts>();

    public Verifications Verifications => app.Services.GetRequiredService<Verifications>();

    public IdentityKeys Keys => app.Services.GetRequiredService<IdentityKeys>();

    public static Task<IssuerHost> StartAsync(
        string? folder = null, string environment = "Production", params (string Key, string Value)[] settings) =>
        StartAsync(folder, environment, new FakeTimeProvider(DateTimeOffset.UtcNow), settings);

    /// <summary>Another node on the same database, by the same clock.</summary>
    public Task<IssuerHost> StartBesideAsync() => StartAsync(Folder, "Production", Time, Settings);

    private static async Task<IssuerHost> StartAsync(
        string? folder, string environment, FakeTimeProvider time, (string Key, string Value)[] settings)
    {
        folder ??= Directory.CreateTempSubdirectory("seats-identity-").FullName;
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        foreach (var (key, value) in settings) builder.Configuration[key] = value;
        builder.Configuration["PublicUrl"] = "http://localhost:8080";
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSeatsIdentity(builder.Configuration, folder);
        var app = builder.Build();
        await app.StartAsync();
        return new IssuerHost(app, folder, time, settings);
    }

    public Task<RegisterOutcome> RegisterAsync(Registration registration, Guid? run = null) =>
        Accounts.RegisterAsync(registration, run, CancellationToken.None);

    /// <summary>Null when name and password do not match.</summary>
    public async Task<Tokens?> SignInAsync(string username, string password, string from = "192.0.2.1")
    {
        var outcome = await Accounts.SignInAsync(new SignInAttempt(username, password, from), CancellationToken.None);
        Assert.Null(outcome.RetryAfterSeconds);
        return outcome.Tokens;
    }

    /// <summary>Proves the address that an account was asked to prove last, as whoever reads its mail does.</summary>
    public async Task<ProofOutcome> ProveAsync(string email) => await Verifications.ProveAsync((await AskedAsync(email))[^1].Id);

    /// <summary>What was asked of an address, the oldest first.</summary>
    public Task<List<VerificationRow>> AskedAsync(string email) => OnDatabaseAsync((_, rows) =>
        rows.Verifications.AsNoTracking().Where(row => row.Email == email).OrderBy(row => row.At).ToListAsync());

    /// <summary>Changes the database behind the issuer's back.</summary>
    public async Task<T> OnDatabaseAsync<T>(Func<IServiceProvider, IdentityDb, Task<T>> use)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<IdentityDb>());
    }

    /// <summary>Whom the API takes a token for; null when it takes it for nothing.</summary>
    public async Task<Caller?> CallerOfAsync(string token) => await AuthenticateAsync(token) is { Succeeded: true } result ? Caller.From(result.Principal) : null;

    /// <summary>Why the API does not take a token.</summary>
    public async Task<Exception?> FailureOfAsync(string token) => (await AuthenticateAsync(token)).Failure;

    private async Task<AuthenticateResult> AuthenticateAsync(string token)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Headers.Authorization = $"Bearer {token}";
        return await context.AuthenticateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
