using Microsoft.EntityFrameworkCore;
using Seats.Identity.Addresses;
using Seats.Identity.Storage;
using Seats.Testing;

namespace Seats.Identity.Tests.Addresses;

/// <summary>Whose address is whose: the account's that proved it, and nobody's before.</summary>
public sealed class VerificationTests
{
    private const string Email = "john.doe@example.com";
    private static readonly Registration John = new("john.doe", Email, "password123", "John", "Doe", "fr");
    private static readonly Registration Stranger = John with { Username = "stranger" };

    public static TheoryData<string> Stores() => Databases.All();

    [Theory, MemberData(nameof(Stores))]
    public async Task Tokens_SayThatTheAddressIsUnproved_UntilItIsProved_AndAfterARefreshThatItIs(string database)
    {
        await using var host = await Databases.StartAsync(database);
        Assert.False((await host.RegisterAsync(John)).Account!.EmailVerified);
        var tokens = (await host.SignInAsync("john.doe", "password123"))!;
        var before = (await host.CallerOfAsync(tokens.AccessToken))!;
        Assert.Equal((null, Email), (before.Email, before.UnverifiedEmail));
        Assert.Null(await host.SignInAsync(Email, "password123"));

        Assert.Equal(new ProofOutcome(Email, "john.doe"), await host.ProveAsync(Email));
        var fresh = (await host.Accounts.RefreshAsync(tokens.RefreshToken)).Tokens!;
        var after = (await host.CallerOfAsync(fresh.AccessToken))!;
        Assert.Equal((Email, null), (after.Email, after.UnverifiedEmail));
        Assert.NotNull(await host.SignInAsync("JOHN.DOE@example.com", "password123"));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Registration_AsksForProof_OnceHoweverOftenItRuns(string database)
    {
        await using var host = await Databases.StartAsync(database);
        var run = Guid.NewGuid();
        var account = (await host.RegisterAsync(John, run)).Account!;
        await host.RegisterAsync(John, run);
        var mail = Assert.Single(await host.Verifications.ListUnsentAsync(CancellationToken.None));
        Assert.Equal((account.Id, "john.doe", Email, "fr"), (mail.AccountId, mail.Username, mail.Email, mail.Locale));
        Assert.Equal(TimeSpan.FromHours(24), mail.Until - mail.At);
        await host.Verifications.HandedOverAsync([mail.Id]);
        Assert.Empty(await host.Verifications.ListUnsentAsync(CancellationToken.None));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Link_IsGoodOnce_AndForADay(string database)
    {
        await using var host = await Databases.StartAsync(database);
        await host.RegisterAsync(John);
        Assert.Equal(ProofOutcome.Invalid, await host.Verifications.ProveAsync(Guid.NewGuid()));
        var asked = Assert.Single(await host.AskedAsync(Email));
        await AgeAsync(host, TimeSpan.FromHours(24));
        Assert.Null(await host.Verifications.FindAsync(asked.Id, CancellationToken.None));
        Assert.Equal(ProofOutcome.Invalid, await host.Verifications.ProveAsync(asked.Id));
        await AgeAsync(host, TimeSpan.FromMinutes(-1));
        Assert.Equal(
            new Verification(asked.Id, Email, "john.doe", asked.AccountId, "fr"),
            await host.Verifications.FindAsync(asked.Id, CancellationToken.None));
        Assert.Equal(Email, (await host.Verifications.ProveAsync(asked.Id)).Email);
        Assert.Equal(ProofOutcome.Invalid, await host.Verifications.ProveAsync(asked.Id));
        Assert.Null(await host.Verifications.FindAsync(asked.Id, CancellationToken.None));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task LinkThatIsUsedByManyAtOnce_IsUsedOnce(string database)
    {
        await using var host = await Databases.StartAsync(database);
        await using var beside = await host.StartBesideAsync();
        await host.RegisterAsync(John);
        var asked = Assert.Single(await host.AskedAsync(Email));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(number =>
            Task.Run(() => (number % 2 == 0 ? host : beside).Verifications.ProveAsync(asked.Id))));
        Assert.Single(outcomes, outcome => outcome.Email is not null);
        Assert.Equal(5, outcomes.Count(outcome => outcome == ProofOutcome.Invalid));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task TwoAccounts_MayNameOneAddress_AndTheFirstThatProvesItHasIt(string database)
    {
        await using var host = await Databases.StartAsync(database);
        Assert.NotNull((await host.RegisterAsync(Stranger)).Account);
        var owner = (await host.RegisterAsync(John)).Account!;
        var (strangers, owners) = (await host.AskedAsync(Email)) is var asked ? (asked[0], asked[1]) : default;
        Assert.Equal(owner.Id, owners.AccountId);
        Assert.Equal("john.doe", (await host.Verifications.ProveAsync(owners.Id)).Username);
        Assert.Equal(ProofOutcome.Taken, await host.Verifications.ProveAsync(strangers.Id));
        Assert.True((await host.RegisterAsync(John with { Username = "third", Email = "John.Doe@Example.com" })).IsTaken);
        var caller = (await host.CallerOfAsync((await host.SignInAsync(Email, "password123"))!.AccessToken))!;
        Assert.Equal(owner.Id, caller.Id);
        Assert.False((await host.Accounts.FindAsync(strangers.AccountId, CancellationToken.None))!.EmailVerified);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task TwoProofsOfOneAddressAtOnce_LetOneThrough(string database)
    {
        await using var host = await Databases.StartAsync(database);
        await using var beside = await host.StartBesideAsync();
        await host.RegisterAsync(Stranger);
        await host.RegisterAsync(John);
        var asked = await host.AskedAsync(Email);
        var outcomes = await Task.WhenAll(
            Task.Run(() => host.Verifications.ProveAsync(asked[0].Id)), Task.Run(() => beside.Verifications.ProveAsync(asked[1].Id)));
        Assert.Single(outcomes, outcome => outcome.Email is not null);
        Assert.Single(outcomes, outcome => outcome.IsTaken);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task AskingAgain_IsBounded_ForOneAccount_AlsoManyTimesAtOnce(string database)
    {
        await using var host = await Databases.StartAsync(database);
        await using var beside = await host.StartBesideAsync();
        var account = (await host.RegisterAsync(John)).Account!;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => number % 2 == 0
            ? host.Verifications.AskAgainAsync(account.Id)
            : beside.Verifications.AskAgainAtAsync("John.Doe@example.com"))));
        Assert.Equal(4, (await host.AskedAsync(Email)).Count);
        await AgeAsync(host, TimeSpan.FromHours(1));
        await host.Verifications.AskAgainAsync(account.Id);
        Assert.Equal(5, (await host.AskedAsync(Email)).Count);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task AskingAgain_WhereThereIsNothingToProve_DoesNothing(string database)
    {
        await using var host = await Databases.StartAsync(database);
        var account = (await host.RegisterAsync(John)).Account!;
        await host.RegisterAsync(Stranger);
        await host.ProveAsync(Email);
        var asked = await host.AskedAsync(Email);
        await host.Verifications.AskAgainAsync(account.Id);
        await host.Verifications.AskAgainAsync("nobody");
        await host.Verifications.AskAgainAtAsync(Email);
        await host.Verifications.AskAgainAtAsync("nobody@example.com");
        Assert.Equal(asked.Count, await host.OnDatabaseAsync((_, rows) => rows.Verifications.CountAsync()));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task AccountFromBeforeAddressesWereProved_IsAskedWhenItAsks(string database)
    {
        await using var host = await Databases.StartAsync(database);
        var account = (await host.RegisterAsync(John)).Account!;
        await host.OnDatabaseAsync((_, rows) => rows.Verifications.ExecuteDeleteAsync());
        await host.Verifications.AskAgainAtAsync(Email);
        Assert.Equal(account.Id, Assert.Single(await host.Verifications.ListUnsentAsync(CancellationToken.None)).AccountId);
        Assert.Equal(Email, (await host.ProveAsync(Email)).Email);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task ManyAccountsThatNameOneAddress_DoNotFloodIt(string database)
    {
        await using var host = await Databases.StartAsync(database);
        await host.RegisterAsync(Stranger);
        await host.OnDatabaseAsync(async (_, rows) =>
        {
            var first = await rows.Verifications.AsNoTracking().SingleAsync();
            for (var number = 1; number < 20; number++) rows.Add(Copy(first));
            return await rows.SaveChangesAsync();
        });
        var account = (await host.RegisterAsync(John)).Account!;
        Assert.DoesNotContain(await host.AskedAsync(Email), row => row.AccountId == account.Id);
        await AgeAsync(host, TimeSpan.FromHours(1));
        await host.Verifications.AskAgainAsync(account.Id);
        Assert.Contains(await host.AskedAsync(Email), row => row.AccountId == account.Id);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task NewAddress_TakesEffectWhenItIsProved_AndTheOldOneIsFreeThen(string database)
    {
        await using var host = await Databases.StartAsync(database);
        var account = (await host.RegisterAsync(John)).Account!;
        await host.ProveAsync(Email);
        var changed = await ChangeAsync(host, account.Id, "John@Example.org");
        Assert.Equal((Email, true), (changed.Account!.Email, changed.Account.EmailVerified));
        Assert.Equal("john@example.org", changed.Account.PendingEmail);
        Assert.Equal(Email, await TokenSaysAsync(host));

        Assert.Equal("john@example.org", (await host.ProveAsync("john@example.org")).Email);
        var after = (await host.Accounts.FindAsync(account.Id, CancellationToken.None))!;
        Assert.Equal(("john@example.org", true, null), (after.Email, after.EmailVerified, after.PendingEmail));
        Assert.Equal("john@example.org", await TokenSaysAsync(host));
        Assert.NotNull((await host.RegisterAsync(Stranger)).Account);
        Assert.Equal("stranger", (await host.ProveAsync(Email)).Username);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task AddressThatIsWantedLater_EndsTheLinksOfThoseWantedBefore(string database)
    {
        await using var host = await Databases.StartAsync(database);
        var account = (await host.RegisterAsync(John)).Account!;
        await ChangeAsync(host, account.Id, "first@example.org");
        await ChangeAsync(host, account.Id, "second@example.org");
        Assert.Equal(ProofOutcome.Invalid, await host.ProveAsync(Email));
        Assert.Equal(ProofOutcome.Invalid, await host.ProveAsync("first@example.org"));
        await host.Verifications.AskAgainAsync(account.Id);
        Assert.Equal(2, (await host.AskedAsync("second@example.org")).Count);
        Assert.Equal("second@example.org", (await host.ProveAsync("second@example.org")).Email);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task AddressThatAnotherProved_CannotBeWanted_AndWishesAreBounded(string database)
    {
        await using var host = await Databases.StartAsync(database);
        await host.RegisterAsync(John);
        await host.ProveAsync(Email);
        var other = (await host.RegisterAsync(Stranger with { Email = "stranger@example.com" })).Account!;
        var taken = await host.Accounts.UpdateProfileAsync(other.Id, new ProfileChange("New", null, null, Email), CancellationToken.None);
        Assert.True(taken.IsTaken);
        Assert.Equal("John", (await host.Accounts.FindAsync(other.Id, CancellationToken.None))!.FirstName);
        Assert.Equal("email", Assert.Single((await ChangeAsync(host, other.Id, "no address")).Errors).Member);
        for (var number = 0; number < 3; number++) Assert.NotNull((await ChangeAsync(host, other.Id, $"s{number}@example.org")).Account);
        Assert.InRange((await ChangeAsync(host, other.Id, "s3@example.org")).RetryAfterSeconds!.Value, 3_500, 3_600);
        Assert.Equal("s2@example.org", (await host.Accounts.FindAsync(other.Id, CancellationToken.None))!.PendingEmail);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Language_IsThatOfTheAccountThatProvedTheAddress_AndOfNoOther(string database)
    {
        await using var host = await Databases.StartAsync(database);
        await host.RegisterAsync(John);
        Assert.Null(await host.Accounts.FindLocaleAsync(Email, CancellationToken.None));
        await host.ProveAsync(Email);
        Assert.Equal("fr", await host.Accounts.FindLocaleAsync("John.Doe@example.com", CancellationToken.None));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task WhatWasAsked_IsDeletedWhenItsLinkHasEnded(string database)
    {
        await using var host = await Databases.StartAsync(database);
        await host.RegisterAsync(John);
        await host.RegisterAsync(Stranger with { Email = "stranger@example.com" });
        var over = host.Time.GetUtcNow().UtcDateTime.AddHours(-2);
        await host.OnDatabaseAsync((_, rows) => rows.Verifications.Where(row => row.Email == Email)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Until, over)));
        await Eventually.TrueAsync(async () =>
        {
            host.Time.Advance(TimeSpan.FromSeconds(31));
            return (await host.AskedAsync(Email)).Count == 0;
        }, TimeSpan.FromSeconds(30));
        Assert.Single(await host.AskedAsync("stranger@example.com"));
    }

    /// <summary>The proved address in a token of this moment.</summary>
    private static async Task<string?> TokenSaysAsync(IssuerHost host) =>
        (await host.CallerOfAsync((await host.SignInAsync("john.doe", "password123"))!.AccessToken))!.Email;

    private static Task<ProfileOutcome> ChangeAsync(IssuerHost host, string id, string email) =>
        host.Accounts.UpdateProfileAsync(id, new ProfileChange(null, null, null, email), CancellationToken.None);

    private static VerificationRow Copy(VerificationRow row) => new()
    {
        Id = Guid.NewGuid(),
        AccountId = row.AccountId,
        Email = row.Email,
        NormalizedEmail = row.NormalizedEmail,
        At = row.At,
        Until = row.Until,
    };

    /// <summary>Moves what was asked back in time: it goes by the database's clock, which no test moves.</summary>
    private static Task AgeAsync(IssuerHost host, TimeSpan by) => host.OnDatabaseAsync(async (_, rows) =>
    {
        foreach (var row in await rows.Verifications.ToListAsync()) (row.At, row.Until) = (row.At - by, row.Until - by);
        return await rows.SaveChangesAsync();
    });
}
