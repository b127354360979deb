using Microsoft.EntityFrameworkCore;
using Seats.Testing;

namespace Seats.Identity.Tests.Accounts;

/// <summary>People are found by what others remember of them, on every database.</summary>
public sealed class AccountListTests
{
    private static readonly Registration Olga = new("olga", "olga@müller.example", "password123", "Ольга", "Mu\u0308ller", null);

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task People_AreFoundWithoutRegardToCaseAndAccents(string database)
    {
        await using var host = await Databases.StartAsync(database);
        await host.RegisterAsync(Olga);
        await host.RegisterAsync(Olga with { Username = "lukasz", Email = "l_1@example.com", FirstName = "Łukasz", LastName = "100%" });
        foreach (var query in new[] { "Müller", "MULLER", "mu\u0308ller", "Ольга", "ольга müller", "olga@müller", "xn--mller", "OLG" })
            Assert.Equal(["olga"], await FindAsync(host, query));
        foreach (var query in new[] { "lukasz", "ŁUKASZ", "100%", "l_1" }) Assert.Equal(["lukasz"], await FindAsync(host, query));
        foreach (var query in new[] { "10_%", "nobody" }) Assert.Empty(await FindAsync(host, query));
        foreach (var query in new[] { "", " ", "\0" }) Assert.Equal(2, (await FindAsync(host, query)).Count);
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task WhoChangesTheirName_IsFoundByTheNewOne(string database)
    {
        await using var host = await Databases.StartAsync(database);
        var made = (await host.RegisterAsync(Olga)).Account!;
        await host.Accounts.UpdateProfileAsync(made.Id, new ProfileChange(null, "Ångström", null), CancellationToken.None);
        Assert.Equal(["olga"], await FindAsync(host, "angstrom"));
        Assert.Empty(await FindAsync(host, "ольга muller"));
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task AccountsOfTheVersionBefore_AreFoundAfterTheNextStart(string database)
    {
        await using var host = await Databases.StartAsync(database);
        var first = (await host.RegisterAsync(Olga)).Account!;
        var second = (await host.RegisterAsync(Olga with { Username = "second", Email = "second@example.com" })).Account!;
        await host.OnDatabaseAsync(async (_, rows) =>
        {
            // As it was written: two spellings of one address could have an account each, and nobody was asked to prove any.
            await rows.Verifications.ExecuteDeleteAsync();
            await rows.Users.ExecuteUpdateAsync(set => set.SetProperty(row => row.Search, "").SetProperty(row => row.SearchEdition, 0));
            await rows.Users.Where(row => row.Id == first.Id).ExecuteUpdateAsync(set =>
                set.SetProperty(row => row.Email, "olga@müller.example").SetProperty(row => row.NormalizedEmail, "OLGA@MÜLLER.EXAMPLE"));
            return await rows.Users.Where(row => row.Id == second.Id).ExecuteUpdateAsync(set =>
                set.SetProperty(row => row.Email, "olga@xn--mller-kva.example").SetProperty(row => row.NormalizedEmail, "OLGA@XN--MLLER-KVA.EXAMPLE"));
        });
        await using var upgraded = await host.StartBesideAsync();
        await Eventually.TrueAsync(async () => (await FindAsync(upgraded, "muller")).SequenceEqual(["olga", "second"]), TimeSpan.FromSeconds(30));
        Assert.NotNull(await upgraded.SignInAsync("olga", "password123"));
        Assert.Equal(
            ["olga@xn--mller-kva.example", "olga@xn--mller-kva.example"],
            (await upgraded.Accounts.ListAsync(null, 10, null, CancellationToken.None)).Items.Select(account => account.Email));
        await upgraded.Verifications.AskAgainAsync(second.Id);
        Assert.Equal("second", (await upgraded.ProveAsync("olga@xn--mller-kva.example")).Username);
        Assert.Equal(second.Id, (await upgraded.CallerOfAsync((await upgraded.SignInAsync("olga@müller.example", "password123"))!.AccessToken))!.Id);
    }

    [Theory]
    [InlineData("olga@xn--mller-kva.example")]
    [InlineData(" OLGA@MÜLLER.example ")]
    [InlineData("olga@mu\u0308ller.example")]
    public async Task Spellings_OfOneAddress_AreOneAccount(string spelling)
    {
        await using var host = await IssuerHost.StartAsync();
        var made = (await host.RegisterAsync(Olga)).Account!;
        await host.ProveAsync("olga@xn--mller-kva.example");
        Assert.True((await host.RegisterAsync(Olga with { Username = "other", Email = spelling })).IsTaken);
        var caller = await host.CallerOfAsync((await host.SignInAsync(spelling, "password123"))!.AccessToken);
        Assert.Equal((made.Id, "olga@xn--mller-kva.example"), (caller!.Id, caller.Email));
    }

    [Theory]
    [InlineData("\u212aarl@example.com", "address.letters")]
    [InlineData("jürgen@example.com", "address.letters")]
    [InlineData("karl@\u212aexample.com", "address")]
    public async Task LookAlikes_OfAnAddress_AreRefused(string address, string code)
    {
        await using var host = await IssuerHost.StartAsync();
        await host.RegisterAsync(Olga with { Email = "karl@kexample.com" });
        var error = Assert.Single((await host.RegisterAsync(Olga with { Username = "other", Email = address })).Errors);
        Assert.Equal(("email", code), (error.Member, error.Code));
        Assert.Null(await host.SignInAsync(address, "password123"));
    }

    private static async Task<IReadOnlyList<string>> FindAsync(IssuerHost host, string query) =>
        [.. (await host.Accounts.ListAsync(query, 10, null, CancellationToken.None)).Items.Select(account => account.Username)];
}
