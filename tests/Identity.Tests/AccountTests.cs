namespace Seats.Identity.Tests;

/// <summary>Accounts: who may be made, and who gets in.</summary>
public sealed class AccountTests
{
    private static readonly Registration John = new("john.doe", "john.doe@example.com", "password123", "John", "Doe", null);

    [Theory]
    [InlineData("jo", "username")]
    [InlineData("john doe", "username")]
    [InlineData(null, "username")]
    public async Task Register_WithABadUserName_NamesTheMember(string? username, string member) => await RefusedAsync(John with { Username = username }, member);

    [Theory]
    [InlineData("nobody")]
    [InlineData("a@b@c.example")]
    [InlineData("a\r\n@example.com")]
    [InlineData("\"a\"@example.com")]
    public async Task Register_WithABadAddress_NamesTheMember(string email) => await RefusedAsync(John with { Email = email }, "email");

    [Fact]
    public async Task Register_WithAShortPassword_NamesTheMember() => await RefusedAsync(John with { Password = "1234567" }, "password");

    [Fact]
    public async Task Register_OfTheSameNameAtOnce_MakesOneAccount()
    {
        await using var host = await IssuerHost.StartAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => host.RegisterAsync(John))));
        Assert.Single(outcomes, outcome => outcome.Account is not null);
        Assert.Equal(5, outcomes.Count(outcome => outcome.IsTaken));
        Assert.True((await host.RegisterAsync(John with { Username = "JOHN.DOE", Email = "other@example.com" })).IsTaken);
    }

    [Fact]
    public async Task SignIn_AfterTenFailures_IsLockedForAWhile_ForTheAddressTheyCameFrom()
    {
        await using var host = await IssuerHost.StartAsync();
        await host.RegisterAsync(John);
        for (var attempt = 0; attempt < 10; attempt++) Assert.Null(await host.SignInAsync("john.doe", "wrong-password"));
        Assert.Null(await host.SignInAsync("john.doe", "password123"));
        Assert.Null(await host.SignInAsync("nobody", "password123"));
        // The owner is somewhere else.
        Assert.NotNull(await host.SignInAsync("john.doe", "password123", from: "192.0.2.2"));
        host.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(await host.SignInAsync("john.doe", "password123"));
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("Boss")]
    public async Task NameOfTheAdministrator_IsNobodysToRegister(string username)
    {
        await using var host = await IssuerHost.StartAsync(null, "Production", ("Admin:Username", "boss"));
        Assert.True((await host.RegisterAsync(John with { Username = username })).IsTaken);
    }

    [Theory]
    [InlineData("password")]
    [InlineData("12345678")]
    [InlineData("Qwertyuiop")]
    [InlineData("john.doe")]
    [InlineData("John.Doe@example.com")]
    public async Task PasswordThatEverybodyWouldTryFirst_IsRefused(string password)
    {
        await using var host = await IssuerHost.StartAsync();
        var outcome = await host.RegisterAsync(John with { Password = password });
        Assert.Equal(("password", "guessed"), Assert.Single(outcome.Errors) is var error ? (error.Member, error.Code) : default);
    }

    [Fact]
    public Task Nodes_StartingAtOnceOnSqlite_ShareOneOfEverything() => StartTenAsync();

    [PostgresFact]
    public async Task Nodes_StartingAtOnceOnPostgres_ShareOneOfEverything() =>
        await StartTenAsync(("ConnectionStrings:Seats", await PostgresServer.CreateDatabaseAsync()));

    private static async Task StartTenAsync(params (string, string)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("seats-identity-").FullName;
        var hosts = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => IssuerHost.StartAsync(folder, "Development", settings))));
        Assert.Single(hosts.Select(host => host.Keys.Signing.KeyId).Distinct());
        Assert.Single((await hosts[0].Accounts.ListAsync(null, 100, null, CancellationToken.None)).Items, account => account.Roles.Contains("ADMIN"));
        foreach (var host in hosts) await host.DisposeAsync();
    }

    [Fact]
    public async Task FirstAdministrator_ComesFromTheConfiguration()
    {
        await using var host = await IssuerHost.StartAsync(null, "Production", ("Admin:Username", "root"), ("Admin:Password", "long-and-own-9"));
        var tokens = await host.SignInAsync("root", "long-and-own-9");
        var caller = (await host.CallerOfAsync(tokens!.AccessToken))!;
        Assert.True(caller.IsAdmin);
        Assert.Equal("root@localhost.invalid", caller.Email);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("password123")]
    [InlineData("short")]
    public async Task WellKnownAdministratorPassword_OutsideDevelopment_StopsTheStart(string password) =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => IssuerHost.StartAsync(null, "Production", ("Admin:Username", "admin"), ("Admin:Password", password)));

    [Fact]
    public async Task PlainHttpAuthority_BeyondLoopback_StopsTheStart()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => IssuerHost.StartAsync(null, "Production", ("Authentication:Authority", "http://issuer.example.com")));
        await using var loopback = await IssuerHost.StartAsync(null, "Production", ("Authentication:Authority", "http://127.0.0.1:9/realms/seats"));
        Assert.False(loopback.Accounts.IsAvailable);
    }

    private static async Task RefusedAsync(Registration registration, string member)
    {
        await using var host = await IssuerHost.StartAsync();
        var outcome = await host.RegisterAsync(registration);
        Assert.Equal(member, Assert.Single(outcome.Errors).Member);
    }
}
