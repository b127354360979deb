using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Seats.Identity.Accounts;
using Seats.Testing;

namespace Seats.Identity.Tests.Accounts;

/// <summary>Passwords have a lane of their own: it is narrow, bounded, and takes nothing from others.</summary>
public sealed class PasswordLaneTests
{
    private static readonly Registration John = new("john.doe", "john.doe@example.com", "password123", "John", "Doe", null);
    private static readonly int AtOnce = Math.Max(1, Environment.ProcessorCount / 2);

    [Fact]
    public async Task Lane_TakesAFew_LetsSixtyFourWait_AndTellsTheRestWhenToComeBack()
    {
        using var lane = new PasswordLane(TimeProvider.System);
        using var open = new ManualResetEventSlim();
        var (running, most) = (0, 0);
        string Work()
        {
            var now = Interlocked.Increment(ref running);
            lock (open) most = Math.Max(most, now);
            Assert.False(Thread.CurrentThread.IsThreadPoolThread);
            open.Wait();
            Interlocked.Decrement(ref running);
            return "done";
        }
        var taken = Enumerable.Range(0, AtOnce + 64).Select(_ => lane.RunAsync(Work, CancellationToken.None)).ToList();
        var refused = await lane.RunAsync(Work, CancellationToken.None);
        Assert.Null(refused.Result);
        Assert.InRange(refused.RetryAfterSeconds!.Value, 1, 60);
        open.Set();
        Assert.All(await Task.WhenAll(taken), outcome => Assert.Equal("done", outcome.Result));
        Assert.Equal(AtOnce, most);
    }

    [Fact]
    public async Task Pause_FollowsFromHowManyWait_AndHowLongTheyTake()
    {
        var time = new FakeTimeProvider();
        using var lane = new PasswordLane(time);
        // The lane learns that a password takes two seconds.
        for (var number = 0; number < 40; number++) await lane.RunAsync(() => Slow(time), CancellationToken.None);
        using var open = new ManualResetEventSlim();
        var taken = Enumerable.Range(0, AtOnce + 64).Select(_ => lane.RunAsync(() => Wait(open), CancellationToken.None)).ToList();
        var pause = (await lane.RunAsync(() => "", CancellationToken.None)).RetryAfterSeconds;
        open.Set();
        await Task.WhenAll(taken);
        Assert.Equal(Math.Min(60, (int)Math.Ceiling((AtOnce + 64) * 2.0 / AtOnce)), pause);
    }

    [Fact]
    public async Task WhoGaveUp_LeavesTheirPlaceToOthers()
    {
        using var lane = new PasswordLane(TimeProvider.System);
        using var open = new ManualResetEventSlim();
        using var gone = new CancellationTokenSource();
        var running = Enumerable.Range(0, AtOnce).Select(_ => lane.RunAsync(() => Wait(open), CancellationToken.None)).ToList();
        var waiting = Enumerable.Range(0, 64).Select(_ => lane.RunAsync(() => Wait(open), gone.Token)).ToList();
        await gone.CancelAsync();
        foreach (var one in waiting) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        var next = lane.RunAsync(() => "next", CancellationToken.None);
        open.Set();
        await Task.WhenAll(running);
        Assert.Equal("next", (await next).Result);
    }

    [PostgresFact]
    public async Task SignInsThatWait_HoldNoConnectionOfTheDatabase()
    {
        var (key, connection) = (await Databases.SettingsAsync(Databases.Postgres))[0];
        await using var host = await IssuerHost.StartAsync(null, "Production", (key, connection + ";Maximum Pool Size=2"));
        var account = (await host.RegisterAsync(John)).Account!;
        using var open = await FillAsync(host);
        var waiting = Enumerable.Range(0, 20).Select(number => Task.Run(() =>
            host.SignInAsync(number % 2 == 0 ? "john.doe" : "nobody", "password123"))).ToList();
        await Eventually.TrueAsync(() => WaitingIn(host) >= 20, TimeSpan.FromSeconds(60));
        Assert.Equal("john.doe", (await host.Accounts.FindAsync(account.Id, CancellationToken.None))!.Username);
        open.Set();
        Assert.Equal(10, (await Task.WhenAll(waiting)).Count(tokens => tokens is not null));
    }

    [Fact]
    public async Task WhenTheLaneIsFull_KnownUnknownAndNewAccounts_AreAllToldToComeBack()
    {
        await using var host = await IssuerHost.StartAsync();
        await host.RegisterAsync(John);
        using var open = await FillAsync(host);
        var lane = host.Services.GetRequiredService<PasswordLane>();
        var waiting = Enumerable.Range(0, 64).Select(_ => lane.RunAsync(() => "", CancellationToken.None)).ToList();
        foreach (var username in new[] { "john.doe", "john.doe@example.com", "nobody" })
            Assert.NotNull((await host.Accounts.SignInAsync(new SignInAttempt(username, "password123", ""), CancellationToken.None)).RetryAfterSeconds);
        var registered = await host.RegisterAsync(John with { Username = "jane.doe", Email = "jane.doe@example.com" });
        Assert.True(registered is { Account: null, IsTaken: false, RetryAfterSeconds: >= 1 });
        open.Set();
        await Task.WhenAll(waiting);
        Assert.NotNull(await host.SignInAsync("john.doe", "password123"));
    }

    [Fact]
    public async Task ManyWrongGuessesAtOnce_LockTheAccount_ThoughTheLastOneIsRight()
    {
        await using var host = await IssuerHost.StartAsync();
        await host.RegisterAsync(John);
        var open = await FillAsync(host);
        var guesses = new List<Task<Tokens?>>();
        for (var number = 1; number <= 12; number++)
        {
            var password = number == 12 ? "password123" : "wrong-password";
            guesses.Add(Task.Run(() => host.SignInAsync("john.doe", password)));
            await Eventually.TrueAsync(() => WaitingIn(host) >= guesses.Count, TimeSpan.FromSeconds(60));
        }
        open.Set();
        Assert.All(await Task.WhenAll(guesses), Assert.Null);
    }

    /// <summary>Takes all turns of a host's lane until the answer is set.</summary>
    private static async Task<ManualResetEventSlim> FillAsync(IssuerHost host)
    {
        var open = new ManualResetEventSlim();
        var started = new CountdownEvent(AtOnce);
        var lane = host.Services.GetRequiredService<PasswordLane>();
        for (var number = 0; number < AtOnce; number++)
            _ = lane.RunAsync(() =>
            {
                started.Signal();
                return Wait(open);
            }, CancellationToken.None);
        await Eventually.TrueAsync(() => started.IsSet, TimeSpan.FromSeconds(60));
        return open;
    }

    private static long WaitingIn(IssuerHost host) => host.Services.GetRequiredService<PasswordLane>().Waiting;

    private static string Wait(ManualResetEventSlim open)
    {
        open.Wait();
        return "done";
    }

    private static string Slow(FakeTimeProvider time)
    {
        time.Advance(TimeSpan.FromSeconds(2));
        return "done";
    }
}
