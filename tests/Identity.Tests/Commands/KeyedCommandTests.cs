using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Seats.Identity.Commands;
using Seats.Identity.Storage;
using Seats.Testing;

namespace Seats.Identity.Tests.Commands;

/// <summary>Commands under an idempotency key, over two nodes on one database.</summary>
public sealed class KeyedCommandTests
{
    private const long Body = 0x5EA75;
    private const long OtherBody = 0x5EA76;
    private static readonly KeptReply Reply = new(201, """{"id":"é"}""");

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task SameKeyAtOnce_OnTwoNodes_IsRunByOne_AndAnsweredFromWhatItKept(string database)
    {
        await using var nodes = await Nodes.StartAsync(database);
        var command = Guid.NewGuid();
        var states = await nodes.ReserveAtOnceAsync(8, command, Body);
        var reserved = Assert.Single(states, state => state.Status == KeyStatus.Reserved).Reservation!;
        Assert.Equal(7, states.Count(state => state.Status == KeyStatus.InFlight));
        await nodes.Of(0).KeepAsync(reserved, Reply);
        foreach (var number in new[] { 0, 1 })
            Assert.Equal(new KeyState(KeyStatus.Finished, null, Reply), await nodes.Of(number).ReserveAsync(command, Body));
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task OtherBody_IsToldSo_WhetherTheFirstIsFinishedOrNot(string database)
    {
        await using var nodes = await Nodes.StartAsync(database);
        var command = Guid.NewGuid();
        var reserved = (await nodes.Of(0).ReserveAsync(command, Body)).Reservation!;
        Assert.Equal(KeyStatus.OtherBody, (await nodes.Of(1).ReserveAsync(command, OtherBody)).Status);
        await nodes.Of(0).KeepAsync(reserved, Reply);
        Assert.Equal(KeyStatus.OtherBody, (await nodes.Of(1).ReserveAsync(command, OtherBody)).Status);
        Assert.Equal(Reply, (await nodes.Of(1).ReserveAsync(command, Body)).Reply);
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task WhoGuessesAtABody_LearnsNothingAfterTenTries(string database)
    {
        await using var nodes = await Nodes.StartAsync(database);
        var command = Guid.NewGuid();
        await nodes.Of(0).KeepAsync((await nodes.Of(0).ReserveAsync(command, Body)).Reservation!, Reply);
        for (var guess = 0; guess < 9; guess++) await nodes.Of(guess).ReserveAsync(command, OtherBody + guess);
        Assert.Equal(KeyStatus.Finished, (await nodes.Of(0).ReserveAsync(command, Body)).Status);
        await nodes.Of(1).ReserveAsync(command, OtherBody);
        Assert.Equal(KeyStatus.OtherBody, (await nodes.Of(0).ReserveAsync(command, Body)).Status);
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task ReservationOfANodeThatDied_EndsWithItsLease_AndTheNextRunIsTheSame(string database)
    {
        await using var nodes = await Nodes.StartAsync(database);
        var command = Guid.NewGuid();
        var first = (await nodes.Of(0).ReserveAsync(command, Body)).Reservation!;
        await nodes.AdvanceAsync(9);
        Assert.Equal(KeyStatus.InFlight, (await nodes.Of(1).ReserveAsync(command, Body)).Status);
        await nodes.AdvanceAsync(2);
        var states = await nodes.ReserveAtOnceAsync(4, command, Body);
        var second = Assert.Single(states, state => state.Status == KeyStatus.Reserved).Reservation!;
        Assert.Equal((first.Run, 2), (second.Run, second.Attempt));
        // The first was only slow: what it says counts no more.
        await nodes.Of(0).KeepAsync(first, new KeptReply(409, "late"));
        Assert.Equal(KeyStatus.InFlight, (await nodes.Of(0).ReserveAsync(command, Body)).Status);
        await nodes.Of(1).KeepAsync(second, Reply);
        Assert.Equal(Reply, (await nodes.Of(0).ReserveAsync(command, Body)).Reply);
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Reservation_IsKeptAlive_WhileItsCommandRuns(string database)
    {
        await using var nodes = await Nodes.StartAsync(database);
        var command = Guid.NewGuid();
        var reserved = (await nodes.Of(0).ReserveAsync(command, Body)).Reservation!;
        await using (nodes.Of(0).KeepAlive(reserved))
        {
            for (var renewal = 0; renewal < 5; renewal++)
            {
                var before = await nodes.LeaseOfAsync(command);
                await nodes.AdvanceAsync(4);
                await Eventually.TrueAsync(async () => await nodes.LeaseOfAsync(command) > before, TimeSpan.FromSeconds(20));
                Assert.Equal(KeyStatus.InFlight, (await nodes.Of(1).ReserveAsync(command, Body)).Status);
            }
        }
        await nodes.AdvanceAsync(11);
        Assert.Equal(KeyStatus.Reserved, (await nodes.Of(1).ReserveAsync(command, Body)).Status);
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task CommandThatFailed_RunsAgainAtOnce_AsTheSameRun_UnlessNothingHappened(string database)
    {
        await using var nodes = await Nodes.StartAsync(database);
        var (failed, refused) = (Guid.NewGuid(), Guid.NewGuid());
        var first = (await nodes.Of(0).ReserveAsync(failed, Body)).Reservation!;
        await nodes.Of(0).GiveUpAsync(first, nothingHappened: false);
        var second = (await nodes.Of(1).ReserveAsync(failed, Body)).Reservation!;
        Assert.Equal((first.Run, 2), (second.Run, second.Attempt));
        // Nothing happened in this attempt, but perhaps in the one before.
        await nodes.Of(1).GiveUpAsync(second, nothingHappened: true);
        Assert.Equal(first.Run, (await nodes.Of(0).ReserveAsync(failed, Body)).Reservation!.Run);

        await nodes.Of(0).GiveUpAsync((await nodes.Of(0).ReserveAsync(refused, Body)).Reservation!, nothingHappened: true);
        Assert.Equal(KeyStatus.Reserved, (await nodes.Of(1).ReserveAsync(refused, OtherBody)).Status);
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Table_TellsNeitherBodyNorReply(string database)
    {
        await using var nodes = await Nodes.StartAsync(database);
        foreach (var command in new[] { Guid.NewGuid(), Guid.NewGuid() })
            await nodes.Of(0).KeepAsync((await nodes.Of(0).ReserveAsync(command, Body)).Reservation!, Reply);
        var rows = await nodes.One.OnDatabaseAsync((_, identity) => identity.Commands.ToListAsync());
        Assert.DoesNotContain(Body, rows.Select(row => row.BodyHash));
        Assert.Equal(2, rows.Select(row => row.BodyHash).Distinct().Count());
        Assert.All(rows, row => Assert.DoesNotContain("id", row.Body[..2], StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task ReplyOlderThanADay_IsForgotten_ThoughItsRowIsStillThere(string database)
    {
        await using var nodes = await Nodes.StartAsync(database);
        var command = Guid.NewGuid();
        await nodes.Of(0).KeepAsync((await nodes.Of(0).ReserveAsync(command, Body)).Reservation!, Reply);
        await AgeAsync(nodes, TimeSpan.FromHours(25));
        Assert.Equal(KeyStatus.Reserved, (await nodes.Of(1).ReserveAsync(command, OtherBody)).Status);
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task RepliesOlderThanADay_AreDeletedInTheBackground_AndNoOthers(string database)
    {
        await using var nodes = await Nodes.StartAsync(database);
        var old = nodes.One.Time.GetUtcNow().UtcDateTime.AddHours(-25);
        await nodes.One.OnDatabaseAsync((_, rows) =>
        {
            // More than one statement deletes.
            for (var number = 0; number < 1100; number++)
                rows.Commands.Add(new CommandRow { Key = $"old {number}", Status = 200, At = old });
            return rows.SaveChangesAsync();
        });
        var young = Guid.NewGuid();
        await nodes.Of(0).KeepAsync((await nodes.Of(0).ReserveAsync(young, Body)).Reservation!, Reply);
        await Eventually.TrueAsync(async () =>
        {
            nodes.One.Time.Advance(TimeSpan.FromSeconds(31));
            return await nodes.One.OnDatabaseAsync((_, rows) => rows.Commands.CountAsync()) == 1;
        }, TimeSpan.FromSeconds(30));
        Assert.Equal(Reply, (await nodes.Of(1).ReserveAsync(young, Body)).Reply);
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task NodeWhoseClockIsWrong_TakesNoCommandFromAnother_OnPostgres(string database)
    {
        if (database == Databases.Sqlite) return;
        await using var nodes = await Nodes.StartAsync(database);
        var command = Guid.NewGuid();
        var reserved = (await nodes.Of(0).ReserveAsync(command, Body)).Reservation!;
        nodes.One.Time.Advance(TimeSpan.FromHours(6));
        Assert.Equal(KeyStatus.InFlight, (await nodes.Of(1).ReserveAsync(command, Body)).Status);
        await nodes.Of(0).KeepAsync(reserved, Reply);
        nodes.One.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(Reply, (await nodes.Of(1).ReserveAsync(command, Body)).Reply);
    }

    private static Task<int> AgeAsync(Nodes nodes, TimeSpan by)
    {
        var at = nodes.One.Time.GetUtcNow().UtcDateTime - by;
        return nodes.One.OnDatabaseAsync((_, rows) => rows.Commands.ExecuteUpdateAsync(set => set.SetProperty(row => row.At, at)));
    }

    /// <summary>Two nodes on one database, by one clock.</summary>
    private sealed class Nodes(IssuerHost one, IssuerHost two) : IAsyncDisposable
    {
        public IssuerHost One => one;

        public static async Task<Nodes> StartAsync(string database)
        {
            var one = await Databases.StartAsync(database);
            return new Nodes(one, await one.StartBesideAsync());
        }

        public KeyedCommands Of(int number) => (number % 2 == 0 ? one : two).Services.GetRequiredService<KeyedCommands>();

        public Task<KeyState[]> ReserveAtOnceAsync(int times, Guid command, long body) =>
            Task.WhenAll(Enumerable.Range(0, times).Select(number => Task.Run(() => Of(number).ReserveAsync(command, body))));

        /// <summary>On Postgres leases go by its clock, which no test moves: there the rows are moved back instead.</summary>
        public async Task AdvanceAsync(int seconds)
        {
            await one.OnDatabaseAsync((_, rows) => rows.Database.IsNpgsql()
                ? rows.Commands.ExecuteUpdateAsync(set => set
                    .SetProperty(row => row.At, row => row.At.AddSeconds(-seconds))
                    .SetProperty(row => row.LeaseUntil, row => row.LeaseUntil!.Value.AddSeconds(-seconds)))
                : Task.FromResult(0));
            one.Time.Advance(TimeSpan.FromSeconds(seconds));
        }

        public Task<DateTime?> LeaseOfAsync(Guid command) => one.OnDatabaseAsync((_, rows) =>
            rows.Commands.AsNoTracking().Where(row => row.Key == command.ToString("N")).Select(row => row.LeaseUntil).SingleAsync());

        public async ValueTask DisposeAsync()
        {
            await two.DisposeAsync();
            await one.DisposeAsync();
        }
    }
}
