using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Seats.Identity.Tests;

/// <summary>Tokens: what they say, and which ones are believed.</summary>
public sealed class TokenTests
{
    private static readonly Registration John = new("john.doe", "John.Doe@example.com", "password123", "John", "Doe", "fr-FR");

    [Fact]
    public async Task AccessToken_SaysWhoAndWhat_AsKeycloakWould()
    {
        await using var host = await IssuerHost.StartAsync();
        var account = (await host.RegisterAsync(John)).Account!;
        await host.ProveAsync("john.doe@example.com");
        var token = new JsonWebToken((await host.SignInAsync("john.doe@example.com", "password123"))!.AccessToken);
        Assert.Equal(("at+jwt", "RS256", account.Id), (token.Typ, token.Alg, token.Subject));
        Assert.Equal("""{"roles":["USER"]}""", token.GetPayloadValue<JsonElement>("realm_access").GetRawText());
        Assert.Equal(("john.doe@example.com", "fr"), (token.GetPayloadValue<string>("email"), token.GetPayloadValue<string>("locale")));
        Assert.True(token.GetPayloadValue<bool>("email_verified"));
        var caller = (await host.CallerOfAsync(token.EncodedToken))!;
        Assert.Equal((account.Id, "john.doe@example.com", false), (caller.Id, caller.Email, caller.IsAdmin));
    }

    [Fact]
    public async Task TokenThatDoesNotSayWhetherTheAddressWasProved_ProvesNothing()
    {
        await using var host = await IssuerHost.StartAsync();
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "http://localhost:8080/",
            Audience = "seats",
            TokenType = "at+jwt",
            Expires = host.Time.GetUtcNow().UtcDateTime.AddMinutes(5),
            Claims = new Dictionary<string, object> { ["sub"] = "john", ["email"] = "john.doe@example.com" },
            SigningCredentials = CredentialsFor("good", host),
        });
        var caller = (await host.CallerOfAsync(token))!;
        Assert.Equal((null, "john.doe@example.com"), (caller.Email, caller.UnverifiedEmail));
    }

    [Fact]
    public async Task Token_FromBeforeARestart_IsStillGood()
    {
        await using var before = await IssuerHost.StartAsync();
        await before.RegisterAsync(John);
        var tokens = (await before.SignInAsync("john.doe", "password123"))!;
        await using var after = await IssuerHost.StartAsync(before.Folder);
        Assert.NotNull(await after.CallerOfAsync(tokens.AccessToken));
        Assert.NotNull((await after.Accounts.RefreshAsync(tokens.RefreshToken)).Tokens);
    }

    [Theory]
    [InlineData("good", true)]
    [InlineData("issuer", false)]
    [InlineData("audience", false)]
    [InlineData("type", false)]
    [InlineData("expired", false)]
    [InlineData("never expires", false)]
    [InlineData("not yet", false)]
    [InlineData("other key", false)]
    [InlineData("none", false)]
    [InlineData("HS256 with the public key", false)]
    public async Task ForgedToken_IsNotBelieved(string forgery, bool believed)
    {
        await using var host = await IssuerHost.StartAsync();
        var now = host.Time.GetUtcNow().UtcDateTime;
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = forgery == "issuer" ? "http://evil.example.com/" : "http://localhost:8080/",
            Audience = forgery == "audience" ? "other" : "seats",
            TokenType = forgery == "type" ? "JWT" : "at+jwt",
            NotBefore = forgery == "not yet" ? now.AddMinutes(2) : now.AddHours(-1),
            IssuedAt = now.AddHours(-1),
            Expires = forgery == "expired" ? now.AddSeconds(-31) : now.AddMinutes(5),
            Claims = new Dictionary<string, object> { ["sub"] = "john" },
            SigningCredentials = CredentialsFor(forgery, host),
        };
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        if (forgery == "never expires") descriptor.Expires = null;
        Assert.Equal(believed, await host.CallerOfAsync(handler.CreateToken(descriptor)) is not null);
    }

    [Fact]
    public async Task Token_IsNotBelievedLongerThanItLives_ThoughItIsRemembered()
    {
        await using var host = await IssuerHost.StartAsync();
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = "http://localhost:8080/",
            Audience = "seats",
            TokenType = "at+jwt",
            Expires = host.Time.GetUtcNow().UtcDateTime.AddSeconds(40),
            Claims = new Dictionary<string, object> { ["sub"] = "john" },
            SigningCredentials = CredentialsFor("good", host),
        };
        var token = new JsonWebTokenHandler().CreateToken(descriptor);
        Assert.NotNull(await host.CallerOfAsync(token));
        host.Time.Advance(TimeSpan.FromSeconds(39));
        Assert.NotNull(await host.CallerOfAsync(token));
        host.Time.Advance(TimeSpan.FromSeconds(40));
        Assert.Null(await host.CallerOfAsync(token));
    }

    private static SigningCredentials? CredentialsFor(string forgery, IssuerHost host) => forgery switch
    {
        "none" => null,
        "other key" => new SigningCredentials(new RsaSecurityKey(RSA.Create(2048)) { KeyId = host.Keys.Signing.KeyId }, SecurityAlgorithms.RsaSha256),
        "HS256 with the public key" => new SigningCredentials(
            new SymmetricSecurityKey(host.Keys.Signing.Rsa.ExportSubjectPublicKeyInfo()) { KeyId = host.Keys.Signing.KeyId }, SecurityAlgorithms.HmacSha256),
        _ => new SigningCredentials(host.Keys.Signing, SecurityAlgorithms.RsaSha256),
    };
}
