using Seats.Identity.Validation;

namespace Seats.Identity.Tests;

/// <summary>Tokens of another issuer, which is asked for its keys over the network.</summary>
public sealed class OtherIssuerTests
{
    [Fact]
    public async Task Person_IsNamedByIssuerAndSubject()
    {
        await using var issuer = new OtherIssuer();
        await issuer.StartAsync();
        await using var host = await HostAsync(issuer);
        var caller = await host.CallerOfAsync(issuer.TokenFor("ann", null, ("given_name", "Ann"), ("family_name", "Lee")));
        Assert.Equal($"{issuer.Address}#ann", caller!.Id);
        Assert.Equal(("Ann", "Lee"), (caller.FirstName, caller.LastName));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData("true", true)]
    [InlineData(false, false)]
    [InlineData("false", false)]
    [InlineData("yes", false)]
    [InlineData("", false)]
    [InlineData(1, false)]
    [InlineData(null, false)]
    [InlineData(new[] { true, false }, false)]
    public async Task Address_CountsAsVerified_OnlyWhenTheIssuerSaysTrue(object? said, bool verified)
    {
        await using var issuer = new OtherIssuer();
        await issuer.StartAsync();
        await using var host = await HostAsync(issuer);
        var token = said is null ? issuer.TokenFor("ann") : issuer.TokenFor("ann", null, ("email_verified", said));
        var caller = (await host.CallerOfAsync(token))!;
        Assert.Equal(verified ? ("ann@example.com", null) : (null, "ann@example.com"), (caller.Email, caller.UnverifiedEmail));
    }

    [Theory]
    [InlineData("ann\n")]
    [InlineData("a\0nn")]
    [InlineData("\u0085ann")]
    [InlineData("")]
    public async Task SubjectWithControlCharacters_NamesNobody(string subject)
    {
        await using var issuer = new OtherIssuer();
        await issuer.StartAsync();
        await using var host = await HostAsync(issuer);
        Assert.Null(await host.CallerOfAsync(issuer.TokenFor("ann", null, ("sub", subject))));
    }

    [Theory]
    [InlineData("seats:embedded", "true")]
    [InlineData("SEATS:Embedded", "true")]
    [InlineData("seats:embedded", true)]
    public async Task ClaimsThatThisProgramAdds_AreNotBelieved_WhenATokenBringsThem(string claim, object value)
    {
        await using var issuer = new OtherIssuer();
        await issuer.StartAsync();
        await using var host = await HostAsync(issuer);
        var caller = (await host.CallerOfAsync(issuer.TokenFor("ann", null, (claim, value))))!;
        Assert.Equal(($"{issuer.Address}#ann", null), (caller.Id, caller.Email));
    }

    [Fact]
    public async Task AfterAKeyRotation_TheFirstTokenWithTheNewKey_IsBelieved()
    {
        await using var issuer = new OtherIssuer();
        await issuer.StartAsync();
        await using var host = await HostAsync(issuer);
        Assert.NotNull(await host.CallerOfAsync(issuer.TokenFor("ann")));
        issuer.Rotate();
        Assert.NotNull(await host.CallerOfAsync(issuer.TokenFor("ann")));
    }

    [Fact]
    public async Task MadeUpKeys_DoNotFloodTheIssuer()
    {
        await using var issuer = new OtherIssuer();
        await issuer.StartAsync();
        await using var host = await HostAsync(issuer);
        Assert.NotNull(await host.CallerOfAsync(issuer.TokenFor("ann")));
        var before = issuer.Asked;
        var forged = Enumerable.Range(0, 8).Select(_ => issuer.TokenFor("ann", OtherIssuer.NewKey())).ToList();
        Assert.All(await Task.WhenAll(forged.Select(host.CallerOfAsync)), Assert.Null);
        // Long enough for the library's own pause between two questions to be over.
        await Task.Delay(TimeSpan.FromSeconds(1.2));
        Assert.Null(await host.CallerOfAsync(forged[0]));
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        Assert.Equal(1, issuer.Asked - before);
    }

    [Fact]
    public async Task IssuerThatIsAway_IsNotTheCallersFault_AndIsAskedAgain()
    {
        await using var issuer = new OtherIssuer();
        await using var host = await HostAsync(issuer);
        Assert.IsType<IssuerAwayException>(await host.FailureOfAsync(issuer.TokenFor("ann")));
        await issuer.StartAsync();
        await Testing.Eventually.TrueAsync(async () => await host.CallerOfAsync(issuer.TokenFor("ann")) is not null, TimeSpan.FromSeconds(60));
    }

    private static Task<IssuerHost> HostAsync(OtherIssuer issuer) => IssuerHost.StartAsync(null, "Production", ("Authentication:Authority", issuer.Address));
}
