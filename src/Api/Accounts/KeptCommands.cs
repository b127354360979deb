using System.Collections.Concurrent;
using Seats.Api.Problems;
using Seats.Grains.Abstractions;
using Seats.Identity;

namespace Seats.Api.Accounts;

/// <summary>Obeys an account command once a key: its answer is kept for a day and given again.</summary>
internal sealed class KeptCommands(Answers answers)
{
    private readonly ConcurrentDictionary<Guid, byte> inFlight = new();

    public async Task RunAsync(HttpContext context, CommandStamp stamp, Func<Task> run)
    {
        if (!stamp.Keyed)
        {
            await run();
            return;
        }
        if (!inFlight.TryAdd(stamp.Id, 0))
        {
            await Problem.WriteAsync(context, new Refusal(RefusalStatus.CommandInFlight), 0);
            return;
        }
        try
        {
            await OnceAsync(context, stamp, run);
        }
        finally
        {
            inFlight.TryRemove(stamp.Id, out _);
        }
    }

    private async Task OnceAsync(HttpContext context, CommandStamp stamp, Func<Task> run)
    {
        var key = stamp.Id.ToString("N");
        if (await answers.FindAsync(key, context.RequestAborted) is { } kept)
        {
            await RepeatAsync(context, stamp, kept);
            return;
        }
        var body = context.Response.Body;
        using var copy = new MemoryStream();
        context.Response.Body = copy;
        try
        {
            await run();
        }
        finally
        {
            context.Response.Body = body;
        }
        var text = System.Text.Encoding.UTF8.GetString(copy.GetBuffer(), 0, (int)copy.Length);
        if (context.Response.StatusCode < 500) await answers.KeepAsync(key, new KeptAnswer(stamp.BodyHash, context.Response.StatusCode, text), context.RequestAborted);
        await body.WriteAsync(copy.GetBuffer().AsMemory(0, (int)copy.Length), context.RequestAborted);
    }

    private static async Task RepeatAsync(HttpContext context, CommandStamp stamp, KeptAnswer kept)
    {
        if (kept.BodyHash != stamp.BodyHash)
        {
            await Problem.WriteAsync(context, new Refusal(RefusalStatus.CommandOtherBody), 0);
            return;
        }
        context.Response.StatusCode = kept.Status;
        context.Response.Headers["Idempotency-Replayed"] = "true";
        context.Response.ContentType = kept.Status >= 400 ? "application/problem+json" : "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        if (kept.Status == StatusCodes.Status201Created) context.Response.Headers.Location = "/api/users/profile";
        await context.Response.WriteAsync(kept.Body);
    }
}
