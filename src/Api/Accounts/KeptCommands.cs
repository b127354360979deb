using System.Text;
using Seats.Api.Json;
using Seats.Api.Problems;
using Seats.Core;
using Seats.Grains.Abstractions;
using Seats.Identity.Commands;

namespace Seats.Api.Accounts;

/// <summary>
/// Obeys an account command once a key, over all nodes: its reply is kept for a day and given again. What has begun is finished, and its
/// reply is kept, though the client has gone.
/// </summary>
internal sealed class KeptCommands(KeyedCommands commands, ILogger<KeptCommands> logger)
{
    /// <summary>Runs a command that takes no notice of who waits for it.</summary>
    public Task RunAsync(HttpContext context, CommandStamp stamp, Func<Task> run) => RunAsync(context, stamp, _ => run());

    public async Task RunAsync(HttpContext context, CommandStamp stamp, Func<CommandRun, Task> run)
    {
        if (!stamp.Keyed)
        {
            await run(new CommandRun(null, context.RequestAborted));
            return;
        }
        context.RequestAborted.ThrowIfCancellationRequested();
        var state = await commands.ReserveAsync(stamp.Id, stamp.BodyHash);
        await (state.Status switch
        {
            KeyStatus.Reserved => OnceAsync(context, state.Reservation!, run),
            KeyStatus.Finished => RepeatAsync(context, state.Reply!),
            KeyStatus.InFlight => Problem.WriteAsync(context, new Refusal(RefusalStatus.CommandInFlight), 0),
            KeyStatus.OtherBody => Problem.WriteAsync(context, new Refusal(RefusalStatus.CommandOtherBody), 0),
        });
    }

    private async Task OnceAsync(HttpContext context, Reservation reservation, Func<CommandRun, Task> run)
    {
        using var reply = new MemoryStream();
        await RunAsync(context, reservation, run, reply);
        var status = context.Response.StatusCode;
        var body = reply.GetBuffer().AsMemory(0, (int)reply.Length);
        if (IsFinal(status)) await commands.KeepAsync(reservation, new KeptReply(status, Encoding.UTF8.GetString(body.Span)));
        else await GiveUpAsync(reservation, nothingHappened: status == StatusCodes.Status429TooManyRequests);
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private async Task RunAsync(HttpContext context, Reservation reservation, Func<CommandRun, Task> run, MemoryStream reply)
    {
        var body = context.Response.Body;
        context.Response.Body = reply;
        try
        {
            await using var alive = commands.KeepAlive(reservation);
            await run(new CommandRun(reservation.Run, CancellationToken.None));
        }
        catch
        {
            // Nobody knows how far it came; the next attempt finds out.
            await GiveUpAsync(reservation, nothingHappened: false);
            throw;
        }
        finally
        {
            context.Response.Body = body;
        }
    }

    /// <summary>Where this fails the reservation runs out by itself, and the client is told what became of the command.</summary>
    private async Task GiveUpAsync(Reservation reservation, bool nothingHappened)
    {
        try
        {
            await commands.GiveUpAsync(reservation, nothingHappened);
        }
        catch (Exception failure)
        {
            logger.LogWarning("A reservation was left to its lease: {Reason}", failure.GetBaseException().Message);
        }
    }

    /// <summary>What may be different in a moment is not kept.</summary>
    private static bool IsFinal(int status) => status is < 500 and not StatusCodes.Status429TooManyRequests;

    private static Task RepeatAsync(HttpContext context, KeptReply kept)
    {
        context.Response.StatusCode = kept.Status;
        context.Response.Headers["Idempotency-Replayed"] = "true";
        Answer.Head(context, kept.Status >= 400 ? Problem.ContentType : Answer.Json);
        if (kept.Status == StatusCodes.Status201Created) context.Response.Headers.Location = "/api/users/profile";
        return context.Response.WriteAsync(kept.Body);
    }
}

/// <summary>One run of a command.</summary>
/// <param name="Id">The same when the command runs again after a node died; null for a command without a key.</param>
/// <param name="GivenUp">Set when the client has gone and the command may be given up; a command with a key never is.</param>
internal sealed record CommandRun(Guid? Id, CancellationToken GivenUp);
