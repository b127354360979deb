using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Seats.Core;
using Seats.Testing;

namespace Seats.Api.Tests.Accounts;

/// <summary>Where another issuer keeps the accounts, there is nothing to prove here.</summary>
public sealed class ElsewhereTests : IAsyncLifetime
{
    private readonly string url = $"http://127.0.0.1:{FreePort.Next()}";
    private WebApplication app = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration["Authentication:Authority"] = "http://127.0.0.1:9/realms/seats";
        builder.WebHost.UseUrls(url);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(DispatchProxy.Create<IGrainFactory, FakeCluster.Proxy>());
        builder.AddSeatsApi(Directory.CreateTempSubdirectory("seats-api-").FullName);
        app = builder.Build();
        app.MapSeatsApi();
        await app.StartAsync();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task CallsThatProveAnAddress_SayThatAccountsAreElsewhere()
    {
        var client = new Client(url, null);
        (await client.GetAsync("/auth/verify?token=nonsense")).Must(404, "auth.elsewhere");
        (await client.PostAsync("/auth/verify", new { token = "nonsense" })).Must(404, "auth.elsewhere");
        (await client.SendAsync("POST", "/auth/verify", "token=nonsense", ("Content-Type", "application/x-www-form-urlencoded")))
            .Must(404, "auth.elsewhere");
        (await client.PostAsync("/auth/verify/resend", new { email = "ann@example.com" })).Must(404, "auth.elsewhere");
    }
}
