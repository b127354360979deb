using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Seats.Testing;

namespace Seats.Identity.Tests;

/// <summary>An OIDC issuer on loopback: discovery and keys over HTTP, and tokens for whoever the test names.</summary>
internal sealed class OtherIssuer : IAsyncDisposable
{
    private readonly int port = FreePort.Next();
    private RsaSecurityKey key = NewKey();
    private WebApplication? app;
    private int asked;

    public string Address => $"http://127.0.0.1:{port}/realms/seats";

    /// <summary>How often the keys were fetched.</summary>
    public int Asked => Volatile.Read(ref asked);

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapGet("/realms/seats/.well-known/openid-configuration", () => Results.Json(new { issuer = Address, jwks_uri = $"{Address}/keys" }));
        app.MapGet("/realms/seats/keys", () =>
        {
            Interlocked.Increment(ref asked);
            var jwk = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(key.Rsa.ExportParameters(false)) { KeyId = key.KeyId });
            return Results.Json(new { keys = new[] { new { kty = jwk.Kty, use = "sig", alg = "RS256", kid = jwk.Kid, n = jwk.N, e = jwk.E } } });
        });
        await app.StartAsync();
    }

    /// <summary>From now on tokens are signed with another key.</summary>
    public void Rotate() => key = NewKey();

    public string TokenFor(string subject, SecurityKey? signedWith = null, params (string Claim, object Value)[] more)
    {
        var claims = new Dictionary<string, object> { ["sub"] = subject, ["typ"] = "Bearer", ["email"] = $"{subject}@example.com" };
        foreach (var (claim, value) in more) claims[claim] = value;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = "seats",
            Expires = DateTime.UtcNow.AddMinutes(5),
            Claims = claims,
            SigningCredentials = new SigningCredentials(signedWith ?? key, SecurityAlgorithms.RsaSha256),
        });
    }

    public static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("N") };

    public async ValueTask DisposeAsync()
    {
        if (app is null) return;
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
