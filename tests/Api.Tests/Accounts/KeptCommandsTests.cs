using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Seats.Api.Accounts;
using Seats.Api.Json;
using Seats.Api.Notifications;
using Seats.Api.Problems;
using Seats.Core;
using Seats.Grains.Abstractions;
using Seats.Identity;

namespace Seats.Api.Tests.Accounts;

/// <summary>What becomes of a keyed command when its client goes, its node fails, or somebody else comes with the same key.</summary>
[Collection(SharedServer.Name)]
public sealed class KeptCommandsTests(SeatsServer server)
{
    private KeptCommands Kept => server.Services.GetRequiredService<KeptCommands>();

    [Fact]
    public async Task CommandWhoseClientHangsUp_IsFinished_AndItsReplyIsGivenToWhoAsksAgain()
    {
        var stamp = Stamp();
        using var gone = new CancellationTokenSource();
        var first = Context(gone.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Kept.RunAsync(first, stamp, async run =>
        {
            await gone.CancelAsync();
            run.GivenUp.ThrowIfCancellationRequested();
            await ReplyAsync(first, 7);
        }));
        var second = Context();
        await Kept.RunAsync(second, stamp, RanTwice);
        Assert.Equal((200, """{"replayed":7}"""), (second.Response.StatusCode, BodyOf(second)));
        Assert.Equal("true", second.Response.Headers["Idempotency-Replayed"].ToString());
    }

    [Fact]
    public async Task CommandWhoseClientIsGoneBeforeItBegins_IsNotRun()
    {
        var stamp = Stamp();
        var gone = Context(new CancellationToken(true));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Kept.RunAsync(gone, stamp, RanTwice));
        var context = Context();
        await Kept.RunAsync(context, stamp, _ => ReplyAsync(context, 1));
        Assert.False(context.Response.Headers.ContainsKey("Idempotency-Replayed"));
    }

    [Fact]
    public async Task WhileACommandRuns_TheSameKeyIsToldToWait()
    {
        var stamp = Stamp();
        var (first, second, third) = (Context(), Context(), Context());
        await Kept.RunAsync(first, stamp, async _ =>
        {
            await Kept.RunAsync(second, stamp, RanTwice);
            await Kept.RunAsync(third, stamp with { BodyHash = 2 }, RanTwice);
            await ReplyAsync(first, 1);
        });
        Assert.Equal((409, "1"), (second.Response.StatusCode, second.Response.Headers.RetryAfter.ToString()));
        Assert.Contains("idempotency.in_flight", BodyOf(second), StringComparison.Ordinal);
        Assert.Equal((422, 200), (third.Response.StatusCode, first.Response.StatusCode));
    }

    [Fact]
    public async Task CommandThatFails_RunsAgainAtOnce_UnderTheSameName()
    {
        var stamp = Stamp();
        Guid? firstRun = null, secondRun = null;
        await Assert.ThrowsAsync<TimeoutException>(() => Kept.RunAsync(Context(), stamp, run =>
        {
            firstRun = run.Id;
            throw new TimeoutException();
        }));
        var second = Context();
        await Kept.RunAsync(second, stamp, run =>
        {
            secondRun = run.Id;
            return ReplyAsync(second, 1);
        });
        Assert.NotNull(firstRun);
        Assert.Equal(firstRun, secondRun);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task WhatMayBeDifferentInAMoment_IsNotKept(int status)
    {
        var stamp = Stamp();
        var first = Context();
        Task RefuseAsync() => status == 429 ? Problem.RateLimitedAsync(first, 5) : Problem.UnavailableAsync(first, notApplied: true);
        await Kept.RunAsync(first, stamp, RefuseAsync);
        Assert.Equal(status, first.Response.StatusCode);
        var second = Context();
        await Kept.RunAsync(second, stamp, _ => ReplyAsync(second, 1));
        Assert.Equal((200, """{"replayed":1}"""), (second.Response.StatusCode, BodyOf(second)));
    }

    [Fact]
    public async Task RegistrationThatRunsAgain_AnswersWithTheAccountOfItsFirstRun()
    {
        var stamp = Stamp();
        var accounts = server.Services.GetRequiredService<IAccounts>();
        var registration = new Identity.Registration("again", "again@example.com", "password123", "A", "B", null);
        Account? made = null, found = null;
        await Assert.ThrowsAsync<TimeoutException>(() => Kept.RunAsync(Context(), stamp, async run =>
        {
            made = (await accounts.RegisterAsync(registration, run.Id, run.GivenUp)).Account;
            throw new TimeoutException("The node died before it said so.");
        }));
        await Kept.RunAsync(Context(), stamp, async run =>
            found = (await accounts.RegisterAsync(registration, run.Id, run.GivenUp)).Account);
        Assert.NotNull(made);
        Assert.Equal(made.Id, found!.Id);
    }

    private static CommandStamp Stamp() => new(Guid.NewGuid(), 1, true, Requester.Anonymous);

    private HttpContext Context(CancellationToken aborted = default) =>
        new DefaultHttpContext { RequestServices = server.Services, RequestAborted = aborted, Response = { Body = new MemoryStream() } };

    private static Task RanTwice(CommandRun run) => throw new InvalidOperationException("It ran, and must not.");

    private static Task ReplyAsync(HttpContext context, int number) =>
        Json.Answer.WriteAsync(context, new ReplayedAnswer(number), ApiJson.Strict.ReplayedAnswer);

    private static string BodyOf(HttpContext context) => Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
}
