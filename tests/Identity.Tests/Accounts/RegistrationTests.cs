using Microsoft.EntityFrameworkCore;

namespace Seats.Identity.Tests.Accounts;

/// <summary>A registration that runs again makes no second account and does no harm.</summary>
public sealed class RegistrationTests
{
    private static readonly Registration John = new("john.doe", "john.doe@example.com", "password123", "John", "Doe", null);

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task SameRunAgain_OnAnotherNode_FindsTheAccountOfTheFirst(string database)
    {
        await using var host = await Databases.StartAsync(database);
        await using var beside = await host.StartBesideAsync();
        var run = Guid.NewGuid();
        var made = (await host.RegisterAsync(John, run)).Account!;
        Assert.Equivalent(made, (await beside.RegisterAsync(John, run)).Account!);
        Assert.Equivalent(made, (await host.Accounts.FindAsync(made.Id, CancellationToken.None))!);
        Assert.True((await beside.RegisterAsync(John, Guid.NewGuid())).IsTaken);
        Assert.True((await beside.RegisterAsync(John)).IsTaken);
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task SameRunTwiceAtOnce_OnTwoNodes_MakesOneAccountForBoth(string database)
    {
        await using var host = await Databases.StartAsync(database);
        await using var beside = await host.StartBesideAsync();
        var run = Guid.NewGuid();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(number =>
            Task.Run(() => (number % 2 == 0 ? host : beside).RegisterAsync(John, run))));
        Assert.Single(outcomes.Select(outcome => outcome.Account!.Id).Distinct());
        Assert.Equal(1, await host.OnDatabaseAsync((_, rows) => rows.Users.CountAsync()));
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task AccountWithoutItsRole_IsNotMadeAtAll(string database)
    {
        await using var host = await Databases.StartAsync(database);
        await host.OnDatabaseAsync((_, rows) => rows.Roles.ExecuteDeleteAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.RegisterAsync(John));
        Assert.Equal(0, await host.OnDatabaseAsync((_, rows) => rows.Users.CountAsync()));
    }
}
